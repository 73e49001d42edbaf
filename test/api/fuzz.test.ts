import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serviceModel, type OperationName } from "../../src/service/model/service-model.ts";
import { post } from "./post.ts";
import { passDefinition, roleArn, startServer, type TestServer } from "./start-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
  await server.service.call("CreateStateMachine", {
    name: "m",
    definition: passDefinition,
    roleArn,
  });
});
afterAll(() => server.close());

/** These wait for something that will not come. */
const waiting = new Set<string>(["GetActivityTask"]);
const names = Object.keys(serviceModel).filter((name) => !waiting.has(name)) as OperationName[];

const machineArn = "arn:aws:states:eu-west-1:123456789012:stateMachine:m";
const plausible = fc.oneof(
  fc.constantFrom<unknown>(
    machineArn,
    `${machineArn}:1`,
    `${machineArn}/l`,
    machineArn.replace("stateMachine", "execution") + ":e",
    machineArn.replace("stateMachine", "activity"),
    "arn:aws:states:::",
    "arn:",
    roleArn,
    passDefinition,
    "{}",
    "m",
    "STANDARD",
    "EXPRESS",
    "RUNNING",
    0,
    -1,
    1001,
    1e308,
    true,
    null,
    "",
    [],
    {},
    "\ud800",
  ),
  fc.jsonValue(),
  fc.string(),
);

/** Any operation with members that it has and some that it has not, each with any value. */
const call = fc.constantFrom(...names).chain((name) =>
  fc.record({
    name: fc.constant(name),
    input: fc.oneof(
      fc.jsonValue(),
      fc.dictionary(
        fc.oneof(
          fc.constantFrom(...Object.keys(serviceModel[name].input), "__proto__", "constructor"),
          fc.string(),
        ),
        plausible,
      ),
    ),
  }),
);

test("whatever is sent, the answer is an output or an error of the API, and never a mistake of the server", async () => {
  await fc.assert(
    fc.asyncProperty(call, async ({ name, input }) => {
      const { status, body, text } = await post(server.port, name, input ?? null);
      expect(server.mistakes).toEqual([]);
      expect([200, 400, 402, 404, 409]).toContain(status);
      expect(text).not.toMatch(/\.ts:\d|node:internal|\bat [a-z]+ \(/);
      if (status !== 200) {
        expect(body).toMatchObject({ __type: expect.any(String), message: expect.any(String) });
      }
    }),
    { numRuns: 600 },
  );
});

test("bytes that are no JSON are malformed, whatever they are", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "binary" }), async (text) => {
      fc.pre(!isJson(text));
      const { status, body } = await post(server.port, "ListStateMachines", text);
      expect(status).toBe(400);
      expect(body).toMatchObject({ __type: "SerializationException" });
    }),
    { numRuns: 100 },
  );
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
