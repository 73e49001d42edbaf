import { describe, expect, test } from "vitest";
import { type CaseOutcome, differences } from "./expectation.ts";

const succeeded: CaseOutcome = {
  status: "SUCCEEDED",
  output: { order: { id: 7, items: ["lamp", { sku: "bulb", left: null }] }, at: "2026-01-01" },
  path: [
    { name: "Receive", nested: false },
    { name: "Each", nested: false },
    { name: "Check", nested: true },
    { name: "Check", nested: true },
    { name: "Ship", nested: false },
  ],
};

const failed: CaseOutcome = {
  status: "FAILED",
  error: "Declined",
  cause: '{"errorMessage":"no funds","requestId":"1"}',
  path: [{ name: "Charge", nested: false }],
};

const whats = (...given: Parameters<typeof differences>): string[] =>
  differences(...given).map(({ what }) => what);

test("without expectations it has to succeed", () => {
  expect(differences(undefined, succeeded)).toEqual([]);
  expect(differences(undefined, failed)).toEqual([
    { what: "status", expected: "SUCCEEDED", actual: "FAILED" },
  ]);
});

test("who expects an error or a cause expects a failure", () => {
  expect(differences({ error: "Declined" }, failed)).toEqual([]);
  expect(whats({ cause: "no funds" }, succeeded)).toEqual(["status", "cause"]);
  expect(whats({ status: "TIMED_OUT", error: "Declined" }, failed)).toEqual(["status"]);
});

describe("an output", () => {
  test("may have members that were not expected, at any depth", () => {
    expect(differences({ output: { order: { id: 7 } } }, succeeded)).toEqual([]);
    const items = ["lamp", { sku: "bulb" }];
    expect(differences({ output: { order: { items } } }, succeeded)).toEqual([]);
  });

  test("differs where a value, a type or the length of a list does", () => {
    expect(differences({ output: { order: { id: "7" } } }, succeeded)).toEqual([
      { what: "output.order.id", expected: '"7"', actual: "7" },
    ]);
    expect(whats({ output: { order: { items: ["lamp"] } } }, succeeded)).toEqual([
      "output.order.items",
    ]);
    expect(whats({ output: { "other one": 1, at: {} } }, succeeded)).toEqual([
      'output["other one"]',
      "output.at",
    ]);
  });

  test("that is null is not one that is absent", () => {
    const items = ["lamp", { left: null }];
    expect(differences({ output: { order: { items } } }, succeeded)).toEqual([]);
    expect(whats({ output: { nothing: null } }, succeeded)).toEqual(["output.nothing"]);
    expect(whats({ output: null, status: "FAILED" }, failed)).toEqual(["output"]);
  });
});

test("a cause has the text in it, or is JSON that matches", () => {
  expect(differences({ cause: "no funds" }, failed)).toEqual([]);
  expect(differences({ cause: { errorMessage: "no funds" } }, failed)).toEqual([]);
  expect(whats({ cause: { errorMessage: "other" } }, failed)).toEqual(["cause.errorMessage"]);
  expect(whats({ cause: { errorMessage: "x" } }, { ...failed, cause: "{" })).toEqual(["cause"]);
});

describe("a path", () => {
  test("has the states of the top level, in order and all of them", () => {
    expect(differences({ path: ["Receive", "Each", "Ship"] }, succeeded)).toEqual([]);
    expect(differences({ path: ["Receive", "Ship"] }, succeeded)).toEqual([
      { what: "path", expected: "Receive → Ship", actual: "Receive → Each → Ship" },
    ]);
    expect(whats({ path: ["Receive", "Each", "Ship", "Pay"] }, succeeded)).toEqual(["path"]);
    expect(whats({ path: [] }, succeeded)).toEqual(["path"]);
  });

  test("has the states inside Map and Parallel, too, if it names one of them", () => {
    expect(differences({ path: ["Receive", "Each", "Check", "Check", "Ship"] }, succeeded)).toEqual(
      [],
    );
    expect(differences({ path: ["Receive", "Each", "Check", "Ship"] }, succeeded)).toEqual([
      {
        what: "path",
        expected: "Receive → Each → Check → Ship",
        actual: "Receive → Each → Check ×2 → Ship",
      },
    ]);
  });

  test("has `...` for any number of states", () => {
    for (const path of [["..."], ["...", "Ship"], ["Receive", "..."], ["...", "Each", "..."]]) {
      expect(differences({ path }, succeeded)).toEqual([]);
    }
    expect(differences({ path: ["Receive", "...", "Each", "Ship"] }, succeeded)).toEqual([]);
    expect(whats({ path: ["...", "Pay", "..."] }, succeeded)).toEqual(["path"]);
    expect(whats({ path: ["...", "Each"] }, succeeded)).toEqual(["path"]);
  });
});
