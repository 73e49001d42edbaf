import { describe, expect, test } from "vitest";
import type { AttemptView, VisitView } from "../../../../src/console/view-types.ts";
import { caughtBefore, handlingOf, stateAt } from "./handling.ts";

const attempt = (retrier?: number): AttemptView => ({
  id: 3,
  scheduledAt: 0,
  status: "failed",
  ...(retrier !== undefined && { retrier }),
});

function visit(error: string | undefined, attempts: readonly AttemptView[] = []): VisitView {
  return {
    id: 2,
    parent: 0,
    lane: 0,
    key: "/S",
    name: "S",
    type: "Task",
    status: "failed",
    enteredAt: 0,
    within: 0,
    attempts,
    ...(error !== undefined && { error }),
  };
}

const verdicts = (state: unknown, of: VisitView) =>
  handlingOf(state, of).map(({ kind, verdict }) => `${kind} ${verdict}`);

describe("what each Retrier and Catcher said to a failure", () => {
  const state = {
    Retry: [{ ErrorEquals: ["Busy"], MaxAttempts: 2 }, { ErrorEquals: ["States.TaskFailed"] }],
    Catch: [
      { ErrorEquals: ["Declined"], Next: "Ask" },
      { ErrorEquals: ["States.ALL"], Next: "Alert" },
    ],
  };

  test("the first Retrier that names the error decides, though it is used up", () => {
    const of = visit("Busy", [attempt(0), attempt(0), attempt()]);
    expect(verdicts(state, of)).toEqual([
      "retrier exhausted",
      "retrier notAsked",
      "catcher otherError",
      "catcher took",
    ]);
    expect(handlingOf(state, of)[0]?.attempts).toEqual({ used: 2, most: 2 });
    expect(handlingOf(state, of)[3]?.next).toBe("Alert");
  });

  test("one that does not say how often retries three times", () => {
    const of = visit("Declined", [attempt(1), attempt(1)]);
    expect(handlingOf(state, of)[1]).toMatchObject({
      verdict: "took",
      attempts: { used: 2, most: 3 },
    });
    expect(verdicts(state, of)[2]).toBe("catcher took");
  });

  test("a time-out is no States.TaskFailed; States.Runtime is seen by none", () => {
    expect(verdicts(state, visit("States.Timeout"))[1]).toBe("retrier otherError");
    expect(new Set(verdicts(state, visit("States.Runtime")))).toEqual(
      new Set(["retrier terminal", "catcher terminal"]),
    );
  });

  test("a state without either has none, whatever it is", () => {
    expect(handlingOf({ Type: "Pass" }, visit("X"))).toEqual([]);
    expect(handlingOf(undefined, visit("X"))).toEqual([]);
  });
});

describe("the state that a key names", () => {
  const inner = { Type: "Pass", Comment: "inner" };
  const definition = {
    States: {
      "a/b": { Type: "Pass", Comment: "slash" },
      a: { Type: "Map", ItemProcessor: { States: { b: inner, "c[0]": inner } } },
      P: { Type: "Parallel", Branches: [{ States: { x: {} } }, { States: { y: inner } }] },
    },
  };

  test.each([
    ["/a/b", "slash"],
    ["/a/c[0]", "inner"],
    ["/P[1]/y", "inner"],
  ])("%s", (key, comment) => {
    expect(stateAt(definition, key)).toMatchObject({ Comment: comment });
  });

  test.each(["/none", "/P[7]/y", "/a/none", "/"])("%s names none", (key) => {
    expect(stateAt(definition, key)).toBeUndefined();
  });

  test("a definition that is none has none", () => {
    expect(stateAt(null, "/a")).toBeUndefined();
  });
});

test("before a Fail state the newest Catcher is what went wrong; before another state there is none", () => {
  const at = (id: number, status: VisitView["status"], type = "Task"): VisitView => ({
    ...visit("E"),
    id,
    status,
    type,
  });
  const visits = [at(2, "caught"), at(5, "caught"), at(8, "succeeded"), at(9, "failed", "Fail")];
  expect(caughtBefore(visits, at(9, "failed", "Fail"))?.id).toBe(5);
  expect(caughtBefore(visits, at(9, "failed"))).toBeUndefined();
  expect(caughtBefore(visits, { ...at(9, "failed", "Fail"), lane: 1 })).toBeUndefined();
});
