import type { Payload } from "../expression/payload.ts";
import type { EpochMs, TaskId } from "./ids.ts";
import type { MapRunOutcome } from "./map-run/map-run-settings.ts";
import type { StartedBy } from "./started-by.ts";

/**
 * The one thing that can wake an execution.
 *
 * `at` is the time and `seed` the randomness of everything that is decided because of it: the core has no
 * other source of either, so that the same activation on the same snapshot always decides the same.
 */
export type Activation = ActivationBase &
  (
    | { readonly type: "ExecutionStarted"; readonly input: Payload }
    | { readonly type: "TimerFired" }
    | { readonly type: "TaskSubmitted"; readonly taskId: TaskId; readonly output: Payload }
    | { readonly type: "TaskSucceeded"; readonly taskId: TaskId; readonly output: Payload }
    | {
        readonly type: "TaskFailed";
        readonly taskId: TaskId;
        /** The call could not even be made: its parameters can never work, and the execution fails. */
        readonly rejected?: true;
        readonly error?: string;
        readonly cause?: string;
      }
    | { readonly type: "TaskHeartbeat"; readonly taskId: TaskId }
    | { readonly type: "ActivityStarted"; readonly taskId: TaskId; readonly workerName?: string }
    | {
        readonly type: "MapRunFinished";
        readonly mapRunArn: string;
        readonly outcome: MapRunOutcome;
      }
    | {
        readonly type: "Redriven";
        /** What the caller may repeat the request with. */
        readonly clientToken?: string;
        readonly by?: StartedBy;
      }
    | { readonly type: "StopRequested"; readonly error?: string; readonly cause?: string }
    /** What it works on can no longer be read or kept: it fails, and no Catcher is asked. */
    | { readonly type: "KeyLost"; readonly cause: string }
  );

interface ActivationBase {
  readonly at: EpochMs;
  readonly seed: number;
}

export type ActivationType = Activation["type"];
