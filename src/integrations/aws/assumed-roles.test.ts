import * as sts from "@aws-sdk/client-sts";
import { expect, test } from "vitest";
import type { Logger } from "../../ports/logger.ts";
import { createAssumedRoles } from "./assumed-roles.ts";
import type { SdkModule } from "./client-modules.ts";
import type { SdkClient, SdkConnection } from "./sdk-clients.ts";
import type { TaskRole } from "./task-role.ts";

const own = "arn:aws:iam::123456789012:role/machine";
const other = "arn:aws:iam::210987654321:role/other";
const role: TaskRole = { chain: [other], roleArn: own, sessionName: "one" };
const hourMs = 3_600_000;

interface Asked {
  readonly role: string | undefined;
  readonly session: string | undefined;
  /** The access key that STS was called with. */
  readonly with: string | undefined;
}

/** Roles at an STS that answers with credentials for an hour, named after how many it has given. */
function roles(options: {
  readonly to?: "AWS" | "standIn";
  readonly answer?: () => Promise<object> | undefined;
}) {
  const asked: Asked[] = [];
  const told: string[] = [];
  const time = { now: Date.parse("2026-01-01T00:00:00Z") };
  const note = (message: string): void => void told.push(message);
  const logger: Logger = { debug: note, info: note, warn: note, error: note };
  const made = createAssumedRoles({
    logger,
    clock: { now: () => time.now },
    connect: async (_, credentials): Promise<SdkConnection> => {
      const client = {
        config: { serviceId: "STS" },
        async send(command: { readonly input: sts.AssumeRoleCommandInput }) {
          const { RoleArn, RoleSessionName } = command.input;
          asked.push({ role: RoleArn, session: RoleSessionName, with: credentials?.accessKeyId });
          await (options.answer?.() ?? Promise.resolve());
          return {
            $metadata: {},
            Credentials: {
              AccessKeyId: `KEY${asked.length}`,
              SecretAccessKey: "secret",
              SessionToken: "token",
              Expiration: new Date(time.now + hourMs),
            },
          };
        },
        destroy() {},
      } as unknown as SdkClient;
      const module = sts as unknown as SdkModule;
      const service = { client, errorPrefix: "Sts", module };
      return { type: "connected", service, to: options.to ?? "AWS" };
    },
  });
  return { made, asked, told, time };
}

function refusal(code: string, message: string): Promise<never> {
  return Promise.reject(
    new sts.STSServiceException({
      name: code,
      message,
      $fault: "client",
      $metadata: { httpStatusCode: 403, requestId: "r-1" },
    }),
  );
}

test("tasks that want a role at the same time ask once, and others until shortly before its end", async () => {
  const { made, asked, time } = roles({});
  const credentials = { accessKeyId: "KEY1", secretAccessKey: "secret", sessionToken: "token" };
  const both = [made.assume(role, "eu-west-1", "AWS"), made.assume(role, "eu-west-1", "AWS")];
  expect(await Promise.all(both)).toEqual([
    { type: "assumed", credentials },
    { type: "assumed", credentials },
  ]);
  time.now += 54 * 60_000;
  await made.assume({ ...role, sessionName: "two" }, "eu-west-1", "AWS");
  expect(asked).toEqual([{ role: other, session: "one", with: undefined }]);
  time.now += 60_000;
  expect(await made.assume(role, "eu-west-1", "AWS")).toMatchObject({
    credentials: { accessKeyId: "KEY2" },
  });
});

test("a role is assumed from the one before", async () => {
  const { made, asked } = roles({});
  const chain = [own, other];
  expect(await made.assume({ ...role, chain }, "eu-west-1", "AWS")).toMatchObject({
    credentials: { accessKeyId: "KEY2" },
  });
  expect(asked.map(({ role: name, with: key }) => [name, key])).toEqual([
    [own, undefined],
    [other, "KEY1"],
  ]);
});

test("what STS refuses is said as Step Functions says it, and is asked for again", async () => {
  const { made, asked } = roles({ answer: () => refusal("AccessDenied", "not you") });
  expect(await made.assume(role, "eu-west-1", "AWS")).toEqual({
    type: "notAssumed",
    cause: `The role ${own} is not authorized to assume the task state's role, ${other}.`,
  });
  await made.assume(role, "eu-west-1", "AWS");
  expect(asked).toHaveLength(2);
  const always = await made.assume({ ...role, chain: [own] }, "eu-west-1", "AWS");
  expect(always).toMatchObject({ type: "notAssumed" });
});

test("AWS's STS that does not answer fails the task; a stand-in that knows no STS does not", async () => {
  const broken = () => Promise.reject(new Error("socket hang up"));
  const atAws = await roles({ answer: broken }).made.assume(role, "eu-west-1", "AWS");
  expect(atAws).toEqual({
    type: "notAssumed",
    cause: `The role ${other} could not be assumed: socket hang up`,
  });
  const { made, asked, told, time } = roles({
    to: "standIn",
    answer: () => refusal("UnknownOperationException", "no"),
  });
  for (let call = 0; call < 3; call++) {
    expect(await made.assume(role, "eu-west-1", "standIn")).toEqual({ type: "configured" });
  }
  expect(asked).toHaveLength(1);
  expect(told).toHaveLength(1);
  expect(told[0]).toContain(`the role ${other} is not assumed`);
  time.now += 60_000;
  await made.assume(role, "eu-west-1", "standIn");
  expect(asked).toHaveLength(2);
});

test.each([
  ["standIn", "AWS"],
  ["AWS", "standIn"],
] as const)("credentials of STS at %s are not used at %s", async (to, called) => {
  const { made, asked } = roles({ to });
  expect(await made.assume(role, "eu-west-1", called)).toEqual({ type: "configured" });
  expect(asked).toEqual([]);
});
