import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../expression/json.ts";
import type { TaskRole } from "../../aws/task-role.ts";
import type { Service, ServiceAnswer } from "../../described/service-call.ts";
import { createSecretValues } from "../../references/secret-values.ts";
import { createConnectionBook } from "./connection-book.ts";
import type { ConnectionConfiguration } from "./connection-configuration.ts";

const arn = (name: string): string =>
  `arn:aws:events:eu-west-1:123456789012:connection/${name}/81210c42-8af1-456b-9c4a-6ff02fc664ac`;
const secretArn =
  "arn:aws:secretsmanager:eu-west-1:123456789012:secret:events!connection/c/1-AbCdEf";

const answered = (output: JsonObject): ServiceAnswer => ({
  type: "answered",
  output,
  requestId: "1",
  statusCode: 200,
  headers: {},
  errorPrefix: "Any",
});

const refused = (code: string): ServiceAnswer => ({
  type: "refused",
  refusal: { message: "no", code, exception: code, statusCode: 400, requestId: "1" },
  errorPrefix: "Any",
});

/** A book over services that answer with what is given, and write down what they are asked. */
function book(options: {
  readonly connections?: { readonly [name: string]: ConnectionConfiguration };
  readonly described?: () => ServiceAnswer;
  readonly secrets?: { readonly [arn: string]: string };
  readonly environment?: { readonly [name: string]: string };
}) {
  const asked: string[] = [];
  let now = 1_000_000;
  const as = (role: TaskRole | undefined): string => (role === undefined ? "" : `${role.roleArn} `);
  const eventBridge: Service =
    (region, role) =>
    async ({ operation, parameters }) => {
      asked.push(`${as(role)}${region} ${operation} ${JSON.stringify(parameters)}`);
      return (options.described ?? (() => ({ type: "unconfigured", errorPrefix: "E" }) as const))();
    };
  const secretsManager: Service =
    (region, role) =>
    async ({ operation, parameters }) => {
      asked.push(`${as(role)}${region} ${operation} ${JSON.stringify(parameters)}`);
      const secret = options.secrets?.[parameters["SecretId"] as string];
      return secret === undefined
        ? refused("ResourceNotFoundException")
        : answered({ SecretString: secret });
    };
  const parameterStore: Service =
    (region, role) =>
    async ({ operation, parameters }) => {
      asked.push(`${as(role)}${region} ${operation} ${JSON.stringify(parameters)}`);
      const secret = options.secrets?.[parameters["Name"] as string];
      return secret === undefined
        ? refused("ParameterNotFound")
        : answered({ Parameter: { Value: secret } });
    };
  const clock = { now: () => now, schedule: () => () => {} };
  const made = createConnectionBook({
    connections: options.connections ?? {},
    eventBridge,
    values: createSecretValues({
      secretsManager,
      parameterStore,
      clock,
      references: { environment: options.environment ?? {}, folder: "." },
    }),
    clock,
  });
  return { ...made, asked, pass: (ms: number) => void (now += ms) };
}

const authorized = (AuthorizationType: string) => (): ServiceAnswer =>
  answered({ ConnectionState: "AUTHORIZED", SecretArn: secretArn, AuthorizationType });

