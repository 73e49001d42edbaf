import type { EpochMs } from "../../machine/ids.ts";
import { nextTime, nextTimes, type ScheduleFrame } from "../../eventing/schedule/next-times.ts";
import { flexibleDelay } from "../../eventing/schedule/flexible-window.ts";
import { parseSchedule, type ScheduleService } from "../../eventing/schedule/parse-schedule.ts";
import { timeZone } from "../../eventing/schedule/time-zone.ts";
import type { Schedule } from "../../eventing/schedule/schedule.ts";

/** When something ticks. Two with the same members tick at the same times. */
export interface Timing {
  readonly expression: string;
  readonly service: ScheduleService;
  readonly zone: string;
  readonly start: EpochMs;
  readonly end?: EpochMs | undefined;
  /** *Documented*: a flexible window; absent: it runs at its tick. */
  readonly windowMinutes?: number | undefined;
}

/** What ticks: a schedule of Scheduler, or a rule with an expression. */
export interface Ticking {
  readonly arn: string;
  readonly timing: Timing;
  /** A tick that is older is missed. */
  readonly maxAgeMs: number;
  /** Resolves when what the tick starts has started, or is stored to be tried again. */
  fire(tick: EpochMs): Promise<void>;
  /** There is no tick any more. */
  completed?(): Promise<void>;
}

/** Which ticks are made up for that came while nobody was there to do them. */
export type MissedTicks = "last" | "all" | "none";

/** A tick, and when it is to be done. */
export interface Tick {
  readonly at: EpochMs;
  readonly dueAt: EpochMs;
}

/** An expression with what is known of when it counts. */
interface Compiled {
  readonly schedule: Schedule;
  readonly frame: ScheduleFrame;
}

function compiled({ expression, service, zone, start, end }: Timing): Compiled {
  const found = timeZone(zone);
  if (found === undefined) throw new Error(`there is no time zone ${zone}`);
  return {
    schedule: parseSchedule(expression, service),
    frame: { zone: found, start, ...(end !== undefined && { end }) },
  };
}

/** The first tick after an instant. */
export function nextTick(arn: string, timing: Timing, after: EpochMs): Tick | undefined {
  const { schedule, frame } = compiled(timing);
  const at = nextTime(schedule, after, frame);
  return at === undefined ? undefined : tickAt(arn, timing, at);
}

/** The ticks after an instant, as many as are wanted. */
export function nextTicks(timing: Timing, after: EpochMs, most: number): readonly EpochMs[] {
  const { schedule, frame } = compiled(timing);
  const ticks: EpochMs[] = [];
  for (const tick of nextTimes(schedule, after, frame)) {
    if (ticks.push(tick) >= most) break;
  }
  return ticks;
}

function tickAt(arn: string, { windowMinutes = 0 }: Timing, at: EpochMs): Tick {
  return { at, dueAt: at + flexibleDelay(arn, at, windowMinutes) };
}

/** *Our choice*: a tick that is done within a minute, or within its flexible window, was not missed. */
const lateMs = 60_000;

/** *Our choice*: ticks that are looked at to find the last one that was missed: more than a year of minutes. */
const mostSkipped = 600_000;

/** What there is to be done now that a tick is due. */
export interface DueTick {
  /** The tick, or that which stands for those that were missed; absent: none is to be made up for. */
  readonly fires: EpochMs | undefined;
  /** How many were missed, and are not made up for. */
  readonly missed: number;
  readonly next: Tick | undefined;
}

export function dueTick(
  { arn, timing, maxAgeMs }: Pick<Ticking, "arn" | "timing" | "maxAgeMs">,
  first: EpochMs,
  now: EpochMs,
  policy: MissedTicks,
): DueTick {
  const { schedule, frame } = compiled(timing);
  const inTimeMs = lateMs + (timing.windowMinutes ?? 0) * 60_000;
  let at = first;
  let missed = 0;
  let next = nextTime(schedule, at, frame);
  while (policy !== "all" && missed < mostSkipped && now - at > inTimeMs) {
    if (next === undefined || tickAt(arn, timing, next).dueAt > now) break;
    missed += 1;
    at = next;
    next = nextTime(schedule, at, frame);
  }
  const isOld = now - at > (policy === "none" ? inTimeMs : Math.max(maxAgeMs, inTimeMs));
  return {
    fires: isOld ? undefined : at,
    missed: isOld ? missed + 1 : missed,
    next: next === undefined ? undefined : tickAt(arn, timing, next),
  };
}
