import { isNestedDeeperThan, maximumJsonDepth } from "../../expression/json-depth.ts";
import { exceedsBytes, type Payload } from "../../expression/payload.ts";
import { JsonTooDeep } from "../../expression/parse-json.ts";
import type { Limits } from "../limits.ts";
import { EvaluationError } from "../../expression/evaluation.ts";

/** An ASL error on its way to a Retrier, a Catcher or the end of the execution. */
export interface Failure {
  readonly error: string | undefined;
  readonly cause: string | undefined;
  /** A second name that Retriers and Catchers may know it by (`States.HeartbeatTimeout`). */
  readonly alias?: string;
  /** Present for a JSONata failure, which gets an `EvaluationFailed` event. */
  readonly evaluation?: { readonly location: string | undefined };
}

/** What the behaviour of a state throws; the state boundary turns it into a {@link Failure} in one place. */
export class StateFailure extends Error {
  override readonly name = "StateFailure";
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.error);
    this.failure = failure;
  }
}

/** Which state failed, for the wording of causes. */
export interface FailedState {
  readonly name: string;
  readonly enteredEventId: number;
}

/** AWS's prefix of every cause that the service itself words. Observed. */
export function executionCause(state: FailedState, message: string): string {
  return `An error occurred while executing the state '${state.name}' (entered at the event id #${state.enteredEventId}). ${message}`;
}

/** The failure that was thrown in a state, or `undefined` if it was something else: our own mistake. */
export function failureOf(thrown: unknown, state: FailedState): Failure | undefined {
  if (thrown instanceof StateFailure) return thrown.failure;
  if (isTooDeep(thrown)) return nestedTooDeeply(state.name);
  if (!(thrown instanceof EvaluationError)) return undefined;
  const failure = { error: thrown.errorName, cause: executionCause(state, thrown.message) };
  if (thrown.errorName !== "States.QueryEvaluationError") return failure;
  return { ...failure, evaluation: { location: thrown.location } };
}

/** A failure that no Retrier or Catcher ever sees. Documented: ASL, reserved errors. */
export function isTerminal(failure: Failure): boolean {
  return failure.error === "States.Runtime";
}

/**
 * Whether an `ErrorEquals` list names the failure.
 *
 * Documented: `States.TaskFailed` matches everything but a time-out, and nothing matches `States.Runtime`. Observed:
 * `States.ALL` does match `States.DataLimitExceeded`, although the guide says that it does not.
 */
export function matchesError(errorEquals: readonly string[], failure: Failure): boolean {
  const { error } = failure;
  return errorEquals.some((name) => {
    if (name === error || name === failure.alias) return true;
    if (error === "States.Runtime") return false;
    return name === "States.ALL" || (name === "States.TaskFailed" && error !== "States.Timeout");
  });
}

/** Observed: the cause of a payload that is over the limit. */
export function dataLimitExceeded(subject: string): Failure {
  return {
    error: "States.DataLimitExceeded",
    cause: `The state/task '${subject}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  };
}

/** Our choice: the error of a payload that is nested deeper than anybody's parser takes; AWS has none of its own. */
function nestedTooDeeply(subject: string): Failure {
  return {
    error: "States.DataLimitExceeded",
    cause: `The state/task '${subject}' returned a result that is nested in more than ${maximumJsonDepth} levels.`,
  };
}

/** Whether data was too deep to be parsed, or to be walked: nothing else of the core needs that much stack. */
function isTooDeep(thrown: unknown): boolean {
  if (thrown instanceof JsonTooDeep) return true;
  return thrown instanceof RangeError && /call stack/.test(thrown.message);
}

/** What is wrong with a document that a state or task gives: it is too large, or nested too deeply. */
export function documentFailure(
  text: string,
  subject: string,
  { payloadBytes }: Limits,
): Failure | undefined {
  if (exceedsBytes(text, payloadBytes)) return dataLimitExceeded(subject);
  return isNestedDeeperThan(text, maximumJsonDepth) ? nestedTooDeeply(subject) : undefined;
}

/** Throws a StateFailure for a document that is too large or nested too deeply. */
export function requireDocument({ text }: Payload, subject: string, limits: Limits): void {
  const failure = documentFailure(text, subject, limits);
  if (failure !== undefined) throw new StateFailure(failure);
}
