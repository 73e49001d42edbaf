import { randomUUID } from "node:crypto";
import type { LogEvent } from "../../integrations/logs/cloudwatch-endpoint.ts";
import type { FunctionLogSink } from "../../integrations/functions/invocation.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Logger } from "../../ports/logger.ts";
import type { LogGroups } from "./log-groups.ts";

/** Our choices: how long what was printed is gathered, how much of it, and how long it is remembered that a group is not there. */
const gatherMs = 1_000;
const mostBytes = 512 * 1024;
const absentMs = 10_000;

/**
 * Puts what functions print into the log group of their name, `/aws/lambda/NAME`, where that is there. *Our choice*: it is not made by
 * itself, so that nobody stores what nobody asked for.
 */
export class FunctionLogGroups {
  readonly #groups: LogGroups;
  readonly #region: string;
  readonly #clock: Pick<Clock, "now" | "schedule">;
  readonly #logger: Logger;
  readonly #printed = new Map<string, { bytes: number; readonly events: LogEvent[] }>();
  readonly #absentUntil = new Map<string, number>();
  readonly #streams = new Map<string, string>();
  readonly #stream = randomUUID().replaceAll("-", "");
  #cancel: (() => void) | undefined;
  #isClosed = false;

  constructor(
    groups: LogGroups,
    {
      region,
      clock,
      logger,
    }: {
      readonly region: string;
      readonly clock: Pick<Clock, "now" | "schedule">;
      readonly logger: Logger;
    },
  ) {
    this.#groups = groups;
    this.#region = region;
    this.#clock = clock;
    this.#logger = logger;
  }

  /** What does not fit is dropped, as of any log. */
  readonly append: FunctionLogSink = (functionName, _, text) => {
    const now = this.#clock.now();
    if (this.#isClosed || (this.#absentUntil.get(functionName) ?? 0) > now) return;
    const printed = this.#printed.get(functionName) ?? { bytes: 0, events: [] };
    this.#printed.set(functionName, printed);
    for (const message of text.split("\n")) {
      if (message === "" || printed.bytes > mostBytes) continue;
      printed.bytes += Buffer.byteLength(message);
      printed.events.push({ timestamp: now, message });
    }
    this.#cancel ??= this.#clock.schedule(now + gatherMs, () => void this.flush());
  };

  /** Puts what has been gathered. */
  async flush(): Promise<void> {
    this.#cancel?.();
    this.#cancel = undefined;
    const gathered = [...this.#printed];
    this.#printed.clear();
    for (const [functionName, { events }] of gathered) {
      try {
        if (events.length > 0) await this.#put(functionName, events);
      } catch (error) {
        this.#streams.delete(functionName);
        this.#logger.warn("what a function printed cannot be put into its log group", {
          functionName,
          error: String(error),
        });
      }
    }
  }

  /** Puts what has been gathered, and takes no more. */
  close(): Promise<void> {
    this.#isClosed = true;
    return this.flush();
  }

  async #put(functionName: string, events: readonly LogEvent[]): Promise<void> {
    const group = `/aws/lambda/${functionName}`;
    const now = this.#clock.now();
    if ((await this.#groups.find(this.#region, group)) === undefined) {
      this.#absentUntil.set(functionName, now + absentMs);
      this.#streams.delete(functionName);
      return;
    }
    // *Documented*: a stream is of a day, a version and an environment.
    const day = new Date(now).toISOString().slice(0, 10).replaceAll("-", "/");
    const stream = `${day}/[$LATEST]${this.#stream}`;
    if (this.#streams.get(functionName) !== stream) {
      if ((await this.#groups.findStream(this.#region, group, stream)) === undefined) {
        await this.#groups.createStream(this.#region, group, stream);
      }
      this.#streams.set(functionName, stream);
    }
    await this.#groups.put(this.#region, group, stream, events);
  }
}
