import type { Clock } from "../../ports/clock.ts";
import type { ServiceApi } from "../../ports/service-api.ts";
import { eventOperations } from "./event-operations.ts";
import { groupOperations } from "./group-operations.ts";
import type { LogGroups } from "./log-groups.ts";

/** CloudWatch Logs, with the groups of this server. */
export function logsApi(groups: LogGroups, clock: Pick<Clock, "now">): ServiceApi {
  return {
    signingName: "logs",
    protocol: { type: "json", version: "1.1", targetPrefix: "Logs_20140328" },
    operations: { ...groupOperations(groups, clock), ...eventOperations(groups, clock) },
  };
}
