import { expect, test } from "vitest";
import type { JsonObject } from "../../expression/json.ts";
import { scopeOf } from "../../machine/arns.ts";
import { deliverBatch } from "./deliver-batch.ts";
import { pipeLanguage } from "./pipe-events.ts";
import type { SourceMessage } from "./pipe-source.ts";
import { configuredPipe } from "./pipes-configuration.ts";

const machine = "arn:aws:states:us-east-1:123456789012:stateMachine:orders";
const pipe = configuredPipe(
  "p",
  {
    Source: "arn:aws:sqs:us-east-1:123456789012:in",
    Target: machine,
    SourceParameters: { FilterCriteria: { Filters: [{ Pattern: '{"body":[{"exists":true}]}' }] } },
  },
  scopeOf("us-east-1", "123456789012"),
);

const message = (id: string, event: JsonObject): SourceMessage => ({ id, event });

/** Delivers messages to an Express workflow that answers as it is told to; what it was called with, and what is done. */
async function delivered(
  messages: readonly SourceMessage[],
  answer: (input: string) => JsonObject,
): Promise<{ inputs: readonly string[]; done: readonly string[]; failure: unknown }> {
  const inputs: string[] = [];
  let done: readonly string[] = [];
  const failure: unknown = await deliverBatch(
    {
      tasks: { find: () => expect.fail("nothing is called as a task") },
      startTarget: () => expect.fail("nothing is started"),
      clock: { now: () => 0, schedule: () => expect.fail("nothing is waited for") },
      async stepFunctions(_, { input }) {
        inputs.push(input as string);
        return answer(input as string);
      },
    },
    { pipe, language: pipeLanguage(pipe) },
    {
      messages,
      async settle(settled) {
        done = settled.map(({ id }) => id);
      },
    },
    { now: 0, signal: new AbortController().signal },
  ).catch((error: unknown) => error);
  return { inputs, done, failure };
}

const succeeded = (output = "null"): JsonObject => ({ status: "SUCCEEDED", output });

test("what the filter does not want is done without being given to anybody", async () => {
  const messages = [message("a", { body: "1" }), message("b", { other: 1 })];
  const { inputs, done } = await delivered(messages, () => succeeded());
  expect(inputs).toEqual(['[{"body":"1"}]']);
  expect(done.toSorted()).toEqual(["a", "b"]);
});

test("messages that are too long for one list are several", async () => {
  const long = "x".repeat(100_000);
  const messages = ["a", "b", "c"].map((id) => message(id, { body: long, id }));
  const { inputs, done } = await delivered(messages, () => succeeded());
  expect(inputs.map((input) => (JSON.parse(input) as JsonObject[]).map(({ id }) => id))).toEqual([
    ["a", "b"],
    ["c"],
  ]);
  expect(done).toEqual(["a", "b", "c"]);
});

test("what the target names as failed comes again, the rest does not", async () => {
  const messages = ["a", "b", "c"].map((id) => message(id, { body: id }));
  const output = JSON.stringify({ batchItemFailures: [{ itemIdentifier: "b" }] });
  expect(await delivered(messages, () => succeeded(output))).toMatchObject({
    done: ["a", "c"],
    failure: undefined,
  });
});

test("what was taken before a failure is done, and what comes after it is not tried", async () => {
  const long = "x".repeat(200_000);
  const messages = ["a", "b", "c"].map((id) => message(id, { body: long, id }));
  const { inputs, done, failure } = await delivered(messages, (input) =>
    input.includes('"id":"b"') ? { status: "TIMED_OUT" } : succeeded(),
  );
  expect([inputs.length, done]).toEqual([2, ["a"]]);
  expect(String(failure)).toContain("TIMED_OUT");
});
