import { expect, test } from "vitest";
import { completionsOf, lastToken } from "./filter-completion.ts";

const values = { status: ["failed"], state: ["Authorize card"], workflow: ["fail-safe"] };

test("fields are offered first, then values that fit without their field", () => {
  expect(completionsOf("st", values).map(({ insert }) => insert)).toEqual([
    "status:",
    "state:",
    "started:",
  ]);
  expect(completionsOf("fail", values).map(({ insert }) => insert)).toEqual([
    "status:failed",
    "workflow:fail-safe",
  ]);
});

test("after the colon values are offered, quoted where they have blanks", () => {
  expect(completionsOf("state:auth", values).map(({ insert }) => insert)).toEqual([
    'state:"Authorize card"',
  ]);
});

test("the word that is being written may be a value in quotes", () => {
  expect(lastToken('status:failed state:"Authorize c')).toBe('state:"Authorize c');
  expect(lastToken("a b ")).toBe("");
  expect(lastToken('state:"Authorize card" ')).toBe("");
});
