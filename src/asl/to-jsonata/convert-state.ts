import type { JsonObject } from "../../expression/json.ts";
import type { ConversionNote } from "./note.ts";

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
export declare function convertState(state: JsonObject): ConvertedState;
