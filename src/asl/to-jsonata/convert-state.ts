import { ExpressionSyntaxError } from "../../expression/evaluation.ts";
import type { JsonObject } from "../../expression/json.ts";
import { noteLevels, type ConversionNote } from "./note.ts";
import { insertAfter, replaceMembers } from "./replace-members.ts";
import { stateReplacements } from "./state-fields.ts";
import { Unconvertible } from "./unconvertible.ts";

/** A state in JSONata, or as it was where it could not be converted. */
export interface ConvertedState {
  /** Members keep their order; what takes the place of a member stands where that stood. */
  readonly state: JsonObject;
  readonly isConverted: boolean;
  readonly notes: readonly ConversionNote[];
}

/**
 * The state with the same meaning in JSONata, with its own `QueryLanguage`. States within it (branches, item processors) stay as
 * they are. A state that is in JSONata already is given back.
 */
export function convertState(state: JsonObject): ConvertedState {
  if (state["QueryLanguage"] === "JSONata") return { state, isConverted: true, notes: [] };
  const notes: ConversionNote[] = [];
  try {
    const replacements = stateReplacements({ state, take: (note) => notes.push(note) });
    const converted = replaceMembers(state, replacements);
    const language = insertAfter(converted, "Type", "QueryLanguage", "JSONata");
    return { state: language, isConverted: true, notes };
  } catch (error) {
    return { state, isConverted: false, notes: [noteOf(error)] };
  }
}

function noteOf(error: unknown): ConversionNote {
  if (error instanceof ExpressionSyntaxError) return { level: "left", code: "INVALID", path: [] };
  if (!(error instanceof Unconvertible)) throw error;
  const { code, from } = error;
  return { level: noteLevels[code], code, path: [], ...(from === undefined ? {} : { from }) };
}
