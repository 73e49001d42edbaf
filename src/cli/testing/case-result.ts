import type { CaseOutcome, Difference } from "../../simulate/cases/expectation.ts";

/** What became of one test case. */
export interface CaseResult {
  /** As it was named on the command line. */
  readonly file: string;
  readonly stateMachineName: string;
  readonly name: string;
  /** Real time. */
  readonly durationMs: number;
  readonly result:
    | { readonly type: "passed" }
    | {
        readonly type: "failed";
        readonly outcome: CaseOutcome;
        readonly differences: readonly Difference[];
      }
    /** It could not be run. */
    | { readonly type: "broken"; readonly message: string };
}
