import { afterEach, expect, test, vi } from "vitest";
import { PinnedStore } from "./pinned-store.ts";
import { readVisitSample, type VisitSource } from "./read-visit.ts";

function withStorage(): Map<string, string> {
  const kept = new Map<string, string>();
  vi.stubGlobal("localStorage", {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
  });
  return kept;
}
afterEach(() => vi.unstubAllGlobals());

const sample = { from: "sample" } as const;

test("what is pinned to a state is there when its workflow is opened again, and in no other", () => {
  withStorage();
  const data = { input: { total: 3 } };
  expect(new PinnedStore("arn:a").pin("/A", { data, source: sample })).toBe("kept");
  expect(new PinnedStore("arn:a").get("/A")).toEqual({ data, source: sample });
  expect(new PinnedStore("arn:b").get("/A")).toBeUndefined();
  expect(new PinnedStore(undefined).pin("/A", { data, source: sample })).toBe("session");
});

test("what is too large is there until the page is closed, and costs the others nothing", () => {
  withStorage();
  const store = new PinnedStore("arn:a");
  store.pin("/Small", { data: { input: 1 }, source: sample });
  const large = { data: { input: "x".repeat(500_000) }, source: sample };
  expect(store.pin("/Large", large)).toBe("session");
  expect(store.get("/Large")).toBe(large);
  const again = new PinnedStore("arn:a");
  expect(again.get("/Small")).toEqual({ data: { input: 1 }, source: sample });
  expect(again.get("/Large")).toBeUndefined();
});

test("a browser's storage that somebody has written into is no mistake of the page", () => {
  const kept = withStorage();
  kept.set("stepwell.pinned.arn:a", '{"/A": {"data": 1}, "/B": null');
  expect(new PinnedStore("arn:a").get("/A")).toBeUndefined();
  kept.set("stepwell.pinned.arn:a", '{"/A": {"data": 1}, "/B": null}');
  expect(new PinnedStore("arn:a").get("/B")).toBeUndefined();
});

test("data goes along with a state that is renamed", () => {
  withStorage();
  const store = new PinnedStore("arn:a");
  store.pin("/A", { data: { input: 1 }, source: sample });
  store.move(new Map([["/A", "/B"]]));
  expect(store.get("/A")).toBeUndefined();
  expect(store.get("/B")?.data).toEqual({ input: 1 });
});

const visit = {
  parent: 0,
  lane: 0,
  type: "Task",
  status: "succeeded",
  enteredAt: 0,
  attempts: [],
  within: 0,
} as const;

test("a visit's sample has its input, the variables of before, and its result", async () => {
  const source: VisitSource = {
    visits: async () => ({
      total: 2,
      visits: [
        { ...visit, id: 2, key: "/A", name: "A", exitEventId: 3, assigned: ["order"] },
        {
          ...visit,
          id: 4,
          key: "/B",
          name: "B",
          error: "Late",
          cause: "too late",
          attempts: [{ id: 5, endEventId: 6 } as never],
        },
      ],
    }),
    events: async (_, { from = 0 }) => ({
      more: false,
      events: [
        {
          3: { stateExitedEventDetails: { assignedVariables: { order: '{"total":3}' } } },
          4: { stateEnteredEventDetails: { input: '{"a":1}' } },
          6: { taskSucceededEventDetails: { output: '"done"' } },
        }[from] ?? {},
      ].map((details) => ({ ...details, id: from, previousEventId: 0, timestamp: 0, type: "x" })),
    }),
  };
  expect(await readVisitSample("arn", "/B", undefined, source)).toEqual({
    visit: 4,
    data: {
      input: { a: 1 },
      variables: { order: { total: 3 } },
      result: "done",
      errorOutput: { Error: "Late", Cause: "too late" },
    },
  });
  expect(await readVisitSample("arn", "/Never", undefined, source)).toBeUndefined();
});
