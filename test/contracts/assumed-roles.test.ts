import { expect, test, vi } from "vitest";
import { awsServer, json, type AwsRequest, xml } from "./aws-server.ts";
import { functionResource, harness, serviceResource } from "./task-handler-harness.ts";

const credentialsRoleArn = "arn:aws:iam::210987654321:role/other";

const assumed = xml(
  200,
  `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
    <Credentials><AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>
    <Expiration>2026-01-02T04:04:05Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
);
const denied = xml(
  403,
  "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>",
);

const isSts = ({ body }: AwsRequest): boolean => body.includes("Action=AssumeRole");

test("a task with Credentials calls with the role's credentials, which are asked for once", async () => {
  const requests = await awsServer((request) =>
    isSts(request) ? assumed : json({ TableNames: [] }),
  );
  const { run } = harness();
  const resource = serviceResource("aws-sdk:dynamodb", "listTables");
  for (let call = 0; call < 2; call++) {
    expect(await run(resource, {}, { credentialsRoleArn })).toMatchObject({ type: "succeeded" });
  }
  expect(requests.filter(isSts)).toHaveLength(1);
  const [first] = requests;
  expect(new URLSearchParams(first?.body)).toEqual(
    new URLSearchParams({
      Action: "AssumeRole",
      Version: "2011-06-15",
      RoleArn: credentialsRoleArn,
      RoleSessionName: "one",
    }),
  );
  for (const { headers } of requests.filter((request) => !isSts(request))) {
    expect(headers.authorization).toContain("Credential=ASIAROLE/");
    expect(headers["x-amz-security-token"]).toBe("t");
  }
  await run(resource, {});
  expect(requests.at(-1)?.headers.authorization).toContain("Credential=stepwell/");
});

test("a function at an endpoint is called with the role, too", async () => {
  const requests = await awsServer((request) => (isSts(request) ? assumed : json({ ok: true })));
  const { run } = harness();
  const outcome = await run(functionResource("elsewhere"), {}, { credentialsRoleArn });
  expect(outcome).toMatchObject({ type: "succeeded" });
  expect(requests.at(-1)?.headers.authorization).toContain("Credential=ASIAROLE/");
});

test.each([serviceResource("sqs", "sendMessage"), functionResource("elsewhere")])(
  "a role that may not be assumed fails the task, and nobody is called: %j",
  async (resource) => {
    const requests = await awsServer((request) => (isSts(request) ? denied : json({})));
    const parameters = { QueueUrl: "http://127.0.0.1/1/q", MessageBody: "m" };
    const outcome = await harness().run(resource, parameters, { credentialsRoleArn });
    expect(outcome).toEqual({
      type: "failed",
      error: "States.TaskFailed",
      cause: `The role arn:aws:iam::123456789012:role/role is not authorized to assume the task state's role, ${credentialsRoleArn}.`,
    });
    expect(requests.every(isSts)).toBe(true);
  },
);

test("the machine's own role is assumed if the configuration says so; none is if it says never", async () => {
  const requests = await awsServer((request) =>
    isSts(request) ? assumed : json({ TableNames: [] }),
  );
  const resource = serviceResource("aws-sdk:dynamodb", "listTables");
  await harness({ aws: { assumeRoles: "always" } }).run(resource, {});
  const [asked] = requests;
  expect(new URLSearchParams(asked?.body).get("RoleArn")).toBe(
    "arn:aws:iam::123456789012:role/role",
  );
  const before = requests.length;
  await harness({ aws: { assumeRoles: "never" } }).run(resource, {}, { credentialsRoleArn });
  expect(requests.slice(before).some(isSts)).toBe(false);
});

test("a stand-in that knows no STS is called with the configured credentials, and the log says so once", async () => {
  const requests = await awsServer((request) =>
    isSts(request) ? { status: 404, body: "nothing here" } : json({ TableNames: [] }),
  );
  const { run, told } = harness();
  const resource = serviceResource("aws-sdk:dynamodb", "listTables");
  for (let call = 0; call < 2; call++) {
    expect(await run(resource, {}, { credentialsRoleArn })).toMatchObject({ type: "succeeded" });
  }
  expect(requests.filter(isSts)).toHaveLength(1);
  expect(told.filter((text) => text.includes("is not assumed"))).toHaveLength(1);
});

test("the configuration names endpoint and Region of a service, whatever the environment says", async () => {
  const requests = await awsServer(() => json({ TableNames: [] }));
  const endpoint = process.env["AWS_ENDPOINT_URL"] as string;
  vi.stubEnv("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
  const { run } = harness({
    aws: { region: "ap-south-1", services: { dynamodb: { endpoint } } },
  });
  const outcome = await run(serviceResource("aws-sdk:dynamodb", "listTables"), {});
  expect(outcome).toMatchObject({ type: "succeeded" });
  expect(requests[0]?.headers.authorization).toContain("/ap-south-1/dynamodb/");
});
