import type * as CloudWatchLogsSdk from "@aws-sdk/client-cloudwatch-logs";
import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { Logger } from "../../ports/logger.ts";
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

/** Our choice: how long "no credentials" is believed; finding out can take seconds. */
const unavailableMs = 60_000;
/** The account of ARNs where nobody named one: AWS has none of this number. */
const noAccount = "000000000000";

/**
 * The CloudWatch Logs that the AWS SDK's configuration names: AWS itself, or what `AWS_ENDPOINT_URL_CLOUDWATCH_LOGS` or
 * `AWS_ENDPOINT_URL` point to. The client is loaded on first use, one for each Region. A group of the account
 * 000000000000 can only be a stand-in's: AWS itself is never asked for it.
 */
export function cloudWatchLogs(options: {
  readonly region: string;
  readonly logger: Logger;
}): CloudWatchConnections {
  const connections = new Map<string, Promise<CloudWatchLogs | undefined>>();
  const clients: CloudWatchLogsClient[] = [];

  async function connect(region: string): Promise<CloudWatchLogs | undefined> {
    const sdk = await import("@aws-sdk/client-cloudwatch-logs");
    const configuration = { region, maxAttempts: 2 };
    let client = new sdk.CloudWatchLogsClient(configuration);
    try {
      await client.config.credentials();
    } catch (error) {
      client.destroy();
      if (!hasEndpoint()) {
        options.logger.debug("The AWS SDK has no credentials", { error: String(error) });
        setTimeout(() => connections.delete(region), unavailableMs).unref();
        return undefined;
      }
      // A stand-in for CloudWatch Logs takes any.
      const credentials = { accessKeyId: "stepwell", secretAccessKey: "stepwell" };
      client = new sdk.CloudWatchLogsClient({ ...configuration, credentials });
    }
    clients.push(client);
    return operations(sdk, client);
  }

  return {
    async to(group) {
      if (group.accountId === noAccount && !hasEndpoint()) return undefined;
      const region = group.region === "" ? options.region : group.region;
      const known = connections.get(region) ?? connect(region);
      connections.set(region, known);
      return known;
    },
    close() {
      for (const client of clients) client.destroy();
    },
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

function hasEndpoint(): boolean {
  const url = process.env["AWS_ENDPOINT_URL_CLOUDWATCH_LOGS"] ?? process.env["AWS_ENDPOINT_URL"];
  return url !== undefined && url !== "";
}
