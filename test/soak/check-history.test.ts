import { expect, test } from "vitest";
import { attemptKey, type Call, checkHistory, type Evidence } from "./check-history.ts";
import type { HistoryEvent } from "./history.ts";

const execution = "arn:aws:states:us-east-1:000000000000:execution:soak-order:run-1";
const call: Call = { execution, state: "Charge", index: -1, retry: 0, nonce: "a" };

const event = (id: number, type: string, details: Partial<HistoryEvent> = {}): HistoryEvent => ({
  id,
  previousEventId: id - 1,
  type,
  timestamp: id,
  ...details,
});

const entered = { stateEnteredEventDetails: { name: "Charge" } };
const succeeded = { lambdaFunctionSucceededEventDetails: { output: '{"nonce":"a"}' } };
const cut = { lambdaFunctionFailedEventDetails: { error: "Lambda.Unknown" } };

const once = [
  event(1, "ExecutionStarted"),
  event(2, "TaskStateEntered", entered),
  event(3, "LambdaFunctionScheduled"),
  event(4, "LambdaFunctionStarted"),
  event(5, "LambdaFunctionSucceeded", succeeded),
  event(6, "TaskStateExited"),
  event(7, "ExecutionSucceeded"),
];

function violationsOf(events: readonly HistoryEvent[], calls: readonly Call[]): readonly string[] {
  const violations: string[] = [];
  const byKey = new Map<string, Call[]>();
  for (const each of calls) {
    const key = attemptKey(each);
    byKey.set(key, [...(byKey.get(key) ?? []), each]);
  }
  const evidence: Evidence = {
    calls: byKey,
    scheduled: new Set(),
    results: new Map(),
    violation: (text) => violations.push(text.replace(`${execution}: `, "")),
  };
  checkHistory(execution, "SUCCEEDED", events, evidence);
  return violations;
}

test("an execution that happened once has no violations", () => {
  expect(violationsOf(once, [call])).toEqual([]);
});

test("an attempt that was called twice is seen", () => {
  const violations = violationsOf(once, [call, { ...call, nonce: "b" }]);
  expect(violations).toEqual(["the attempt of event 3 was called twice"]);
});

test("a result that no call gave is seen", () => {
  expect(violationsOf(once, [])).toEqual(["event 5 has a result that no call gave"]);
});

test("an attempt with two outcomes is seen", () => {
  const twice = [
    ...once.slice(0, 5),
    { ...event(6, "LambdaFunctionFailed", cut), previousEventId: 4 },
    event(7, "ExecutionSucceeded"),
  ];
  expect(violationsOf(twice, [call])).toEqual(["the attempt of event 3 has 2 outcomes"]);
});

test("a second end and a gap in the ids are seen", () => {
  const violations = violationsOf([...once, event(9, "ExecutionSucceeded")], [call]);
  expect(violations[0]).toMatch(/^it ends 2 times/);
  expect(violations[1]).toBe("event 8 has the id 9");
});

test("a retry after a cut attempt is an attempt of its own", () => {
  const retried = [
    ...once.slice(0, 4),
    event(5, "LambdaFunctionFailed", cut),
    event(6, "LambdaFunctionScheduled"),
    event(7, "LambdaFunctionStarted"),
    event(8, "LambdaFunctionSucceeded", succeeded),
    event(9, "TaskStateExited"),
    event(10, "ExecutionSucceeded"),
  ];
  expect(
    violationsOf(retried, [
      { ...call, nonce: "z" },
      { ...call, retry: 1 },
    ]),
  ).toEqual([]);
  // The second call as one of the first attempt: called twice, and the retry's result comes from nowhere.
  expect(violationsOf(retried, [call, { ...call, nonce: "z" }])).toHaveLength(2);
});
