import { isJsonArray, isJsonObject, type JsonValue } from "../json.ts";
import type { Segment } from "./path-syntax.ts";

/** The names and indexes of a path that has nothing else: most paths, and the fast ones. */
export function memberChain(
  segments: readonly Segment[],
): readonly (string | number)[] | undefined {
  const steps: (string | number)[] = [];
  for (const segment of segments) {
    if (segment.type === "member") steps.push(segment.name);
    else if (segment.type === "index") steps.push(segment.index);
    else return undefined;
  }
  return steps;
}

/** Goes down names and indexes; `undefined` where one is missing. Allocates nothing. */
export function follow(
  start: JsonValue,
  steps: readonly (string | number)[],
): JsonValue | undefined {
  let node: JsonValue | undefined = start;
  for (let position = 0; position < steps.length; position++) {
    const step = steps[position] as string | number;
    if (typeof step === "string") {
      if (!isJsonObject(node) || !Object.hasOwn(node, step)) return undefined;
      node = node[step];
    } else {
      if (!isJsonArray(node)) return undefined;
      node = node[step < 0 ? node.length + step : step];
    }
    if (node === undefined) return undefined;
  }
  return node;
}
