import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import type { JsonObject, JsonValue } from "../../src/expression/json.ts";
import type { ConnectionConfiguration } from "../../src/integrations/http/connections/connection-configuration.ts";
import { createStepwell, type Stepwell } from "../../src/server/stepwell-server.ts";
import { openStore } from "../../src/store/open-store.ts";
import { connectionArn, httpServer, type SeenRequest } from "../contracts/http-harness.ts";

/** Planted where a connection has secrets; none may be seen anywhere. */
const canaries = {
  password: 'canary/pass"word + ü',
  apiKey: "canary-api-key-5f3a",
  clientSecret: "canary&client=secret",
  token: "canary.token/with+signs=",
  header: "canary-header-value",
  query: "canary query/value",
  body: "canary\\body\\value",
};

/** The spellings that a secret could leave in. */
function spellings(secret: string): readonly string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  return [
    secret,
    json,
    JSON.stringify(json).slice(1, -1),
    encodeURIComponent(secret),
    encodeURIComponent(secret).replaceAll("%20", "+"),
    Buffer.from(secret).toString("base64"),
    Buffer.from(secret).toString("hex"),
  ];
}

const basicCanary = Buffer.from(`canary-user:${canaries.password}`).toString("base64");
const forbidden = [...Object.values(canaries), basicCanary].flatMap(spellings);

const additions = {
  headers: { "X-Canary": "${CANARY_HEADER}" },
  query: { canary: "${CANARY_QUERY}" },
  body: { canary: "${CANARY_BODY}" },
};

const connections = (tokenUrl: string): { readonly [name: string]: ConnectionConfiguration } => ({
  basic: {
    authorization: "basic",
    username: "canary-user",
    password: canaries.password,
    ...additions,
  },
  key: { authorization: "apiKey", name: "X-Api-Key", value: canaries.apiKey, ...additions },
  oauth: {
    authorization: "oauthClientCredentials",
    tokenUrl,
    clientId: "canary-user",
    clientSecret: canaries.clientSecret,
    ...additions,
  },
});

/** All that a request had, as servers give it back to help those who call them. */
function echo({ method, url, headers, body }: SeenRequest): JsonObject {
  const said = body.startsWith("{") ? (JSON.parse(body) as JsonValue) : body;
  return {
    method,
    url,
    headers: headers as JsonObject,
    body,
    said,
    query: decodeURIComponent(url),
  };
}

const answers: {
  readonly [path: string]: (seen: SeenRequest, response: ServerResponse) => void;
} = {
  "/json": (seen, response) => {
    response.writeHead(200, { "Content-Type": "application/json", "X-Echo": seen.url });
    response.end(JSON.stringify(echo(seen)));
  },
  // JSON may spell each character by its number.
  "/escaped": (seen, response) => {
    const text = JSON.stringify(echo(seen)).replaceAll(
      "canary",
      "canary"
        .split("")
        .map((c) => `\\u00${c.charCodeAt(0).toString(16)}`)
        .join(""),
    );
    response.writeHead(200, { "Content-Type": "application/json" });
    response.end(text);
  },
  "/text": (seen, response) => {
    response.writeHead(200, { "Content-Type": "text/plain" });
    response.end(Object.values(seen.headers).join("\n") + seen.url + seen.body);
  },
  "/unauthorized": (seen, response) => {
    response.writeHead(401, { "Content-Type": "application/json" });
    response.end(JSON.stringify(echo(seen)));
  },
  "/broken": (seen, response) => {
    response.writeHead(500, `No ${seen.headers["x-canary"] as string}`, { "X-Echo": seen.url });
    response.end(JSON.stringify(echo(seen)));
  },
  "/redirect": (seen, response) => {
    const location = `/json?${seen.url.split("?")[1] ?? ""}&again=1`;
    response.writeHead(302, { Location: location }).end();
  },
  "/away": (_, response) => {
    response.writeHead(302, { Location: "http://127.0.0.1:1/" }).end();
  },
  "/cut": (_, response) => response.socket?.destroy(),
};

let folder: string;
const said: string[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "stepwell-canary-"));
  vi.stubEnv("CANARY_HEADER", canaries.header);
  vi.stubEnv("CANARY_QUERY", canaries.query);
  vi.stubEnv("CANARY_BODY", canaries.body);
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

