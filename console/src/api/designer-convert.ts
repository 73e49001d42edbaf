import type { ConversionView, ConvertRequest } from "../../../src/console/view-types.ts";
import { send } from "./client.ts";

/** A definition, or one state of it, in JSONata: as edits of the text that keep the rest as it is written. */
export function convertToJsonata(request: ConvertRequest): Promise<ConversionView> {
  return send<ConversionView>("designer/convert", request);
}