describe("a connection of the configuration", () => {
  test("is found by its name in any account; its texts are filled in", async () => {
    const { find } = book({
      connections: {
        c: {
          authorization: "basic",
          username: "${USER_NAME}",
          password: "pre-${PASSWORD}",
          headers: { Plain: "a", Tenant: "${TENANT}" },
        },
      },
      environment: { USER_NAME: "user", PASSWORD: "word", TENANT: "tenant-1" },
    });
    const basic = Buffer.from("user:pre-word").toString("base64");
    expect(await find(arn("c"))).toEqual({
      type: "found",
      connection: {
        name: "c",
        headers: [
          { name: "Authorization", value: `Basic ${basic}` },
          { name: "Plain", value: "a" },
          { name: "Tenant", value: "tenant-1" },
        ],
        query: [],
        body: [],
        secrets: expect.arrayContaining(["pre-word", basic, "tenant-1"]) as string[],
      },
    });
  });

  test("a parameter of Systems Manager is read decrypted", async () => {
    const parameter = "arn:aws:ssm:eu-west-1:123456789012:parameter/shop/key";
    const { find, asked } = book({
      connections: {
        c: { authorization: "apiKey", name: "X-Key", value: parameter },
        none: { authorization: "apiKey", name: "X-Key", value: `${parameter}s` },
      },
      secrets: { [parameter]: "of-the-parameter" },
    });
    expect(await find(arn("c"))).toMatchObject({
      connection: { headers: [{ value: "of-the-parameter" }] },
    });
    expect(asked).toEqual([
      `eu-west-1 getParameter ${JSON.stringify({ Name: parameter, WithDecryption: true })}`,
    ]);
    expect(await find(arn("none"))).toMatchObject({
      cause: expect.stringContaining(
        `the Parameter Store does not give the secret ${parameter}s: ParameterNotFound`,
      ) as string,
    });
  });

  test("a secret of Secrets Manager, or a member of it, is read once a minute", async () => {
    const { find, asked, pass } = book({
      connections: {
        c: { authorization: "apiKey", name: "X-Key", value: `${secretArn}#key` },
        whole: { authorization: "apiKey", name: "X-Key", value: secretArn },
      },
      secrets: { [secretArn]: '{"key":"of-the-secret"}' },
    });
    expect(await find(arn("c"))).toMatchObject({
      connection: {
        headers: [{ value: "of-the-secret" }],
        secrets: ["of-the-secret", "of-the-secret"],
      },
    });
    expect(await find(arn("whole"))).toMatchObject({
      connection: { headers: [{ value: '{"key":"of-the-secret"}' }] },
    });
    expect(asked).toEqual([`eu-west-1 getSecretValue {"SecretId":"${secretArn}"}`]);
    pass(60_000);
    await find(arn("c"));
    expect(asked).toHaveLength(2);
  });

  test.each<[string, string, string]>([
    ["a variable that is not set", "${NOWHERE}", "the environment variable NOWHERE is not set"],
    ["a secret that is not there", `${secretArn}x`, "ResourceNotFoundException"],
    ["a member that is not there", `${secretArn}#other`, "no JSON object with a text 'other'"],
    ["a value that HTTP does not take", "a\nb", "its header 'X-Key' has characters"],
  ])("%s makes it unusable, and the cause says why", async (_, value, why) => {
    const { find } = book({
      connections: { c: { authorization: "apiKey", name: "X-Key", value } },
      secrets: { [secretArn]: '{"key":"of-the-secret"}' },
    });
    const found = await find(arn("c"));
    expect(found).toMatchObject({
      type: "failed",
      error: "Events.ConnectionResource.InvalidConnectionState",
      cause: expect.stringContaining(why) as string,
    });
    expect(JSON.stringify(found)).not.toContain("of-the-secret");
  });
});

