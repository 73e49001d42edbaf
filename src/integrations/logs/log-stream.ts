import type { Clock } from "../../ports/clock.ts";
import type { LogFields } from "../../ports/logger.ts";
import type { CloudWatchConnections, CloudWatchLogs } from "./cloudwatch-endpoint.ts";
import { batchSize, type QueuedEvent } from "./log-batch.ts";
import type { LogGroupName } from "./log-group-arn.ts";

/** The events of one stream, on their way to CloudWatch Logs. */
export interface LogStream {
  add(event: QueuedEvent): void;
  /** Resolves when nothing waits any more. Does not wait before the next try. */
  flush(): Promise<void>;
  /** Drops what waits. */
  abandon(): void;
}

export interface LogStreamOptions {
  readonly group: LogGroupName;
  /** The name that the stream has now: it changes by the hour. */
  readonly name: () => string;
  readonly connections: CloudWatchConnections;
  readonly clock: Clock;
  readonly warn: (message: string, fields: LogFields) => void;
  /** So many bytes no longer wait: they were sent, or given up. */
  readonly sent: (bytes: number) => void;
  /** Nothing waits; the stream may be forgotten. */
  readonly idle: () => void;
}

/** Our choices: how long events gather before they are sent, and the pauses after a failure. */
export const gatherMs = 250;
export const firstPauseMs = 500;
export const longestPauseMs = 30_000;
/** Our choice: how often sending the same events is tried; with the pauses, about two minutes. */
export const maxTries = 8;

/** Sends events in batches, one call at a time, in the order of their times within a batch. */
export function createLogStream(options: LogStreamOptions): LogStream {
  const { group, clock } = options;
  let events: QueuedEvent[] = [];
  let cancelTimer: (() => void) | undefined;
  let sending = false;
  let failures = 0;
  let created: string | undefined;
  let waiters: (() => void)[] = [];

  function wakeIn(ms: number): void {
    cancelTimer ??= clock.schedule(clock.now() + ms, () => {
      cancelTimer = undefined;
      void send();
    });
  }

  async function send(): Promise<void> {
    if (sending) return;
    sending = true;
    cancelTimer?.();
    cancelTimer = undefined;
    let pauseMs: number | undefined;
    while (events.length > 0 && pauseMs === undefined) pauseMs = await sendBatch();
    sending = false;
    if (pauseMs !== undefined && events.length > 0 && waiters.length === 0) return wakeIn(pauseMs);
    if (events.length > 0) drop(events.length);
    for (const wake of waiters) wake();
    waiters = [];
    options.idle();
  }

  /** Sends the first of what waits; answers how long to pause if that failed. */
  async function sendBatch(): Promise<number | undefined> {
    const count = batchSize(events);
    const batch = events.slice(0, count);
    try {
      const logs = await options.connections.to(group);
      if (logs === undefined) {
        drop(events.length);
        return undefined;
      }
      await put(logs, batch);
      failures = 0;
      drop(count);
      return undefined;
    } catch (error) {
      failures++;
      options.warn("Records of executions could not be sent to CloudWatch Logs", {
        logGroup: group.name,
        error: String(error),
      });
      if (!isWorthRepeating(error) || failures >= maxTries) {
        failures = 0;
        drop(count);
      }
      return Math.min(longestPauseMs, firstPauseMs * 2 ** failures);
    }
  }

  async function put(logs: CloudWatchLogs, batch: readonly QueuedEvent[]): Promise<void> {
    const name = options.name();
    // Documented: the events of a call are in the order of their times. The sort keeps that of equal times.
    const logEvents = batch
      .map(({ timestamp, message }) => ({ timestamp, message }))
      .sort((a, b) => a.timestamp - b.timestamp);
    if (created !== name) await logs.createStream(group.name, name);
    created = name;
    try {
      await logs.putEvents(group.name, name, logEvents);
    } catch (error) {
      created = undefined;
      throw error;
    }
  }

  /** The first events no longer wait. `abandon` may have come first. */
  function drop(count: number): void {
    const gone = events.slice(0, count);
    events = events.slice(count);
    options.sent(gone.reduce((bytes, event) => bytes + event.bytes, 0));
  }

  return {
    add(event) {
      events.push(event);
      if (!sending) wakeIn(gatherMs);
    },
    async flush() {
      if (events.length === 0 && !sending) return;
      const done = new Promise<void>((resolve) => waiters.push(resolve));
      void send();
      await done;
    },
    abandon() {
      cancelTimer?.();
      cancelTimer = undefined;
      drop(events.length);
    },
  };
}

/** What the service is too busy for, what did not reach it, and what it does not have yet may go through later. */
function isWorthRepeating(error: unknown): boolean {
  const { name, $metadata } = error as {
    readonly name?: string;
    readonly $metadata?: { readonly httpStatusCode?: number };
  };
  if (name === "ThrottlingException" || name === "ResourceNotFoundException") return true;
  const status = $metadata?.httpStatusCode;
  return status === undefined || status >= 500;
}
