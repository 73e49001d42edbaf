import { describe, expect, test } from "vitest";
import type { IntegrationSettings } from "../../src/integrations/integration-options.ts";
import type { JsonValue } from "../../src/expression/json.ts";
import {
  connectionArn,
  httpHarness,
  httpServer,
  jsonAnswer,
  type LocalServer,
  manualClock,
} from "./http-harness.ts";
import { serviceResource } from "./task-handler-harness.ts";

const invoke = serviceResource("http", "invoke");

const settings = (tokens: LocalServer, more: object = {}): IntegrationSettings => ({
  http: { allowHttp: true, allowPrivateAddresses: ["127.0.0.1"] },
  connections: {
    c: {
      authorization: "oauthClientCredentials",
      tokenUrl: `${tokens.origin}/token`,
      clientId: "the id",
      clientSecret: "the secret/",
      ...more,
    },
  },
});

const call = (origin: string): JsonValue => ({
  ApiEndpoint: `${origin}/a`,
  Method: "GET",
  InvocationConfig: { ConnectionArn: connectionArn("c") },
});

/** Tokens with a number each. */
const tokenServer = (more: object = {}): Promise<LocalServer> => {
  let next = 1;
  return httpServer((_, response) =>
    jsonAnswer(response, { access_token: `token-${next++}`, token_type: "Bearer", ...more }),
  );
};

const authorizations = (server: LocalServer): (string | undefined)[] =>
  server.seen.map(({ headers }) => headers.authorization);

describe("the request for a token", () => {
  test("is the one of RFC 6749: a form, and the client in basic authorization", async () => {
    const tokens = await tokenServer();
    const api = await httpServer((_, response) => jsonAnswer(response, {}));
    const { run } = httpHarness(
      settings(tokens, {
        scope: "read write",
        tokenBody: { audience: "a&b" },
        tokenHeaders: { "X-Tenant": "t" },
        tokenQuery: { v: "2" },
      }),
    );
    await run(invoke, call(api.origin));
    expect(tokens.seen[0]).toMatchObject({
      method: "POST",
      url: "/token?v=2",
      body: "grant_type=client_credentials&scope=read%20write&audience=a%26b",
      headers: {
        authorization: `Basic ${Buffer.from("the%20id:the%20secret%2F").toString("base64")}`,
        "content-type": "application/x-www-form-urlencoded",
        "x-tenant": "t",
      },
    });
    expect(authorizations(api)).toEqual(["Bearer token-1"]);
  });

  test("has the client in its body, or all in the URL of a GET, where that is wanted", async () => {
    const tokens = await tokenServer();
    const api = await httpServer((_, response) => jsonAnswer(response, {}));
    await httpHarness(settings(tokens, { clientIn: "body" })).run(invoke, call(api.origin));
    await httpHarness(settings(tokens, { clientIn: "body", method: "GET" })).run(
      invoke,
      call(api.origin),
    );
    const form = "grant_type=client_credentials&client_id=the%20id&client_secret=the%20secret%2F";
    expect(tokens.seen[0]).toMatchObject({ body: form });
    expect(tokens.seen[0]?.headers.authorization).toBeUndefined();
    expect(tokens.seen[1]).toMatchObject({ method: "GET", url: `/token?${form}`, body: "" });
  });
});

describe("a token", () => {
  test("is asked for once by all who want one at the same time", async () => {
    const tokens = await tokenServer();
    const api = await httpServer((_, response) => jsonAnswer(response, {}));
    const { run } = httpHarness(settings(tokens));
    await Promise.all(Array.from({ length: 20 }, () => run(invoke, call(api.origin))));
    expect(tokens.seen).toHaveLength(1);
    expect(new Set(authorizations(api))).toEqual(new Set(["Bearer token-1"]));
  });

  test("is used until shortly before it ends", async () => {
    const clock = manualClock();
    const tokens = await tokenServer({ expires_in: 100 });
    const api = await httpServer((_, response) => jsonAnswer(response, {}));
    const { run } = httpHarness({ ...settings(tokens), clock });
    await run(invoke, call(api.origin));
    clock.advance(69_000);
    await run(invoke, call(api.origin));
    clock.advance(2_000);
    await run(invoke, call(api.origin));
    expect(authorizations(api)).toEqual(["Bearer token-1", "Bearer token-1", "Bearer token-2"]);
  });

  test("that is refused with 401 is replaced, once for all and once for each call", async () => {
    const tokens = await tokenServer();
    let good = "Bearer token-2";
    const api = await httpServer(({ headers }, response) =>
      jsonAnswer(response, {}, headers.authorization === good ? 200 : 401),
    );
    const { run } = httpHarness(settings(tokens));
    const outcomes = await Promise.all(
      Array.from({ length: 5 }, () => run(invoke, call(api.origin))),
    );
    expect(outcomes.map(({ type }) => type)).toEqual(Array(5).fill("succeeded"));
    expect(tokens.seen).toHaveLength(2);
    good = "none";
    expect(await run(invoke, call(api.origin))).toEqual({
      type: "failed",
      error: "States.Http.StatusCode.401",
      cause: "Unauthorized",
    });
    expect(tokens.seen).toHaveLength(3);
  });

  test("whose request nobody answers does not hold a task that is aborted", async () => {
    const arrived = Promise.withResolvers<void>();
    const tokens = await httpServer(() => arrived.resolve());
    const { run } = httpHarness(settings(tokens));
    const controller = new AbortController();
    const running = run(invoke, call("http://127.0.0.1:1"), { signal: controller.signal });
    await arrived.promise;
    controller.abort();
    expect(await running).toEqual({ type: "pending" });
  });

  test.each<[string, number, JsonValue, string]>([
    ["a refusal", 401, { error: "bad client the secret/" }, "the status 401"],
    ["no JSON", 200, "text", "no access_token"],
    ["no token", 200, { access_token: 5 }, "no access_token"],
    ["a token that is no header", 200, { access_token: "a\nb" }, "no access_token"],
  ])(
    "%s makes the connection unusable, and nothing of it is told",
    async (_, status, body, said) => {
      const tokens = await httpServer((__, response) => jsonAnswer(response, body, status));
      const { run, warnings } = httpHarness(settings(tokens));
      const outcome = await run(invoke, call("http://127.0.0.1:1"));
      expect(outcome).toMatchObject({
        type: "failed",
        error: "Events.ConnectionResource.InvalidConnectionState",
        cause: expect.stringContaining(said) as string,
      });
      expect(JSON.stringify(outcome) + warnings.join()).not.toContain("the secret/");
      // The next one asks again.
      await run(invoke, call("http://127.0.0.1:1"));
      expect(tokens.seen).toHaveLength(2);
    },
  );
});