describe("a connection of EventBridge", () => {
  test.each<[string, string, JsonObject, readonly string[]]>([
    [
      "API_KEY",
      '{"api_key_name":"X-Key","api_key_value":"the-key"}',
      { headers: [{ name: "X-Key", value: "the-key" }] },
      ["the-key"],
    ],
    [
      "BASIC",
      '{"username":"u","password":"the-password"}',
      { headers: [{ name: "Authorization", value: "Basic dTp0aGUtcGFzc3dvcmQ=" }] },
      ["dTp0aGUtcGFzc3dvcmQ=", "the-password"],
    ],
    [
      "OAUTH_CLIENT_CREDENTIALS",
      JSON.stringify({
        authorization_endpoint: "https://token.test",
        http_method: "PUT",
        client_parameters: { client_id: "id", client_secret: "the-secret" },
        oauth_http_parameters: { body_parameters: [{ key: "audience", value: "a" }] },
      }),
      {
        tokens: {
          url: "https://token.test",
          method: "PUT",
          clientId: "id",
          clientSecret: "the-secret",
          body: [{ name: "audience", value: "a" }],
        },
      },
      ["the-secret"],
    ],
  ])("%s", async (type, secret, wanted, secrets) => {
    const { find, asked } = book({ described: authorized(type), secrets: { [secretArn]: secret } });
    const found = await find(arn("c"));
    expect(found).toMatchObject({ type: "found", connection: { name: "c", ...wanted, secrets } });
    expect(asked[0]).toBe('eu-west-1 describeConnection {"Name":"c"}');
  });

  test("adds what its invocation parameters say, and knows which of them are secrets", async () => {
    const list = (name: string) => [
      { key: `${name}-1`, value: `${name}-plain`, is_value_secret: false },
      { key: `${name}-2`, value: `${name}-secret`, is_value_secret: true },
    ];
    const { find } = book({
      described: authorized("API_KEY"),
      secrets: {
        [secretArn]: JSON.stringify({
          api_key_name: "k",
          api_key_value: "the-key",
          invocation_http_parameters: {
            header_parameters: list("h"),
            query_string_parameters: list("q"),
            body_parameters: list("b"),
          },
        }),
      },
    });
    expect(await find(arn("c"))).toMatchObject({
      connection: {
        headers: [{ name: "k" }, { name: "h-1", value: "h-plain" }, { name: "h-2" }],
        query: [{ name: "q-1" }, { name: "q-2", value: "q-secret" }],
        body: [{ name: "b-1" }, { name: "b-2" }],
        secrets: ["h-secret", "q-secret", "b-secret", "the-key"],
      },
    });
  });

  test("is read with the role of whoever asks, and kept for that role alone", async () => {
    const secrets = { [secretArn]: '{"api_key_name":"X","api_key_value":"v"}' };
    const { find, asked } = book({ described: authorized("API_KEY"), secrets });
    const role = (name: string): TaskRole => ({
      chain: [name],
      roleArn: name,
      sessionName: "one",
    });
    await find(arn("c"), role("first"));
    await find(arn("c"), role("first"));
    await find(arn("c"), role("second"));
    await find(arn("c"));
    expect(asked.map((one) => one.split(" {")[0])).toEqual([
      "first eu-west-1 describeConnection",
      "first eu-west-1 getSecretValue",
      "second eu-west-1 describeConnection",
      "second eu-west-1 getSecretValue",
      "eu-west-1 describeConnection",
      "eu-west-1 getSecretValue",
    ]);
  });

  test("is described once a minute; one that was not found is asked for again", async () => {
    let described: () => ServiceAnswer = () => refused("ResourceNotFoundException");
    const { find, asked, pass } = book({
      described: () => described(),
      secrets: { [secretArn]: '{"api_key_name":"k","api_key_value":"v"}' },
    });
    expect(await find(arn("c"))).toMatchObject({
      error: "Events.ConnectionResource.ResourceNotFound",
    });
    described = authorized("API_KEY");
    await find(arn("c"));
    await find(arn("c"));
    expect(asked.filter((one) => one.includes("describe"))).toHaveLength(2);
    pass(60_000);
    await find(arn("c"));
    expect(asked.filter((one) => one.includes("describe"))).toHaveLength(3);
  });

  test.each<[string, () => ServiceAnswer, string]>([
    ["not there", () => refused("ResourceNotFoundException"), "ResourceNotFound"],
    [
      "where nobody can be asked",
      () => ({ type: "unconfigured", errorPrefix: "E" }),
      "ResourceNotFound",
    ],
    ["not to be seen", () => refused("AccessDeniedException"), "AccessDenied"],
    ["lost", () => ({ type: "noAnswer", message: "", errorPrefix: "E" }), "InternalError"],
    [
      "not authorized",
      () => answered({ ConnectionState: "DEAUTHORIZED", SecretArn: secretArn }),
      "InvalidConnectionState",
    ],
    ["without its secret", authorized("BASIC"), "AccessDenied"],
  ])("one that is %s", async (_, described, error) => {
    const { find } = book({ described });
    expect(await find(arn("c"))).toMatchObject({
      type: "failed",
      error: `Events.ConnectionResource.${error}`,
    });
  });
});

test.each([
  "",
  "c",
  "arn:aws:events:eu-west-1:1:rule/c",
  "arn:aws:events:eu-west-1:1:connection/../c",
])("'%s' is no connection's ARN", async (text) => {
  const { find } = book({ connections: { c: { authorization: "none" } } });
  expect(await find(text)).toMatchObject({ error: "Events.ConnectionResource.ResourceNotFound" });
});
