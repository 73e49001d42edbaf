import type { BranchId } from "../../machine/ids.ts";
import { mapRunItemFailure } from "../../machine/map-run/map-run-item.ts";
import type { MapRunOutcome } from "../../machine/map-run/map-run-settings.ts";
import type { ExecutionSnapshot } from "../../machine/snapshot.ts";
import type { Logger } from "../../ports/logger.ts";
import { MapRunIoError } from "../../ports/map-run-io.ts";
import { StoreFailure } from "../../ports/store.ts";
import { asError } from "../partition/for-each-execution.ts";

/** What a reader, a writer or an expression failed of; `undefined`: it was none of these. */
export function foreseenFailure(
  snapshot: ExecutionSnapshot,
  branch: BranchId,
  thrown: unknown,
): MapRunOutcome | undefined {
  if (thrown instanceof MapRunIoError) {
    return { type: "failed", error: thrown.error, cause: thrown.causeText };
  }
  const failure = mapRunItemFailure(snapshot, branch, thrown);
  if (failure === undefined) return undefined;
  const { error = "States.Runtime", cause } = failure;
  return { type: "failed", error, ...(cause === undefined ? {} : { cause }) };
}

/** Our own mistake fails the run, and nothing else. Throws what is none: the store has failed, or the engine stops. */
export function failureOfMistake(
  mapRunArn: string,
  error: string,
  thrown: unknown,
  options: { readonly logger: Logger; readonly isStopping: () => boolean },
): MapRunOutcome {
  if (thrown instanceof StoreFailure || options.isStopping()) throw thrown;
  const { message, stack } = asError(thrown);
  options.logger.error("a Map Run is stopped by a mistake of the engine", {
    mapRunArn,
    message: stack ?? message,
  });
  return {
    type: "failed",
    error,
    cause: `A mistake of the engine stopped the Map Run: ${message}`,
  };
}
