import { expect, test } from "vitest";
import type { IntegrationOptions } from "../../src/integrations/integration-options.ts";
import type { JsonObject } from "../../src/expression/json.ts";
import { httpServer, jsonAnswer } from "./http-harness.ts";
import { outputOf, ownTasks } from "./own-harness.ts";

const callback = "https://flows.example.com/hooks/sealed";
const links: NonNullable<IntegrationOptions["links"]> = {
  callbackUrl: ({ taskId }) => Promise.resolve(`${callback}${taskId}`),
  answerPage: () => Promise.resolve(undefined),
};
const open = { allowHttp: true, allowPrivateAddresses: true };

function run(parameters: JsonObject, http: IntegrationOptions["http"] = open) {
  return ownTasks({ links, http: http ?? {} })("webhook.waitForTaskToken", parameters);
}

test("without a service to call the URL itself is what was submitted", async () => {
  expect(outputOf(await run({}))).toEqual({ CallbackUrl: `${callback}3` });
});

test("a service is told the URL in address, headers and body", async () => {
  const server = await httpServer((_, response) => jsonAnswer(response, { id: 7 }, 202));
  const outcome = await run({
    Url: `${server.origin}/start?cb={{callback}}`,
    Method: "PUT",
    Headers: { "X-Callback": "<{{callback}}>", "X-Many": ["a", "b"] },
    Body: { order: 7, reply: { to: ["{{callback}}/failure"] } },
  });
  expect(outputOf(outcome)).toEqual({
    CallbackUrl: `${callback}3`,
    StatusCode: 202,
    StatusText: "Accepted",
    ResponseBody: { id: 7 },
  });
  const [seen] = server.seen;
  expect(seen).toMatchObject({
    method: "PUT",
    url: `/start?cb=${encodeURIComponent(`${callback}3`)}`,
    body: `{"order":7,"reply":{"to":["${callback}3/failure"]}}`,
  });
  expect(seen?.headers).toMatchObject({
    "x-callback": `<${callback}3>`,
    "x-many": "a, b",
    "content-type": "application/json",
  });
});

test("a call without a body sends the URL alone; a text is sent as it is", async () => {
  const server = await httpServer((_, response) => response.end());
  await run({ Url: server.origin });
  await run({ Url: server.origin, Body: "to {{callback}}" });
  await run({ Url: server.origin, Method: "GET" });
  expect(server.seen.map(({ method, body }) => [method, body])).toEqual([
    ["POST", `{"callback":"${callback}3"}`],
    ["POST", `to ${callback}3`],
    ["GET", ""],
  ]);
});

test("a service that refuses, or is not there, fails the task", async () => {
  const server = await httpServer((_, response) => jsonAnswer(response, { secret: 1 }, 503));
  expect(await run({ Url: server.origin })).toEqual({
    type: "failed",
    error: "Webhook.StatusCode.503",
    cause: "Service Unavailable",
  });
  expect(await run({ Url: "http://127.0.0.1:1/" })).toMatchObject({
    error: "Webhook.ConnectionException",
  });
});

test("private addresses and plain HTTP are called only where the configuration says so", async () => {
  const server = await httpServer((_, response) => response.end());
  expect(await run({ Url: server.origin }, { allowHttp: true })).toMatchObject({
    type: "rejected",
    cause: expect.stringContaining("http.allowPrivateAddresses") as string,
  });
  expect(await run({ Url: server.origin }, { allowPrivateAddresses: true })).toMatchObject({
    cause: expect.stringContaining("http.allowHttp") as string,
  });
  expect(server.seen).toEqual([]);
});

test.each([
  [{ Url: "ftp://example.com" }, "Url"],
  [{ Url: "https://user:password@example.com" }, "Url"],
  [{ Url: "https://example.com", Method: "TRACE" }, "Method"],
  [{ Url: "https://example.com", Headers: { "X-A": "b\r\nX-C: d" } }, "Headers"],
])("parameters %j are refused", async (parameters, field) => {
  expect(await run(parameters as JsonObject)).toMatchObject({
    type: "rejected",
    cause: expect.stringContaining(`The value of the field '${field}' has an invalid`) as string,
  });
});
