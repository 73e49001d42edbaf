import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { VisitView } from "../../../../src/console/view-types.ts";
import { alignRuns, type RunPair } from "./align-runs.ts";
import { differencesOf, statesOf } from "./run-differences.ts";

/** A run as names; what a state holds is a list of lanes behind it. */
type Shape = string | readonly [name: string, ...lanes: (readonly Shape[])[]];

function visitsOf(shapes: readonly Shape[], type = "Parallel"): readonly VisitView[] {
  const visits: VisitView[] = [];
  const count = (shape: Shape): number =>
    typeof shape === "string"
      ? 0
      : shape.slice(1).reduce((sum, lane) => sum + of(lane as readonly Shape[]), 0);
  const of = (lane: readonly Shape[]): number =>
    lane.reduce<number>((sum, shape) => sum + 1 + count(shape), 0);
  const enter = (lane: readonly Shape[], parent: number, index: number, scope: string): void => {
    for (const shape of lane) {
      const name = typeof shape === "string" ? shape : shape[0];
      const id = 2 * visits.length + 2;
      const key = `${scope}/${name}`;
      visits.push({
        id,
        parent,
        lane: index,
        key,
        name,
        type: typeof shape === "string" ? "Pass" : type,
        status: "succeeded",
        enteredAt: id,
        exitedAt: id + 1,
        exitEventId: id + 1,
        attempts: [],
        within: count(shape),
      });
      if (typeof shape === "string") continue;
      const lanes = shape.slice(1) as (readonly Shape[])[];
      lanes.forEach((inner, place) => enter(inner, id, place, key));
    }
  };
  enter(shapes, 0, 0, "");
  return visits;
}

const sides = ({ a, b, level }: RunPair): string =>
  `${"  ".repeat(level)}${a?.name ?? "-"} ${b?.name ?? "-"}`;
const aligned = (a: readonly Shape[], b: readonly Shape[]): readonly string[] =>
  alignRuns(visitsOf(a), visitsOf(b)).map(sides);

const name = fc.constantFrom("A", "B", "C");
const { lane } = fc.letrec<{ lane: readonly Shape[]; state: Shape }>((tie) => ({
  lane: fc.array(tie("state"), { maxLength: 6 }),
  state: fc.oneof(
    { depthSize: "small" },
    name,
    fc.tuple(name, tie("lane"), tie("lane")) as fc.Arbitrary<Shape>,
  ),
}));

describe("the states of two executions", () => {
  test("are beside each other where both have them", () => {
    expect(aligned(["A", "B", "D"], ["A", "C", "D"])).toEqual(["A A", "B -", "- C", "D D"]);
  });

  test("stand in turn where each goes its own way: those of A, then those of B", () => {
    const [one, other] = [
      ["A", "X", "Y", "D"],
      ["A", "B", "C", "D"],
    ] as const;
    expect(aligned(one, other)).toEqual(["A A", "X -", "Y -", "- B", "- C", "D D"]);
    expect(aligned(other, one)).toEqual(["A A", "B -", "C -", "- X", "- Y", "D D"]);
  });

  test("of a loop are aligned so that the further rounds are on one side", () => {
    const round = ["Add", "Enough?"];
    expect(aligned(["Set", ...round, "Done"], ["Set", ...round, ...round, "Done"])).toEqual([
      "Set Set",
      "Add Add",
      "Enough? Enough?",
      "- Add",
      "- Enough?",
      "Done Done",
    ]);
  });

  test("that are held by one are aligned branch by branch", () => {
    const pairs = alignRuns(
      visitsOf([["P", ["A"], ["B", "C"]]]),
      visitsOf([["P", ["A"], ["B"], ["D"]]]),
    );
    expect(pairs.map(sides)).toEqual(["P P", "  A A", "  B B", "  C -", "  - D"]);
    expect(pairs.map((pair) => pair.lane?.index)).toEqual([undefined, 0, 1, undefined, 2]);
  });

  test("are all on one side where the other has nothing", () => {
    expect(aligned([], ["A", ["P", ["B"]]])).toEqual(["- A", "- P", "  - B"]);
    expect(aligned([], [])).toEqual([]);
  });

  test("that no one shares a holder for are not paired", () => {
    expect(aligned([["P", ["A"]]], [["Q", ["A"]]])).toEqual(["P -", "  A -", "- Q", "  - A"]);
  });
});

