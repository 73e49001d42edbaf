import type { JsonEdit, JsonPlace } from "../../asl/to-jsonata/edits.ts";
import type { ConversionNote } from "../../asl/to-jsonata/note.ts";

/** Asks `POST designer/convert` for JSONata in place of JSONPath. */
export interface ConvertRequest {
  /** The definition as JSON text. */
  readonly definition: string;
  /** The place of one state, `["States", "Check"]`; absent: the whole definition. */
  readonly state?: JsonPlace;
}

/** The conversion as edits of the definition, which keep what is not concerned as it is written. */
export interface ConversionView {
  readonly edits: readonly JsonEdit[];
  /** Their paths begin at the definition. */
  readonly notes: readonly ConversionNote[];
  /** States that are in JSONata now, and those that were left in JSONPath. */
  readonly converted: number;
  readonly left: number;
}
