import type { ArnScope } from "../../machine/arns.ts";
import type { EpochMs } from "../../machine/ids.ts";
import type { ValueOf } from "../../service/model/member.ts";
import type { Tags } from "../buses/records.ts";
import type { target } from "./members.ts";
import type { Timing } from "./ticking.ts";

/** A schedule of EventBridge Scheduler. */
export interface ScheduleRecord {
  readonly name: string;
  readonly group: string;
  readonly expression: string;
  readonly zone?: string | undefined;
  readonly start?: EpochMs | undefined;
  readonly end?: EpochMs | undefined;
  readonly window: { readonly Mode: "OFF" | "FLEXIBLE"; readonly MaximumWindowInMinutes?: number };
  readonly state: "ENABLED" | "DISABLED";
  readonly description?: string | undefined;
  readonly afterCompletion: "NONE" | "DELETE";
  readonly kmsKeyArn?: string | undefined;
  readonly target: ScheduleTarget;
  readonly createdAt: EpochMs;
  readonly modifiedAt: EpochMs;
  /** Since when a rate without a start counts. */
  readonly scheduledAt: EpochMs;
  /** Of the request that made it: the same again is the same. */
  readonly clientToken?: string | undefined;
}

export type ScheduleTarget = ValueOf<typeof target>;

export interface ScheduleGroupRecord {
  readonly name: string;
  readonly createdAt: EpochMs;
  readonly modifiedAt: EpochMs;
  readonly tags: Tags;
  readonly clientToken?: string | undefined;
}

/** The group that is there without having been made. */
export const defaultGroup = "default";

export function scheduleArn(
  { partition, region, accountId }: ArnScope,
  group: string,
  name: string,
): string {
  return `arn:${partition}:scheduler:${region}:${accountId}:schedule/${group}/${name}`;
}

export function groupArn({ partition, region, accountId }: ArnScope, name: string): string {
  return `arn:${partition}:scheduler:${region}:${accountId}:schedule-group/${name}`;
}

/** What a schedule's ARN names. */
export function scheduleOfArn(
  arn: string,
): { readonly region: string; readonly group: string; readonly name: string } | undefined {
  const [, region, group, name] =
    /^arn:[^:]+:scheduler:([^:]+):[^:]*:schedule\/([^/]+)\/([^/]+)$/.exec(arn) ?? [];
  if (region === undefined || group === undefined || name === undefined) return undefined;
  return { region, group, name };
}

/** When a schedule ticks; `undefined`: it is off. */
export function scheduleTiming(schedule: ScheduleRecord): Timing | undefined {
  const { expression, zone = "UTC", start, end, scheduledAt, state, window } = schedule;
  if (state === "DISABLED") return undefined;
  return {
    expression,
    service: "scheduler",
    zone,
    start: start ?? scheduledAt,
    ...(end !== undefined && { end }),
    ...(window.Mode === "FLEXIBLE" && { windowMinutes: window.MaximumWindowInMinutes }),
  };
}