describe("an alignment", () => {
  test("of an execution with itself has no difference", () => {
    fc.assert(
      fc.property(lane, (shapes) => {
        const visits = visitsOf(shapes);
        const pairs = alignRuns(visits, visits);
        expect(pairs).toHaveLength(visits.length);
        const digests = Object.fromEntries(
          visits.flatMap(({ id }) => [
            [id, `in ${id}`],
            [id + 1, `out ${id}`],
          ]),
        );
        for (const pair of pairs) {
          expect(pair.a).toBe(pair.b);
          expect(differencesOf(pair, { a: digests, b: digests })).toEqual([]);
        }
      }),
    );
  });

  test("has every state of both once, in the order of entry of their line", () => {
    fc.assert(
      fc.property(lane, lane, (one, other) => {
        const [a, b] = [visitsOf(one), visitsOf(other)];
        const pairs = alignRuns(a, b);
        const ids = (side: "a" | "b") => pairs.flatMap((pair) => pair[side]?.id ?? []);
        expect(ids("a")).toEqual(a.map(({ id }) => id));
        expect(ids("b")).toEqual(b.map(({ id }) => id));
        for (const pair of pairs) if (pair.a && pair.b) expect(pair.a.key).toBe(pair.b.key);
      }),
    );
  });

  test("is the same from the other side", () => {
    const said = (pairs: readonly RunPair[], one: "a" | "b", other: "a" | "b") =>
      pairs.map((pair) => `${pair[one]?.id ?? "-"} ${pair[other]?.id ?? "-"}`).sort();
    fc.assert(
      fc.property(lane, lane, (one, other) => {
        const [a, b] = [visitsOf(one), visitsOf(other)];
        expect(said(alignRuns(a, b), "a", "b")).toEqual(said(alignRuns(b, a), "b", "a"));
      }),
    );
  });
});

describe("a state that both entered differs", () => {
  const visit = (more: Partial<VisitView> = {}): VisitView => ({
    ...(visitsOf(["A"])[0] as VisitView),
    enteredAt: 0,
    exitedAt: 1_000,
    ...more,
  });
  const pair = (a: VisitView, b: VisitView): RunPair => ({ a, b, key: "/A", name: "A", level: 0 });
  const data = (a: string, b: string) => ({ a: { 2: "in", 3: a }, b: { 2: "in", 3: b } });

  test("in its input and output where their digests do", () => {
    expect(differencesOf(pair(visit(), visit()), data("x", "x"))).toEqual([]);
    expect(differencesOf(pair(visit(), visit()), data("x", "y"))).toEqual(["output"]);
    expect(
      differencesOf(pair(visit(), visit()), { a: { 2: "1", 3: "x" }, b: { 2: "2", 3: "x" } }),
    ).toEqual(["input"]);
  });

  test("in how it failed, and in how often it was tried", () => {
    const failed = visit({ status: "failed", error: "E" });
    expect(differencesOf(pair(visit(), failed), undefined)).toEqual(["error"]);
    expect(differencesOf(pair(failed, visit({ status: "failed", error: "F" })), undefined)).toEqual(
      ["error"],
    );
  });

  test("in its time where that is no chance", () => {
    const took = (exitedAt: number) =>
      differencesOf(pair(visit({ exitedAt: 1_000 }), visit({ exitedAt })), undefined);
    expect(took(1_100)).toEqual([]);
    expect(took(1_400)).toEqual([]);
    expect(took(1_500)).toEqual(["duration"]);
    expect(took(400)).toEqual(["duration"]);
  });
});

test("a state that each execution entered in another round is in both", () => {
  const pairs = alignRuns(visitsOf(["A", "B"]), visitsOf(["B", "A"]));
  const states = statesOf(pairs, (pair) => differencesOf(pair, undefined).length > 0);
  expect([...states.values()].map(({ presence }) => presence)).toEqual(["both", "both"]);
});