async function server(): Promise<{ readonly stepwell: Stepwell; readonly origin: string }> {
  const api = await httpServer((seen, response) => {
    const answer = answers[seen.url.split("?")[0] ?? ""];
    if (answer === undefined) response.writeHead(404).end();
    else answer(seen, response);
  });
  const tokens = await httpServer((_, response) => {
    response.end(JSON.stringify({ access_token: canaries.token, expires_in: 3600 }));
  });
  const log = (message: string, fields?: object): void =>
    void said.push(message, JSON.stringify(fields ?? {}));
  const stepwell = await createStepwell({
    store: await openStore({ kind: "sqlite", dataDir: folder }),
    logger: { debug: log, info: log, warn: log, error: log },
    region: "eu-west-1",
    accountId: "123456789012",
    http: { allowHttp: true, allowPrivateAddresses: ["127.0.0.1"], followRedirects: 3 },
    connections: connections(tokens.origin),
    localExecutionLog: { to: "file", folder },
    onFailure: (reason) => said.push(String(reason)),
  });
  onTestFinished(() => stepwell.shutdown(1_000));
  return { stepwell, origin: api.origin };
}

const roleArn = "arn:aws:iam::123456789012:role/role";

async function call(
  { service }: Stepwell,
  operation: string,
  input: JsonObject,
): Promise<JsonObject> {
  const caller = {
    partition: "aws",
    region: "eu-west-1",
    accountId: "123456789012",
    principal: { type: "owner" },
  } as const;
  const answer = (await service.call(operation, input, { caller })) as JsonObject;
  said.push(JSON.stringify(answer));
  return answer;
}

const task = (origin: string, path: string, connection: string): JsonObject => ({
  Type: "Task",
  Resource: "arn:aws:states:::http:invoke",
  Parameters: {
    ApiEndpoint: `${origin}${path}`,
    Method: "POST",
    InvocationConfig: { ConnectionArn: connectionArn(connection) },
    RequestBody: { own: "kept" },
  },
  End: true,
});

/** Also where JSON spells a character by its number. */
function hits(written: string): readonly string[] {
  const text =
    written +
    written.replaceAll(/\\+u00([0-9a-f]{2})/g, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    );
  return forbidden.filter((secret) => text.includes(secret));
}

/** What is on the disk: the store with its log, and the executions' logs. */
function files(): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1"))
    .join("\n");
}

const names = ["basic", "key", "oauth"];
const paths = Object.keys(answers);

test("executions leave no secret in answers, logs and files", async () => {
  const { stepwell, origin } = await server();
  for (const connection of names) {
    for (const path of paths) {
      const name = `${connection}${path.replace("/", "-")}`;
      const { stateMachineArn = null } = await call(stepwell, "CreateStateMachine", {
        name,
        roleArn,
        definition: JSON.stringify({
          StartAt: "Call",
          States: { Call: { ...task(origin, path, connection), TimeoutSeconds: 20 } },
        }),
      });
      const { executionArn = null } = await call(stepwell, "StartExecution", { stateMachineArn });
      await vi.waitFor(async () => {
        const { status } = await call(stepwell, "DescribeExecution", { executionArn });
        expect(status).not.toBe("RUNNING");
      }, 10_000);
      await call(stepwell, "GetExecutionHistory", { executionArn });
    }
  }
  await stepwell.shutdown(1_000);
  const text = said.join("\n");
  // The calls were made, and their answers are there.
  expect(text).toContain("kept");
  expect(text).toContain("States.Http.StatusCode.500");
  expect(text).toContain("********");
  expect(hits(text)).toEqual([]);
  const onDisk = files();
  expect(onDisk).toContain("States.Http.StatusCode.500");
  expect(hits(onDisk)).toEqual([]);
});

describe("TestState", () => {
  test("shows no secret at any level", async () => {
    const { stepwell, origin } = await server();
    for (const inspectionLevel of ["INFO", "DEBUG", "TRACE"]) {
      for (const connection of names) {
        for (const path of paths) {
          const definition = JSON.stringify(task(origin, path, connection));
          const shown = await call(stepwell, "TestState", { definition, roleArn, inspectionLevel });
          expect(shown["status"]).toBeDefined();
        }
      }
    }
    expect(hits(said.join("\n"))).toEqual([]);
  });

  test("reveals them to whoever asks for that, and only in what it then answers", async () => {
    const { stepwell, origin } = await server();
    const definition = JSON.stringify(task(origin, "/json", "key"));
    const { service } = stepwell;
    const caller = {
      partition: "aws",
      region: "eu-west-1",
      accountId: "123456789012",
      principal: { type: "owner" },
    } as const;
    const input = { definition, roleArn, inspectionLevel: "TRACE", revealSecrets: true };
    const shown = JSON.stringify(await service.call("TestState", input, { caller }));
    expect(shown).toContain(canaries.apiKey);
    expect(shown).toContain(canaries.header);
    await stepwell.shutdown(1_000);
    expect(hits(said.join("\n") + files())).toEqual([]);
  });
});
