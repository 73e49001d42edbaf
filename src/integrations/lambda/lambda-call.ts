import type { ArnScope } from "../../machine/arns.ts";
import type { TaskRole } from "../aws/task-role.ts";
import type { FunctionCaller } from "../../ports/function-logs.ts";

/** One call of Lambda's Invoke, served by a local function or by an endpoint. */
export interface LambdaCall {
  /** Where the caller is: the function, too, if its name does not say where it is. */
  readonly scope: ArnScope;
  /** The attempt that it is made for. */
  readonly caller?: FunctionCaller;
  /** The role that a function at an endpoint is called with; a local one is called by whoever runs this. */
  readonly role?: TaskRole | undefined;
  /** As the definition names it. */
  readonly functionName: string;
  readonly qualifier?: string;
  /** Absent means no body, which a function sees as `{}`. */
  readonly payload?: string;
  /** Whether the payload was computed, and so is JSON for certain. */
  readonly payloadIsJson: boolean;
  readonly invocationType: "RequestResponse" | "Event" | "DryRun";
  readonly clientContext?: string;
  readonly logType?: "None" | "Tail";
  readonly signal: AbortSignal;
}

export type LambdaAnswer =
  | {
      readonly type: "answered";
      readonly statusCode: number;
      /** The answer's body: JSON in all but odd cases, empty where there is none. */
      readonly payload: string;
      /** Present if the function failed; the payload is then the error document. */
      readonly functionError?: string;
      readonly executedVersion?: string;
      /** Base64, as Lambda gives it. */
      readonly logResult?: string;
      /** The members of the result that describe the HTTP answer, as `sdkMetadataMembers` writes them. */
      readonly metadata: () => string;
    }
  /** Lambda refused the call. */
  | {
      readonly type: "refused";
      readonly error: string;
      readonly cause: string;
      /** What Lambda's API answers; present where the function runs here. */
      readonly refusal?: LambdaRefusal;
    };

export interface LambdaRefusal {
  readonly code: string;
  readonly message: string;
  readonly statusCode: number;
}
