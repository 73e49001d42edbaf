import { utf8Length } from "../../expression/payload.ts";
import {
  MapRunIoError,
  type OpenResultWriter,
  type ResultWriterRequest,
} from "../../ports/map-run-io.ts";
import { resultTexts, type Transformation } from "./result-record.ts";

/**
 * Results that are the state's own: an array, whatever `OutputType` says, as a state's result is JSON. *Documented*:
 * without a `ResultWriter` they are the children's outputs.
 *
 * No more than the state's result may have is kept, so a large run fails when it is finished and takes no memory before.
 */
export function createStateOutput(
  request: ResultWriterRequest,
  payloadBytes: number,
): OpenResultWriter {
  const transformation = (request.writerConfig?.Transformation ?? "COMPACT") as Transformation;
  let texts: string[] = [];
  /** With the brackets and the commas. */
  let bytes = 2;
  let isTooLarge = false;

  return {
    async write(result) {
      if (isTooLarge) return;
      for (const text of resultTexts(result, transformation)) {
        bytes += utf8Length(text) + (texts.length === 0 ? 0 : 1);
        texts.push(text);
      }
      isTooLarge = bytes > payloadBytes;
      if (isTooLarge) texts = [];
    },
    async finish() {
      if (isTooLarge) throw tooLarge(request.stateName ?? "Map");
      return { type: "output", text: `[${texts.join(",")}]` };
    },
    async abort() {
      texts = [];
    },
  };
}

/** *Observed* wording. */
function tooLarge(stateName: string): MapRunIoError {
  return new MapRunIoError(
    "States.DataLimitExceeded",
    `The state/task '${stateName}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  );
}
