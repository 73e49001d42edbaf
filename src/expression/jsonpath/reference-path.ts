import { EvaluationError, ExpressionSyntaxError } from "../evaluation.ts";
import { isJsonArray, isJsonObject, ownMember, setMember, type JsonValue } from "../json.ts";
import { inOrder } from "../member-order.ts";
import { assemblePath, parsePath } from "./compile-path.ts";
import { memberChain } from "./member-chain.ts";
import { quoted } from "./path-errors.ts";
import type { ReferencePath } from "./path.ts";

type Step = string | number;

/**
 * Compiles a path that names one node: names and indexes only. Throws an ExpressionSyntaxError.
 *
 * Characters of a name may be escaped with a backslash. *Spec*: reference paths.
 */
export function compileReferencePath(text: string): ReferencePath {
  const { root, segments } = parsePath(text, true);
  const steps = memberChain(segments);
  if (steps === undefined) {
    throw new ExpressionSyntaxError(`'${text}' is not a reference path: it must identify one node`);
  }
  return {
    ...assemblePath(text, root, segments),
    replace: (input, value) => replaceAt(text, input, input, steps, 0, value),
  };
}

/**
 * Copies what lies on the way and shares the rest. A missing object is made; an array's element can only
 * be replaced, as AWS makes no arrays (*our reading* of the spec).
 */
function replaceAt(
  text: string,
  input: JsonValue,
  node: JsonValue | undefined,
  steps: readonly Step[],
  position: number,
  value: JsonValue,
): JsonValue {
  const step = steps[position];
  if (step === undefined) return value;
  if (typeof step === "number") {
    const index = isJsonArray(node) && step < 0 ? node.length + step : step;
    if (!isJsonArray(node) || index < 0 || index >= node.length) throw mismatch(text, input);
    const child = replaceAt(text, input, node[index], steps, position + 1, value);
    return node.with(index, child);
  }
  if (node !== undefined && !isJsonObject(node)) throw mismatch(text, input);
  const copy: Record<string, JsonValue> = { ...node };
  const child = node === undefined ? undefined : ownMember(node, step);
  setMember(copy, step, replaceAt(text, input, child, steps, position + 1, value));
  const names = node === undefined ? [] : Object.keys(node);
  return inOrder(copy, child === undefined ? [...names, step] : names);
}

function mismatch(text: string, input: JsonValue): EvaluationError {
  return new EvaluationError(
    "States.ResultPathMatchFailure",
    `Unable to apply the path '${text}' to the input '${quoted(input)}'`,
  );
}
