import type {
  CloudWatchConnections,
  CloudWatchLogs,
} from "../../integrations/logs/cloudwatch-endpoint.ts";
import type { ServiceError } from "../../ports/service-api.ts";
import type { LogGroups } from "./log-groups.ts";

/**
 * The way of executions' logs to the log groups of this server; what is none of them goes on to `others`. Records that are still
 * underway when the store is closed go there, too: they have no store any more.
 */
export function ownLogGroups(
  groups: LogGroups,
  others: CloudWatchConnections,
  usualRegion: string,
): CloudWatchConnections {
  return {
    async to(group) {
      const region = group.region === "" ? usualRegion : group.region;
      const own = await groups.find(region, group.name).catch(() => undefined);
      return own === undefined ? others.to(group) : inRegion(groups, region);
    },
    close: () => others.close(),
  };
}

function inRegion(groups: LogGroups, region: string): CloudWatchLogs {
  return {
    hasGroup: async (group) => (await groups.find(region, group)) !== undefined,
    async createStream(group, stream) {
      try {
        await groups.createStream(region, group, stream);
      } catch (error) {
        if ((error as Partial<ServiceError>).code !== "ResourceAlreadyExistsException") throw error;
      }
    },
    putEvents: (group, stream, events) => groups.put(region, group, stream, events),
  };
}
