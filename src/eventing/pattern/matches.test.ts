import fc from "fast-check";
import { expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../../expression/json.ts";
import { isJsonArray, isJsonObject } from "../../expression/json.ts";
import type { PatternWay } from "./event-pattern.ts";
import { matches } from "./matches.ts";
import { parsePattern } from "./parse-pattern.ts";

/** Which element of each list around it a value is in. */
type Membership = ReadonlyMap<object, number>;

interface Leaf {
  readonly name: string;
  readonly value: JsonValue;
  readonly membership: Membership;
}

/** An event as Event Ruler sees it: its values with their names and places in lists. */
function leavesOf(value: JsonValue, name: string, membership: Membership): readonly Leaf[] {
  if (isJsonArray(value)) {
    return value.flatMap((item, index) =>
      leavesOf(item, name, new Map([...membership, [value, index]])),
    );
  }
  if (!isJsonObject(value)) return [{ name, value, membership }];
  return Object.entries(value).flatMap(([member, inner]) =>
    leavesOf(inner, name === "" ? member : `${name}.${member}`, membership),
  );
}

function isConsistent(a: Membership, b: Membership): boolean {
  return [...a].every(([list, index]) => !b.has(list) || b.get(list) === index);
}

/** Event Ruler's own way: field by field in the order of names, with all choices of values whose places agree. */
function isFound(
  way: PatternWay,
  leaves: readonly Leaf[],
  at = 0,
  chosen: Membership = new Map(),
): boolean {
  const field = way[at];
  if (field === undefined) return true;
  const candidates = leaves.filter(
    ({ name, membership }) => name === field.name && isConsistent(chosen, membership),
  );
  if (field.mayBeAbsent && candidates.length === 0) return isFound(way, leaves, at + 1, chosen);
  return candidates.some(
    ({ value, membership }) =>
      field.comparisons.some((is) => is(value)) &&
      isFound(way, leaves, at + 1, new Map([...chosen, ...membership])),
  );
}

test("lists are matched as by trying all choices", () => {
  const { event } = fc.letrec<{ event: JsonObject; value: JsonValue }>((tie) => ({
    event: fc.dictionary(fc.constantFrom("a", "b", "c"), tie("value"), { minKeys: 1 }),
    value: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.constantFrom<JsonValue>(1, 2, "x"),
      fc.array(tie("value"), { maxLength: 3 }),
      tie("event"),
    ),
  }));
  const comparisons = fc.constantFrom<unknown[]>(
    [1],
    [2, "x"],
    [{ exists: true }],
    [{ exists: false }],
    [{ "anything-but": 1 }],
    [{ exists: false }, 1],
  );
  const pattern = fc.dictionary(fc.stringMatching(/^[abc](\.[abc]){0,2}$/), comparisons, {
    minKeys: 1,
    maxKeys: 4,
  });
  fc.assert(
    fc.property(event, pattern, (given, wanted) => {
      const compiled = parsePattern(JSON.stringify(wanted));
      const leaves = leavesOf(given, "", new Map());
      expect(matches(compiled, given)).toBe(compiled.ways.some((way) => isFound(way, leaves)));
    }),
    { numRuns: 300 },
  );
});
