import { expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../../../expression/json.ts";
import { PatternProblem, patternMatcher } from "./pattern.ts";

const event: JsonObject = {
  source: "shop",
  resources: ["a", "b"],
  detail: { total: 12.5, state: "Ready", file: "img/one.png", none: null, deep: { on: true } },
};

// Documented: EventBridge's comparison operators for event patterns.
test.each<[JsonValue, boolean]>([
  [{ source: ["other", "shop"] }, true],
  [{ source: ["other"] }, false],
  [{ resources: ["b"] }, true],
  [{ resources: ["c"] }, false],
  [{ detail: { total: [12.5], deep: { on: [true] } } }, true],
  [{ detail: { none: [null] } }, true],
  [{ detail: { absent: [null] } }, false],
  [{ detail: { absent: [{ exists: false }] } }, true],
  [{ detail: { total: [{ exists: false }] } }, false],
  [{ detail: { file: [{ prefix: "img/" }] } }, true],
  [{ detail: { file: [{ suffix: ".jpg" }, { suffix: ".png" }] } }, true],
  [{ detail: { file: [{ prefix: { "equals-ignore-case": "IMG" } }] } }, true],
  [{ detail: { state: [{ "equals-ignore-case": "READY" }] } }, true],
  [{ detail: { state: [{ "anything-but": "Ready" }] } }, false],
  [{ detail: { state: [{ "anything-but": ["a", "b"] }] } }, true],
  [{ detail: { state: [{ "anything-but": { prefix: "Re" } }] } }, false],
  [{ detail: { absent: [{ "anything-but": "a" }] } }, false],
  [{ detail: { total: [{ numeric: [">", 10, "<=", 12.5] }] } }, true],
  [{ detail: { total: [{ numeric: ["<", 12.5] }] } }, false],
  [{ detail: { file: [{ wildcard: "img/*.png" }] } }, true],
  [{ detail: { file: [{ wildcard: "*one*" }] } }, true],
  [{ detail: { file: [{ wildcard: "img*img*" }] } }, false],
  [{ $or: [{ source: ["other"] }, { detail: { state: ["Ready"] } }] }, true],
  [{ detail: { state: { more: ["a"] } } }, false],
])("%j", (pattern, isMatch) => {
  expect(patternMatcher(pattern)(event)).toBe(isMatch);
});

test.each<[JsonValue, RegExp]>([
  [[], /not an object/],
  [{ source: "shop" }, /must be an object or an array/],
  [{ source: [] }, /Empty arrays/],
  [{ source: [{ cidr: "10.0.0.0/24" }] }, /Unrecognized match type cidr/],
  [{ source: [{ numeric: [">"] }] }, /numeric/],
  [{ source: [{ numeric: ["~", 1] }] }, /range operator: "~"/],
])("%j means nothing", (pattern, problem) => {
  expect(() => patternMatcher(pattern)).toThrow(PatternProblem);
  expect(() => patternMatcher(pattern)).toThrow(problem);
});
