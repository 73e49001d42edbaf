import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TestCase } from "../../../../../../src/console/view-types.ts";
import { caseDraft, caseOfDraft, mistakeIn } from "./case-draft.ts";
import { entriesOf, responseOf } from "./case-entries.ts";
import { freeName, joined, withCase } from "./case-list.ts";
import { draftOf, entriesIn, mocksOf } from "./mock-draft.ts";
import { newNames, renameInCases, strangersIn } from "./rename-in-cases.ts";

const declined: TestCase = {
  name: "Declined",
  input: { total: 5 },
  mocks: {
    Charge: {
      "0-1": { Throw: { Error: "Busy" } },
      "2": { Throw: { Error: "Declined", Cause: "no money" } },
    },
    Pack: { "0": { Return: null } },
  },
  expectation: { status: "FAILED", error: "Declined", path: ["Charge", "...", "Sorry"] },
};

const outcome = fc.oneof(
  fc.record({ Return: fc.jsonValue() }),
  fc.record({
    Throw: fc.record({ Error: fc.constantFrom("A", "B"), Cause: fc.string({ minLength: 1 }) }),
  }),
);
const entries = fc.array(fc.record({ times: fc.integer({ min: 1, max: 20 }), outcome }), {
  minLength: 1,
  maxLength: 6,
});

describe("answers of a state", () => {
  test("are counted from 0 without a gap, and are the same when they are read again", () => {
    fc.assert(
      fc.property(entries, (given) => {
        const response = responseOf(given);
        expect(entriesOf(response)).toEqual(given);
        let next = 0;
        const ranges = Object.keys(response).map((range) => range.split("-").map(Number));
        for (const [first = -1, last = first] of ranges.toSorted(([a = 0], [b = 0]) => a - b)) {
          expect(first).toBe(next);
          next = last + 1;
        }
      }),
    );
  });

  test("are its own where a state has the name of something that every object has", () => {
    for (const name of ["__proto__", "constructor"]) {
      expect(entriesIn({}, name)).toEqual([]);
      const mocks = Object.fromEntries([[name, { "0": { Return: 1 } }]]);
      const draft = draftOf(mocks);
      expect(entriesIn(draft, name)).toMatchObject([{ times: 1, value: "1" }]);
      expect(Object.entries(mocksOf(draft) ?? {})).toEqual(Object.entries(mocks));
    }
  });

  test("are read in the order of the attempts, however they are written", () => {
    const written = { "2": { Return: 2 }, "10": { Return: 10 }, "0-1": { Return: 0 } };
    expect(entriesOf(written).map(({ times }) => times)).toEqual([2, 1, 1]);
  });

  test("cannot be taken while a result is no JSON, or an error has no name", () => {
    const draft = draftOf(declined.mocks);
    expect(mocksOf(draft)).toEqual(declined.mocks);
    const [first] = draft["Pack"] ?? [];
    if (first === undefined) throw new Error("There is an answer of Pack.");
    expect(mocksOf({ ...draft, Pack: [{ ...first, value: "{" }] })).toBeUndefined();
    expect(mocksOf({ ...draft, Pack: [{ ...first, kind: "Throw", error: " " }] })).toBeUndefined();
  });
});

describe("a case that is edited", () => {
  test("is what it was, if nothing is changed", () => {
    const cases: readonly TestCase[] = [
      declined,
      { name: "Bare", input: [1], mocks: {} },
      { name: "Null", input: null, mocks: {}, expectation: { output: null, cause: "x" } },
    ];
    for (const each of cases) expect(caseOfDraft(caseDraft(each))).toEqual(each);
  });

  test("says why it cannot be saved", () => {
    const draft = caseDraft(declined);
    expect(mistakeIn(draft, ["Other"])).toBeUndefined();
    expect(mistakeIn(draft, ["Declined"])).toBe("nameTaken");
    expect(mistakeIn({ ...draft, name: " " }, [])).toBe("nameEmpty");
    expect(mistakeIn({ ...draft, output: "{" }, [])).toBe("notJson");
    expect(mistakeIn({ ...draft, input: "" }, [])).toBe("notJson");
  });
});

test("a state that was renamed gets its new name in mocks and paths, and nowhere else", () => {
  const [renamed] = renameInCases([declined], { Charge: "Charge card", FAILED: "x" });
  expect(renamed).toEqual({
    ...declined,
    mocks: { "Charge card": declined.mocks["Charge"], Pack: declined.mocks["Pack"] },
    expectation: { ...declined.expectation, path: ["Charge card", "...", "Sorry"] },
  });
});

test("names that no state has are found in mocks and paths; `...` is none", () => {
  expect(strangersIn([declined], new Set(["Pack", "Sorry"]))).toEqual(["Charge"]);
  expect(newNames(new Set(["A"]), new Set(["A", "B"]))).toEqual(["B"]);
});

test("a case takes the place of that of its old name, and a new one comes last under a free name", () => {
  const bare: TestCase = { name: "Bare", input: {}, mocks: {} };
  const renamed = { ...declined, name: "Refused" };
  expect(withCase([declined, bare], renamed, "Declined")).toEqual([renamed, bare]);
  expect(withCase([declined], bare)).toEqual([declined, bare]);
  expect(joined([declined, bare], [{ ...bare, input: 1 }])).toEqual([
    declined,
    { ...bare, input: 1 },
  ]);
  expect(freeName("Bare", [bare, { ...bare, name: "Bare 2" }])).toBe("Bare 3");
});
