import { join } from "node:path";
import type { Clock } from "../../ports/clock.ts";
import type { ExecutionLog, LogGroups } from "../../ports/execution-log.ts";
import type { Ids } from "../../ports/ids.ts";
import type { LogSeal } from "../../ports/log-seal.ts";
import type { Logger } from "../../ports/logger.ts";
import type { AwsConfiguration } from "../aws/aws-configuration.ts";
import { cloudWatchLogs, type CloudWatchConnections } from "./cloudwatch-endpoint.ts";
import { createCloudWatchLog } from "./cloudwatch-log.ts";
import { createJsonLinesFile } from "./json-lines-file.ts";
import { createJsonLinesStream } from "./json-lines-stream.ts";

/** Where the records go beside CloudWatch Logs. */
export type LocalExecutionLog =
  | { readonly to: "file"; readonly folder: string; readonly seal?: LogSeal | undefined }
  | { readonly to: "stdout" }
  | { readonly to: "off" };

export interface ExecutionLogsOptions {
  readonly local: LocalExecutionLog;
  readonly region: string;
  readonly aws?: AwsConfiguration | undefined;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
  /** Instead of what the AWS SDK is configured for. */
  readonly connections?: CloudWatchConnections;
}

/** Everything that executions' logs go to: this machine, and the log groups that can be reached. */
export function createExecutionLogs(options: ExecutionLogsOptions): ExecutionLog & LogGroups {
  const { local, clock, ids, logger } = options;
  const connections = options.connections ?? cloudWatchLogs(options);
  const cloudWatch = createCloudWatchLog({ connections, clock, ids, logger });
  const logs: readonly ExecutionLog[] = [...localLog(local, logger), cloudWatch];
  return {
    write(entries) {
      for (const log of logs) log.write(entries);
    },
    async close(graceMs) {
      await Promise.all(logs.map((log) => log.close(graceMs)));
    },
    exists: (logGroupArn) => cloudWatch.exists(logGroupArn),
  };
}

function localLog(local: LocalExecutionLog, logger: Logger): readonly ExecutionLog[] {
  switch (local.to) {
    case "file":
      return [
        createJsonLinesFile({
          path: join(local.folder, "executions.jsonl"),
          logger,
          seal: local.seal,
        }),
      ];
    case "stdout":
      return [createJsonLinesStream(process.stdout)];
    case "off":
      return [];
  }
}
