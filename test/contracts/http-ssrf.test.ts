import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { isIPv6 } from "node:net";
import { lookup } from "node:dns/promises";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Resolve } from "../../src/integrations/http/address-guard.ts";
import { connectionArn, httpHarness, httpServer, jsonAnswer, valueOf } from "./http-harness.ts";
import { ssrfCorpus } from "./ssrf-corpus.ts";
import { serviceResource } from "./task-handler-harness.ts";

const invoke = serviceResource("http", "invoke");

/** What nobody may reach: on all addresses of this machine. */
let reached = 0;
let port = 0;
const canary = createServer((_, response) => {
  reached++;
  response.end("canary");
});
// One that was reached is connected to, even if it was sent nothing.
canary.on("connection", () => reached++);

beforeAll(async () => {
  await new Promise<void>((resolve) => canary.listen(0, resolve));
  port = (canary.address() as AddressInfo).port;
});

afterAll(() => {
  canary.close();
  canary.closeAllConnections();
});

const addressesOf = (addresses: readonly string[]) =>
  addresses.map((address) => ({ address, family: isIPv6(address.split("%")[0] ?? "") ? 6 : 4 }));

/** Answers one after the other; the last one for ever. */
function resolver(answers: readonly (readonly string[])[]): Resolve {
  let next = 0;
  return async (host) => {
    if (answers.length === 0) return lookup(host, { all: true });
    const answer = answers[Math.min(next++, answers.length - 1)] ?? [];
    return addressesOf(answer);
  };
}

const call = (ApiEndpoint: string) => ({
  ApiEndpoint,
  Method: "GET",
  InvocationConfig: { ConnectionArn: connectionArn("c") },
});

const connections = { c: { authorization: "none" } } as const;

test("the corpus has as many cases as the issue wants", () => {
  expect(ssrfCorpus.length).toBeGreaterThanOrEqual(150);
  expect(new Set(ssrfCorpus.map(({ what }) => what)).size).toBe(ssrfCorpus.length);
});

describe("nothing inside is reached", () => {
  test.each(ssrfCorpus)("$what", async ({ url, answers = [] }) => {
    reached = 0;
    const { run } = httpHarness({
      http: { allowHttp: true },
      connections,
      resolve: resolver(answers),
    });
    const outcome = await run(invoke, call(url.replaceAll("PORT", String(port))));
    expect(reached).toBe(0);
    // Refused before anything is connected to, and so that no Retry helps.
    expect(outcome.type).toBe("rejected");
  });

  test.each(ssrfCorpus)("by a redirect: $what", async ({ url, answers = [] }) => {
    const outside = await httpServer((_, response) => {
      response.writeHead(302, { Location: encodeURI(url.replaceAll("PORT", String(port))) }).end();
    });
    reached = 0;
    const resolve = resolver(answers);
    // The first server stands for one of the Internet: it alone may be called.
    const { run } = httpHarness({
      http: { allowHttp: true, followRedirects: 5, allowPrivateAddresses: ["outside.test"] },
      connections,
      resolve: async (host) =>
        host === "outside.test" ? addressesOf(["127.0.0.1"]) : resolve(host),
    });
    const outcome = await run(invoke, call(`http://outside.test:${outside.port}/`));
    expect(reached).toBe(0);
    expect(outcome.type).not.toBe("succeeded");
  });
});

describe("rebinding", () => {
  test("a second answer of the resolver is never asked for: what was checked is connected to", async () => {
    reached = 0;
    let asked = 0;
    const resolve: Resolve = async () =>
      addressesOf([asked++ === 0 ? "93.184.215.14" : "127.0.0.1"]);
    const { run } = httpHarness({ http: { allowHttp: true }, connections, resolve });
    const controller = new AbortController();
    const running = run(invoke, call(`http://attack.test:${port}/`), { signal: controller.signal });
    while (asked === 0) await new Promise(setImmediate);
    controller.abort();
    await running;
    expect(asked).toBe(1);
    expect(reached).toBe(0);
  });

  test("a name that is good once and bad the next time is refused the next time", async () => {
    const server = await httpServer((_, response) => jsonAnswer(response, {}));
    reached = 0;
    let asked = 0;
    const resolve: Resolve = async () => addressesOf([asked++ === 0 ? "127.0.0.1" : "127.0.0.2"]);
    const http = { allowHttp: true, allowPrivateAddresses: ["127.0.0.1"] };
    const { run } = httpHarness({ http, connections, resolve });
    const parameters = call(`http://rebinding.test:${server.port}/`);
    expect(await run(invoke, parameters)).toMatchObject({ type: "succeeded" });
    expect(await run(invoke, parameters)).toMatchObject({ type: "rejected" });
    expect(reached).toBe(0);
  });
});

