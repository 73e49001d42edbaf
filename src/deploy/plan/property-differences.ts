import {
  isJsonArray,
  isJsonObject,
  jsonEquals,
  ownMember,
  type JsonObject,
  type JsonValue,
} from "../../expression/json.ts";
import { isPending } from "../../template/functions/is-function.ts";
import type { PropertyDifference } from "../stacks/stack-record.ts";

/** Our choices: how deep a difference is looked for, how many are shown, and how much of a value. */
const deepest = 6;
const mostDifferences = 200;
const longestValue = 10_000;

/** Where two resources' properties differ, each difference as deep as both have the same structure. */
export function propertyDifferences(
  before: JsonObject,
  after: JsonObject,
  replacing: readonly string[],
): readonly PropertyDifference[] {
  const differences: PropertyDifference[] = [];
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const recreation = replacing.includes(name) ? "Always" : "Never";
    compare(ownMember(before, name), ownMember(after, name), `/Properties/${name}`, {
      differences,
      name,
      recreation,
      depth: 0,
    });
  }
  return differences.slice(0, mostDifferences);
}

interface Comparison extends Pick<PropertyDifference, "name" | "recreation"> {
  readonly differences: PropertyDifference[];
  readonly depth: number;
}

function compare(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  path: string,
  comparison: Comparison,
): void {
  if (before === undefined && after === undefined) return;
  if (before !== undefined && after !== undefined) {
    if (jsonEquals(before, after)) return;
    const deeper = { ...comparison, depth: comparison.depth + 1 };
    if (comparison.depth < deepest && !isPending(after) && areLike(before, after)) {
      for (const [name, left, right] of membersOf(structured(before), structured(after))) {
        compare(left, right, `${path}/${name}`, deeper);
      }
      return;
    }
  }
  const { differences, name, recreation } = comparison;
  differences.push({
    name,
    path,
    recreation,
    change: before === undefined ? "Add" : after === undefined ? "Remove" : "Modify",
    ...(before !== undefined && { before: shown(before) }),
    ...(after !== undefined && { after: shown(after) }),
    isDynamic: after !== undefined && isPending(after),
  });
}

/** A definition is compared as what it says, not as a text. */
function structured(value: JsonValue): JsonValue {
  if (typeof value !== "string" || !/^\s*\{/.test(value)) return value;
  try {
    return JSON.parse(value) as JsonValue;
  } catch {
    return value;
  }
}

function areLike(before: JsonValue, after: JsonValue): boolean {
  const [left, right] = [structured(before), structured(after)];
  return (
    (isJsonObject(left) && isJsonObject(right)) ||
    (isJsonArray(left) && isJsonArray(right) && left.length === right.length)
  );
}

function membersOf(
  before: JsonValue,
  after: JsonValue,
): readonly (readonly [string, JsonValue | undefined, JsonValue | undefined])[] {
  if (isJsonArray(before) && isJsonArray(after)) {
    return before.map((value, index) => [String(index), value, after[index]]);
  }
  const [left, right] = [before as JsonObject, after as JsonObject];
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...names].map((name) => [name, ownMember(left, name), ownMember(right, name)]);
}

function shown(value: JsonValue): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.slice(0, longestValue);
}
