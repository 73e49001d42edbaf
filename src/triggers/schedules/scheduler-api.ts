import type { ServiceApi } from "../../ports/service-api.ts";
import { groupOperations } from "./group-operations.ts";
import { scheduleOperations, type SchedulerContext } from "./schedule-operations.ts";

/** EventBridge Scheduler. */
export function schedulerApi(context: SchedulerContext): ServiceApi {
  return {
    signingName: "scheduler",
    protocol: { type: "rest-json" },
    operations: { ...scheduleOperations(context), ...groupOperations(context) },
  };
}