describe("the token URL of a connection", () => {
  const oauth = (tokenUrl: string) =>
    ({
      c: {
        authorization: "oauthClientCredentials",
        tokenUrl,
        clientId: "id",
        clientSecret: "secret-secret",
      },
    }) as const;

  test.each(["http://127.0.0.1:PORT/", "http://[::1]:PORT/", "http://localhost:PORT/"])(
    "%s is not called",
    async (url) => {
      reached = 0;
      const { run, warnings } = httpHarness({
        http: { allowHttp: true },
        connections: oauth(url.replace("PORT", String(port))),
      });
      const outcome = await run(invoke, call("http://93.184.215.14/"));
      expect(outcome).toMatchObject({
        type: "failed",
        error: "Events.ConnectionResource.InvalidConnectionState",
      });
      expect(reached).toBe(0);
      expect(warnings.join()).not.toContain("secret-secret");
    },
  );

  test("its redirects are not followed", async () => {
    reached = 0;
    const outside = await httpServer((_, response) => {
      response.writeHead(307, { Location: `http://127.0.0.1:${port}/` }).end();
    });
    const { run } = httpHarness({
      http: { allowHttp: true, followRedirects: 5, allowPrivateAddresses: ["outside.test"] },
      connections: oauth(`http://outside.test:${outside.port}/`),
      resolve: resolver([["127.0.0.1"]]),
    });
    const outcome = await run(invoke, call("http://93.184.215.14/"));
    expect(outcome).toMatchObject({ type: "failed" });
    expect(outside.seen).toHaveLength(1);
    expect(reached).toBe(0);
  });
});

test("the environment's proxies are not asked", async () => {
  reached = 0;
  for (const name of ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"]) {
    vi.stubEnv(name, `http://127.0.0.1:${port}`);
  }
  vi.stubEnv("NODE_USE_ENV_PROXY", "1");
  const server = await httpServer((_, response) => jsonAnswer(response, { direct: true }));
  const { run } = httpHarness({
    http: { allowHttp: true, allowPrivateAddresses: ["127.0.0.1"] },
    connections,
  });
  const outcome = await run(invoke, call(server.origin));
  vi.unstubAllEnvs();
  expect(valueOf(outcome)).toMatchObject({ ResponseBody: { direct: true } });
  expect(reached).toBe(0);
});

describe("what is allowed is reached", () => {
  test.each<[string, boolean | string[], string]>([
    ["everything", true, "127.0.0.1"],
    ["an address", ["127.0.0.1"], "127.0.0.1"],
    ["a block", ["127.0.0.0/8"], "127.0.0.1"],
    ["a host", ["Inside.test"], "inside.test"],
    ["a host with a dot at its end", ["inside.test"], "inside.test."],
    ["the address of a host", ["127.0.0.1/32"], "inside.test"],
  ])("%s", async (_, allowPrivateAddresses, host) => {
    const server = await httpServer((__, response) => jsonAnswer(response, {}));
    const { run } = httpHarness({
      http: { allowHttp: true, allowPrivateAddresses },
      connections,
      resolve: resolver([["127.0.0.1"]]),
    });
    const outcome = await run(invoke, call(`http://${host}:${server.port}/`));
    expect(outcome).toMatchObject({ type: "succeeded" });
  });

  test.each([
    ["another host", ["other.test"]],
    ["a host of which it is the end", ["test", "nside.test"]],
    ["another block", ["10.0.0.0/8", "::1"]],
    ["nothing", []],
  ])("and %s allows it not", async (_, allowPrivateAddresses) => {
    reached = 0;
    const { run, warnings } = httpHarness({
      http: { allowHttp: true, allowPrivateAddresses },
      connections,
      resolve: resolver([["127.0.0.1"]]),
    });
    const outcome = await run(invoke, call(`http://inside.test:${port}/`));
    expect(outcome).toEqual({
      type: "rejected",
      cause:
        "The host 'inside.test' has an address that is not public, which tasks may not call. Whoever runs Stepwell can allow it: http.allowPrivateAddresses in the configuration.",
    });
    expect(warnings.join()).toContain("kept from calling");
    expect(reached).toBe(0);
  });
});
