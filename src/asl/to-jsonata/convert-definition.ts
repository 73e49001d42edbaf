import type { JsonObject } from "../../expression/json.ts";
import type { ConversionNote } from "./note.ts";

/** A definition in JSONata as far as it could be converted. */
export interface ConvertedDefinition {
  readonly definition: JsonObject;
  readonly notes: readonly ConversionNote[];
  /** How many states, at any depth, are in JSONata now, and how many were left in JSONPath. */
  readonly converted: number;
  readonly left: number;
}

/**
 * The definition with the same meaning in JSONata. If every state could be converted, the machine's `QueryLanguage` says so and
 * the states' own are dropped; otherwise each converted state has its own, as a machine of JSONata takes no state of JSONPath.
 */
export declare function convertDefinition(definition: JsonObject): ConvertedDefinition;
