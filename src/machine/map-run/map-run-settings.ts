import type { JsonObject, JsonValue } from "../../expression/json.ts";
import type { Payload } from "../../expression/payload.ts";

/**
 * All that a Map Run needs to know, computed when its state was entered. It is the payload of the `MapRunStarted`
 * event, so that a run that is taken up again is the same run.
 */
export interface MapRunSettings {
  readonly stateName: string;
  readonly label: string;
  readonly executionType: "STANDARD" | "EXPRESS";
  readonly maxConcurrency: number;
  readonly toleratedFailureCount: number;
  readonly toleratedFailurePercentage: number;
  /** What is iterated, if it comes from the state's input; the names if that was an object. */
  readonly items?: readonly JsonValue[];
  readonly keys?: readonly string[];
  readonly reader?: {
    readonly resource: string;
    readonly arguments: JsonValue;
    readonly config: JsonObject;
    readonly maxItems?: number;
  };
  readonly batcher?: {
    readonly maxItems?: number;
    readonly maxInputBytes?: number;
    readonly input?: JsonValue;
  };
  readonly writer?: {
    readonly resource?: string;
    readonly arguments?: JsonValue;
    readonly config?: JsonObject;
  };
}

/** Documented: what `MaxConcurrency` absent or 0 means. */
export const mapRunConcurrency = 10_000;

/** How a Map Run ended, for the state that started it. */
export type MapRunOutcome =
  | { readonly type: "succeeded"; readonly output: Payload }
  | { readonly type: "failed"; readonly error: string; readonly cause?: string };
