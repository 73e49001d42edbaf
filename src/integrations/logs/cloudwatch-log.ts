import type { Clock } from "../../ports/clock.ts";
import type { ExecutionLog, LogGroups } from "../../ports/execution-log.ts";
import type { Ids } from "../../ports/ids.ts";
import type { LogFields, Logger } from "../../ports/logger.ts";
import type { CloudWatchConnections } from "./cloudwatch-endpoint.ts";
import { batchBytes, queuedEvent } from "./log-batch.ts";
import { parseLogGroupArn } from "./log-group-arn.ts";
import { createLogStream, type LogStream } from "./log-stream.ts";

export interface CloudWatchLogOptions {
  readonly connections: CloudWatchConnections;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
  /** What may wait to be sent, over all streams; the rest is dropped. */
  readonly queueBytes?: number;
}

/** Our choices. A check of a group must not hold up CreateStateMachine for long. */
const usualQueueBytes = 32 * 1024 * 1024;
const checkTimeoutMs = 3_000;
const warnEveryMs = 60_000;
/** Our choice: streams that are remembered though nothing waits for them. */
const maxIdleStreams = 1_000;

/**
 * Sends executions' logs to the CloudWatch log groups that their state machines name.
 *
 * Each state machine has a stream in its group. Observed: `states/NAME/YYYY-MM-DD-HH/…`; our choice: the last part is
 * this process's own, so that no two of them share a stream.
 */
export function createCloudWatchLog(options: CloudWatchLogOptions): ExecutionLog & LogGroups {
  const { connections, clock, logger } = options;
  const queueBytes = options.queueBytes ?? usualQueueBytes;
  const suffix = options.ids.uuid().slice(0, 8);
  const streams = new Map<string, LogStream>();
  let queued = 0;
  let dropped = 0;
  let warnedAt = Number.NEGATIVE_INFINITY;
  let closed = false;

  /** What goes wrong here goes wrong often: one line a minute. */
  function warn(message: string, fields: LogFields): void {
    if (clock.now() - warnedAt < warnEveryMs) return;
    warnedAt = clock.now();
    logger.warn(message, fields);
  }

  function streamOf(stateMachineName: string, logGroupArn: string): LogStream | undefined {
    const key = `${logGroupArn} ${stateMachineName}`;
    const known = streams.get(key);
    if (known !== undefined) return known;
    const group = parseLogGroupArn(logGroupArn);
    if (group === undefined) return undefined;
    const stream = createLogStream({
      group,
      name: () => streamName(stateMachineName, clock.now(), suffix),
      connections,
      clock,
      warn,
      sent: (bytes) => {
        queued -= bytes;
      },
      idle: () => {
        if (streams.size > maxIdleStreams) streams.delete(key);
      },
    });
    streams.set(key, stream);
    return stream;
  }

  return {
    write(entries) {
      if (closed) return;
      for (const { stateMachineName, logGroupArn, at, text } of entries) {
        if (logGroupArn === undefined) continue;
        const event = queuedEvent(at, text);
        if (event.bytes > batchBytes || queued + event.bytes > queueBytes) {
          dropped++;
          warn("Records of executions were not sent to CloudWatch Logs, because too many wait", {
            logGroupArn,
            dropped,
          });
          continue;
        }
        const stream = streamOf(stateMachineName, logGroupArn);
        if (stream === undefined) continue;
        queued += event.bytes;
        stream.add(event);
      }
    },

    async close(graceMs) {
      closed = true;
      const all = [...streams.values()];
      const flushed = Promise.all(all.map((stream) => stream.flush()));
      const { promise: timeout, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, graceMs);
      await Promise.race([flushed, timeout]);
      clearTimeout(timer);
      for (const stream of all) stream.abandon();
      connections.close();
    },

    async exists(logGroupArn) {
      const group = parseLogGroupArn(logGroupArn);
      if (group === undefined) return false;
      const signal = AbortSignal.timeout(checkTimeoutMs);
      const unknown = new Promise<undefined>((resolve) => {
        signal.addEventListener("abort", () => resolve(undefined), { once: true });
      });
      const asked = connections
        .to(group)
        .then((logs) => logs?.hasGroup(group.name, signal))
        .catch((error: unknown) => {
          logger.debug("A log group could not be looked up", { logGroupArn, error: String(error) });
          return undefined;
        });
      return Promise.race([asked, unknown]);
    },
  };
}

function streamName(stateMachineName: string, at: number, suffix: string): string {
  // A stream's name has no colons and no asterisks; those of state machines may.
  const name = stateMachineName.replaceAll(/[:*]/g, "-");
  const hour = new Date(at).toISOString().slice(0, 13).replace("T", "-");
  return `states/${name}/${hour}/${suffix}`;
}
