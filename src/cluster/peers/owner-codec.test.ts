import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { blanks, jsonText } from "../../expression/json-text.fixture.ts";
import { Payload } from "../../expression/payload.ts";
import { keyProblems, kmsKeyStates } from "../../ports/key-provider.ts";
import type { Event } from "../../runtime/partition/event.ts";
import {
  decodeAnswer,
  decodeQuestion,
  encodeAnswer,
  encodeQuestion,
  type OwnerAnswer,
} from "./owner-codec.ts";
import type { Answered, OwnerMethod, OwnerQuestion } from "./owner-questions.ts";

/** What is compared: a document is its text. Members that are `undefined` are not those that are absent. */
function plain(value: unknown): unknown {
  if (value instanceof Payload) return { text: value.text };
  if (value instanceof Set) return { set: [...value] as unknown[] };
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value).map(([name, member]) => [name, plain(member)]);
}

const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom("", "\ud800", "\u0000", "é😀"),
);
const payload = jsonText(blanks).map((json) => Payload.ofText(json));
const number = fc.oneof(fc.nat(), fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }));
const optional = <T>(members: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(members, { requiredKeys: [] });

const events: fc.Arbitrary<Event> = fc.oneof(
  fc.record({ type: fc.constant("ExecutionStarted" as const), input: payload }),
  fc.record({ type: fc.constant("TimerFired" as const) }),
  fc.record({
    type: fc.constantFrom("TaskSubmitted" as const, "TaskSucceeded" as const),
    taskId: fc.nat(),
    output: payload,
  }),
  fc
    .tuple(fc.nat(), optional({ rejected: fc.constant(true as const), error: text, cause: text }))
    .map(([taskId, more]) => ({ type: "TaskFailed" as const, taskId, ...more })),
  fc.record({ type: fc.constant("TaskHeartbeat" as const), taskId: fc.nat() }),
  fc
    .tuple(fc.nat(), optional({ workerName: text }))
    .map(([taskId, more]) => ({ type: "ActivityStarted" as const, taskId, ...more })),
  fc.record({
    type: fc.constant("MapRunFinished" as const),
    mapRunArn: text,
    outcome: fc.oneof(
      fc.record({ type: fc.constant("succeeded" as const), output: payload }),
      fc
        .tuple(text, optional({ cause: text }))
        .map(([error, more]) => ({ type: "failed" as const, error, ...more })),
    ),
  }),
  optional({
    clientToken: text,
    by: fc.record({ principal: text, via: text }, { requiredKeys: ["principal"] }),
  }).map((more) => ({ type: "Redriven" as const, ...more })),
  optional({ error: text, cause: text }).map((more) => ({
    type: "StopRequested" as const,
    ...more,
  })),
  fc.record({ type: fc.constant("KeyLost" as const), cause: text }),
);

const record = fc
  .tuple(
    fc.record({
      executionArn: text,
      stateMachineArn: text,
      revisionId: text,
      name: text,
      status: fc.constant("RUNNING" as const),
      startDate: number,
    }),
    optional({
      stateMachineVersionArn: text,
      traceHeader: text,
      parent: fc.record({
        executionArn: text,
        taskId: fc.nat(),
        pattern: fc.constantFrom("sync" as const, "sync:2" as const),
      }),
      mapRun: fc.record({ mapRunArn: text, index: fc.nat(), itemCount: fc.nat() }),
      testCase: text,
    }),
  )
  .map(([required, more]) => ({ ...required, ...more }));

const counts = fc.record({
  pending: number,
  running: number,
  succeeded: number,
  failed: number,
  timedOut: number,
  aborted: number,
  total: number,
  resultsWritten: number,
  failuresNotRedrivable: number,
  pendingRedrive: number,
});

const asked: { [M in OwnerMethod]: fc.Arbitrary<OwnerQuestion<M>["asked"]> } = {
  start: fc.record({ record, input: payload, isNamed: fc.boolean() }),
  deliver: fc.record({ executionArn: text, event: events }),
  hints: fc.record({
    messages: fc.array(fc.record({ id: text, to: text, body: text })),
    tasks: fc.array(fc.record({ activityArn: text, executionArn: text, taskId: fc.nat() })),
  }),
  waitUntilClosed: fc.record({ executionArn: text, timeoutMs: number }),
  takeActivityTask: fc
    .tuple(text, optional({ workerName: text }), number)
    .map(([activityArn, more, timeoutMs]) => ({ activityArn, ...more, timeoutMs })),
  describeMapRun: fc.record({ mapRunArn: text }),
  updateMapRun: fc.record({
    mapRunArn: text,
    changes: optional({
      maxConcurrency: number,
      toleratedFailureCount: number,
      toleratedFailurePercentage: number,
    }),
  }),
  pendingRedrives: fc.record({ mapRunArn: text }),
};

const answered: { [M in OwnerMethod]: fc.Arbitrary<Answered<M>> } = {
  start: fc.oneof(
    fc.record({ type: fc.constant("started" as const), executionArn: text, startDate: number }),
    fc.record({ type: fc.constant("exists" as const), executionArn: text }),
  ),
  deliver: fc.option(
    fc
      .tuple(
        fc.record({ stale: fc.boolean(), stoppedAt: number, countedFrom: number }),
        optional({ taskInput: payload }),
      )
      .map(([required, more]) => ({ ...required, ...more })),
    { nil: undefined },
  ),
  hints: fc.constant(undefined),
  waitUntilClosed: fc.constant(undefined),
  takeActivityTask: fc.option(fc.record({ taskToken: text, input: payload }), { nil: undefined }),
  describeMapRun: fc.option(
    fc
      .tuple(
        fc.record({
          mapRunArn: text,
          executionArn: text,
          status: fc.constantFrom("RUNNING" as const, "ABORTED" as const),
          startDate: number,
        }),
        optional({ stopDate: number, redriveDate: number }),
        fc.record({
          maxConcurrency: number,
          toleratedFailureCount: number,
          toleratedFailurePercentage: number,
          itemCounts: counts,
          executionCounts: counts,
          redriveCount: fc.nat(),
        }),
      )
      .map(([first, more, last]) => ({ ...first, ...more, ...last })),
    { nil: undefined },
  ),
  updateMapRun: fc.boolean(),
  pendingRedrives: fc.uniqueArray(text).map((arns) => new Set(arns)),
};

const methods = Object.keys(asked) as OwnerMethod[];

describe.each(methods)("%s", (method) => {
  test("is asked to the letter", () => {
    const questions = fc.record({
      id: text,
      partition: fc.nat(),
      method: fc.constant(method),
      asked: asked[method] as fc.Arbitrary<OwnerQuestion["asked"]>,
    });
    fc.assert(
      fc.property(questions, (question) => {
        const decoded = decodeQuestion(encodeQuestion(question));
        expect(sorted(plain(decoded))).toEqual(sorted(plain(question)));
      }),
    );
  });

  test("is answered to the letter", () => {
    fc.assert(
      fc.property(answered[method] as fc.Arbitrary<Answered<OwnerMethod>>, (result) => {
        const answer: OwnerAnswer = { nodeId: "n", type: "done", answered: result };
        const decoded = decodeAnswer(method, encodeAnswer(method, answer));
        expect(sorted(plain(decoded))).toEqual(sorted(plain(answer)));
      }),
    );
  });
});

/** The order of our own members is nothing that anybody sees; that of a document's is in its text. */
function sorted(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  const list = value.map(sorted);
  const isObject = list.every((each) => Array.isArray(each) && typeof each[0] === "string");
  return isObject
    ? list.toSorted((one, other) =>
        String((one as unknown[])[0]) < String((other as unknown[])[0]) ? -1 : 1,
      )
    : list;
}

describe("what is no answer", () => {
  const outcomes: OwnerAnswer[] = [
    { nodeId: "n", type: "not the owner", mayBeDone: false },
    {
      nodeId: "n",
      type: "not the owner",
      mayBeDone: true,
      holder: { nodeId: "m", url: "http://m:1" },
    },
    ...(["locked", "newer", "full", "fatal", "unavailable"] as const).map(
      (kind) => ({ nodeId: "n", type: "store failure", kind, message: "why" }) as const,
    ),
    ...keyProblems.flatMap((problem) =>
      kmsKeyStates.map(
        (state) =>
          ({
            nodeId: "n",
            type: "key unavailable",
            kmsKeyId: "k",
            problem,
            state,
            message: "w",
          }) as const,
      ),
    ),
    { nodeId: "n", type: "mistake", message: "why", earlier: "remembered" },
    { nodeId: "n", type: "not understood", message: "why", earlier: "lost" },
  ];
  test.each(outcomes)("is told apart: %j", (outcome) => {
    for (const method of methods) {
      expect(decodeAnswer(method, encodeAnswer(method, outcome))).toStrictEqual(outcome);
    }
  });
});

describe("a node of another version", () => {
  const question = { format: 1, id: "1", partition: 2, method: "describeMapRun" };
  const decode = (wire: object) => decodeQuestion(JSON.stringify(wire));

  test("may ask with members that this one does not know", () => {
    const newer = { ...question, more: 1, asked: { mapRunArn: "arn", more: {} } };
    expect(decode(newer)).toEqual({
      id: "1",
      partition: 2,
      method: "describeMapRun",
      asked: { mapRunArn: "arn" },
    });
  });

  test.each([
    [{ ...question, method: "compact", asked: {} }, "method compact"],
    [{ ...question, method: "toString", asked: {} }, "method toString"],
    [{ ...question, format: 2, asked: {} }, "format 2"],
    [{ ...question, asked: {} }, "mapRunArn"],
    [
      { ...question, method: "deliver", asked: { executionArn: "a", event: { type: "Paused" } } },
      "type Paused",
    ],
  ])("is refused what this one cannot know: %j", (wire, reason) => {
    expect(() => decode(wire)).toThrow(reason);
  });

  test.each(["", "[]", "null", "{", '"x"'])("or what is no question: %s", (wire) => {
    expect(() => decodeQuestion(wire)).toThrow(/JSON/);
  });
});
