import {
  isJsonArray,
  isJsonObject,
  jsonEquals,
  type JsonValue,
  ownMember,
} from "../../expression/json.ts";
import type { Difference } from "./expectation.ts";

/** Our choice: what is shown of a large value. */
const longestShown = 300;

/**
 * Where a value is not what was expected. An object may have members that were not expected; a list has as many
 * elements, each as expected; everything else is equal. Our choice: outputs hold times and ids that no test wants to name.
 */
export function matchValue(
  expected: JsonValue,
  actual: JsonValue | undefined,
  what: string,
): readonly Difference[] {
  if (isJsonObject(expected) && isJsonObject(actual)) {
    return Object.entries(expected).flatMap(([name, value]) =>
      matchValue(value, ownMember(actual, name), `${what}${memberText(name)}`),
    );
  }
  if (isJsonArray(expected) && isJsonArray(actual)) {
    if (expected.length !== actual.length) {
      return [
        {
          what,
          expected: `${elements(expected.length)} ${shown(expected)}`,
          actual: `${elements(actual.length)} ${shown(actual)}`,
        },
      ];
    }
    return expected.flatMap((value, index) =>
      matchValue(value, actual[index], `${what}[${index}]`),
    );
  }
  if (actual !== undefined && jsonEquals(expected, actual)) return [];
  return [{ what, expected: shown(expected), actual: shown(actual) }];
}

function memberText(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

function elements(count: number): string {
  return count === 1 ? "1 element" : `${count} elements`;
}

function shown(value: JsonValue | undefined): string {
  if (value === undefined) return "(none)";
  const text = JSON.stringify(value);
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}
