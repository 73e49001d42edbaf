import { isPublic } from "../../machine/journal/history.ts";
import type { JournalEvent } from "../../machine/journal/journal-event.ts";
import { isLogged, logRecord } from "../../machine/journal/log-record.ts";
import type { ExecutionLogEntry, LoggingSettings } from "../../ports/execution-log.ts";

/** The entries that some events of one execution are in its log. */
export function logEntries(
  events: readonly JournalEvent[],
  settings: LoggingSettings,
  execution: {
    readonly executionArn: string;
    readonly stateMachineName: string;
    readonly redriveCount: number;
  },
): readonly ExecutionLogEntry[] {
  const { level, includeExecutionData, logGroupArn } = settings;
  const { executionArn, stateMachineName, redriveCount } = execution;
  // The children of a Map Run have the name of its state machine, with a label.
  const streamOwner = stateMachineName.split("/", 1)[0] as string;
  const entries: ExecutionLogEntry[] = [];
  for (const event of events) {
    if (!isPublic(event) || !isLogged(level, event.type)) continue;
    const record = logRecord(event, { executionArn, redriveCount, includeExecutionData });
    entries.push({
      stateMachineName: streamOwner,
      logGroupArn,
      at: event.at,
      text: JSON.stringify(record),
    });
  }
  return entries;
}
