import type { TaskResource } from "../asl/resources/resource.ts";
import type { Payload } from "../expression/payload.ts";
import type { BranchId, TaskId } from "./ids.ts";
import type { MapRunSettings } from "./map-run/map-run-settings.ts";
import type { MapRunRedrive } from "./snapshot.ts";

/**
 * What the outside world must do. Performed after the commit of the events that caused it; its outcome comes back
 * as an activation that names the same `taskId`.
 *
 * There are no timer commands: when an execution must be woken is a question to its snapshot (`nextDeadline`), so a
 * timer can be neither forgotten nor left behind.
 */
export type Command =
  | {
      readonly type: "InvokeTask";
      readonly taskId: TaskId;
      readonly stateName: string;
      readonly resource: Exclude<TaskResource, { kind: "activity" }>;
      /** What the state computed as the call's parameters (for a Lambda ARN: the event). */
      readonly parameters: Payload;
      readonly timeoutSeconds: number | undefined;
      readonly heartbeatSeconds: number | undefined;
      readonly credentialsRoleArn: string | undefined;
    }
  | {
      readonly type: "ScheduleActivity";
      readonly taskId: TaskId;
      readonly activityArn: string;
      readonly input: Payload;
    }
  /** Runs the items of a distributed Map. Its end comes back as `MapRunFinished`. */
  | {
      readonly type: "StartMapRun";
      readonly mapRunArn: string;
      readonly branch: BranchId;
      readonly settings: MapRunSettings;
    }
  /** Runs again what failed of a Map Run that has ended. */
  | {
      readonly type: "RedriveMapRun";
      readonly mapRunArn: string;
      readonly branch: BranchId;
      readonly settings: MapRunSettings;
      readonly redriven: MapRunRedrive;
    }
  | { readonly type: "CancelMapRun"; readonly mapRunArn: string }
  /** The outcome no longer matters: stop the work if that is possible. */
  | { readonly type: "CancelTask"; readonly taskId: TaskId; readonly resource: TaskResource };
