import type { LogLevel } from "../../machine/journal/log-record.ts";
import type { LoggingSettings } from "../../ports/execution-log.ts";
import type { RevisionRecord } from "../../ports/store.ts";

/** As CreateStateMachine takes it. */
interface LoggingConfiguration {
  readonly level?: LogLevel | "OFF";
  readonly includeExecutionData?: boolean;
  readonly destinations?: readonly {
    readonly cloudWatchLogsLogGroup?: { readonly logGroupArn?: string };
  }[];
}

/** Revisions never change, so each is read once. */
const known = new WeakMap<RevisionRecord, LoggingSettings | undefined>();

/** What a revision logs of its executions; `undefined` if nothing, which costs nothing to find. */
export function loggingSettings(revision: RevisionRecord): LoggingSettings | undefined {
  const { loggingConfiguration } = revision;
  if (loggingConfiguration === undefined) return undefined;
  if (!known.has(revision)) known.set(revision, parseSettings(loggingConfiguration));
  return known.get(revision);
}

function parseSettings(text: string): LoggingSettings | undefined {
  const configuration = JSON.parse(text) as LoggingConfiguration;
  const { level = "OFF", includeExecutionData = false, destinations = [] } = configuration;
  if (level === "OFF") return undefined;
  const logGroupArn = destinations[0]?.cloudWatchLogsLogGroup?.logGroupArn;
  return { level, includeExecutionData, logGroupArn };
}
