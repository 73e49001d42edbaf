import { MapRunIoError } from "../../ports/map-run-io.ts";
import { ObjectStoreError } from "../../ports/object-store.ts";

/** The error of a data set that cannot be read. */
export function readerFailure(cause: string, underlying?: unknown): MapRunIoError {
  return new MapRunIoError("States.ItemReaderFailed", cause, { cause: underlying });
}

/** *Observed* wording. */
export const notIterable = "Attempting to map over non-iterable node.";

/** Whatever went wrong while reading, as the failure of the run. */
export function asReaderFailure(error: unknown): MapRunIoError {
  if (error instanceof MapRunIoError) return error;
  return readerFailure(storeCause(error), error);
}

/** Whatever went wrong while writing, as the failure of the run. */
export function asWriterFailure(error: unknown): MapRunIoError {
  if (error instanceof MapRunIoError) return error;
  return new MapRunIoError("States.ResultWriterFailed", storeCause(error), { cause: error });
}

/** The message, and for an answer of S3 what the AWS SDK for Java appends to it. */
function storeCause(error: unknown): string {
  if (!(error instanceof ObjectStoreError)) {
    return error instanceof Error ? error.message || error.name : String(error);
  }
  const ids = [
    ["Request ID", error.requestId],
    ["Extended Request ID", error.extendedRequestId],
  ].flatMap(([name, id]) => (id === undefined ? [] : [`, ${name}: ${id}`]));
  return `${error.message} (Service: S3, Status Code: ${error.statusCode}${ids.join("")})`;
}
