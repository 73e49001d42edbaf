import type { JsonObject } from "../../expression/json.ts";
import { type InputPath, parseInputPath, valueAt } from "./input-path.ts";
import {
  type EventOrigin,
  type GivenInputTransformer,
  type InputTransformer,
  parseInputTransformer,
  transformedInput,
} from "./input-transformer.ts";
import { InvalidTargetInput } from "./invalid-target-input.ts";

/** What a target of a rule is given of an event. */
export type TargetInput =
  | { readonly type: "event" }
  /** Always this text. */
  | { readonly type: "constant"; readonly text: string }
  | { readonly type: "path"; readonly path: InputPath }
  | { readonly type: "transformer"; readonly transformer: InputTransformer };

/** Members of a target as the API has it. */
export interface GivenTargetInput {
  readonly Input?: string | undefined;
  readonly InputPath?: string | undefined;
  readonly InputTransformer?: GivenInputTransformer | undefined;
}

/** Reads what a target is to be given. Throws an {@link InvalidTargetInput}. *Documented*: there is one of the three at most. */
export function parseTargetInput(given: GivenTargetInput, targetId: string): TargetInput {
  const { Input: constant, InputPath: pathText, InputTransformer: transformer } = given;
  if ([constant, pathText, transformer].filter((each) => each !== undefined).length > 1) {
    throw new InvalidTargetInput(
      `Only one of Input, InputPath, or InputTransformer must be provided for target ${targetId}.`,
    );
  }
  if (transformer !== undefined) {
    return { type: "transformer", transformer: parseInputTransformer(transformer) };
  }
  if (constant !== undefined) {
    if (!isJson(constant)) {
      throw new InvalidTargetInput(`JSON syntax error in input for target ${targetId}.`);
    }
    return { type: "constant", text: constant };
  }
  if (pathText === undefined) return { type: "event" };
  const path = parseInputPath(pathText);
  if (path === undefined) throw new InvalidTargetInput(`Invalid InputPath for target ${targetId}.`);
  return path.steps.length === 0 ? { type: "event" } : { type: "path", path };
}

/**
 * The input of a target. `text` is the event as it came; nothing at a path is `{}`, as EventBridge sends it (*observed* by others).
 * Throws an `InputTooLong`.
 */
export function targetInput(
  input: TargetInput,
  event: JsonObject,
  text: string,
  origin: EventOrigin,
): string {
  switch (input.type) {
    case "event":
      return text;
    case "constant":
      return input.text;
    case "path":
      return JSON.stringify(valueAt(input.path, event) ?? {});
    case "transformer":
      return transformedInput(input.transformer, event, origin);
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
