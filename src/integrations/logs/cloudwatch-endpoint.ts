import type * as CloudWatchLogsSdk from "@aws-sdk/client-cloudwatch-logs";
import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { Logger } from "../../ports/logger.ts";
import { type AwsConfiguration, awsPlace } from "../aws/aws-configuration.ts";
import { createAwsConnections } from "../aws/aws-connections.ts";
import type { LogGroupName } from "./log-group-arn.ts";

export interface LogEvent {
  readonly timestamp: number;
  readonly message: string;
}

/** CloudWatch Logs of one Region, as far as executions' logs need it. Methods reject as the SDK does. */
export interface CloudWatchLogs {
  hasGroup(group: string, signal: AbortSignal): Promise<boolean>;
  /** A stream that is there already is fine. */
  createStream(group: string, stream: string): Promise<void>;
  putEvents(group: string, stream: string, events: readonly LogEvent[]): Promise<void>;
}

/** The ways to CloudWatch Logs. */
export interface CloudWatchConnections {
  /** The service that a log group is in; `undefined` if nothing is configured that could have it. */
  to(group: LogGroupName): Promise<CloudWatchLogs | undefined>;
  close(): void;
}

/** The account of ARNs where nobody named one: AWS has none of this number. */
const noAccount = "000000000000";

/**
 * The CloudWatch Logs that the AWS SDK's configuration names: AWS itself or a stand-in. The client is loaded on first use,
 * one for each Region. A group of the account
 * 000000000000 can only be a stand-in's: AWS itself is never asked for it.
 */
export function cloudWatchLogs(options: {
  readonly region: string;
  readonly logger: Logger;
  readonly aws?: AwsConfiguration | undefined;
}): CloudWatchConnections {
  let sdk: typeof CloudWatchLogsSdk | undefined;
  const connections = createAwsConnections<CloudWatchLogsClient>({
    logger: options.logger,
    place: () => awsPlace(options.aws, "cloudwatchlogs"),
    async create(region, settings) {
      sdk ??= await import("@aws-sdk/client-cloudwatch-logs");
      return new sdk.CloudWatchLogsClient({ region, maxAttempts: 2, ...settings });
    },
  });

  return {
    async to(group) {
      const connection = await connections.to(group.region === "" ? options.region : group.region);
      if (connection.type === "nowhere") return undefined;
      if (connection.to === "AWS" && group.accountId === noAccount) return undefined;
      return operations(sdk as typeof CloudWatchLogsSdk, connection.client);
    },
    close: () => connections.close(),
  };
}

function operations(sdk: typeof CloudWatchLogsSdk, client: CloudWatchLogsClient): CloudWatchLogs {
  return {
    async hasGroup(group, signal) {
      // By name: of all groups with this prefix the one of just this name comes first.
      const command = new sdk.DescribeLogGroupsCommand({ logGroupNamePrefix: group });
      const { logGroups = [] } = await client.send(command, { abortSignal: signal });
      return logGroups.some(({ logGroupName }) => logGroupName === group);
    },
    async createStream(group, stream) {
      try {
        await client.send(
          new sdk.CreateLogStreamCommand({ logGroupName: group, logStreamName: stream }),
        );
      } catch (error) {
        if (!(error instanceof sdk.ResourceAlreadyExistsException)) throw error;
      }
    },
    async putEvents(group, stream, events) {
      await client.send(
        new sdk.PutLogEventsCommand({
          logGroupName: group,
          logStreamName: stream,
          logEvents: [...events],
        }),
      );
    },
  };
}
