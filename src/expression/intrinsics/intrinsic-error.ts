import { EvaluationError } from "../evaluation.ts";

/**
 * The error name of a failed intrinsic function.
 *
 * *Observed* on AWS by other projects' tests, in Pass states: `States.Runtime`, though the guide lists
 * `States.IntrinsicFailure` for it.
 */
export const intrinsicErrorName = "States.Runtime";

/** The arguments of an intrinsic function do not suit it; the call itself is named around it. */
export class InvalidArguments extends Error {
  override readonly name = "InvalidArguments";
}

/** The failure of the call `text`. The first sentence is AWS's (*observed*), what follows says why. */
export function intrinsicFailure(text: string, reason: string): EvaluationError {
  return new EvaluationError(
    intrinsicErrorName,
    `There was an error while evaluating the intrinsic function: ${text}. ${reason}`,
  );
}
