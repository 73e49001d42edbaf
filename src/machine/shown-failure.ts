import type { ExecutionSnapshot } from "./snapshot.ts";

/** What an execution failed of, as descriptions of it say. */
export interface ShownFailure {
  readonly error?: string;
  readonly cause?: string;
}

/**
 * The error and cause that a description of the execution has. *Observed*: one that ran into its own time limit has neither;
 * only its history names the error.
 */
export function shownFailure({
  status,
  error,
  cause,
}: Pick<ExecutionSnapshot, "status" | "error" | "cause">): ShownFailure {
  if (status === "TIMED_OUT") return {};
  return { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
}
