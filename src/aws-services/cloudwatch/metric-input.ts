import type { JsonObject } from "../../expression/json.ts";
import { ServiceError } from "../../ports/service-api.ts";
import type { Dimensions } from "../../telemetry/counting/metric-series.ts";
import { percentile, type Statistics } from "../../telemetry/counting/tally.ts";
import { numberOf, requiredText, structuresOf, textOf } from "../members.ts";

/** *Documented*: dimensions of a metric. */
const mostDimensions = 30;
const dayMs = 24 * 60 * 60 * 1_000;
/** *Documented*: no point is older. */
const longestPeriodSeconds = 455 * 24 * 60 * 60;

export function validationError(message: string): ServiceError {
  return new ServiceError("ValidationError", message);
}

export function invalidValue(message: string): ServiceError {
  return new ServiceError("InvalidParameterValue", message);
}

/** `[{ Name, Value }]`. */
export function dimensionsOf(members: JsonObject, name = "Dimensions"): Dimensions {
  const given = structuresOf(members, name);
  if (given.length > mostDimensions) {
    throw invalidValue(
      `The collection ${name} must not have a size greater than ${mostDimensions}.`,
    );
  }
  return Object.fromEntries(
    given.map((dimension) => [requiredText(dimension, "Name"), requiredText(dimension, "Value")]),
  );
}

export function shownDimensions(
  dimensions: Dimensions,
): readonly { readonly Name: string; readonly Value: string }[] {
  return Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
}

/** A time as a form, JSON or CBOR has it: a text of ISO 8601, or seconds since the epoch. */
export function timeOf(members: JsonObject, name: string): number | undefined {
  const value = members[name];
  if (value === undefined || value === null) return undefined;
  const text = textOf(members, name) ?? "";
  const time = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) * 1_000 : Date.parse(text);
  // Beyond these a date has no name.
  if (Number.isNaN(time) || Math.abs(time) > 100_000_000 * dayMs) {
    throw invalidValue(`The value for parameter ${name} is not a time.`);
  }
  return time;
}

export function requiredTime(members: JsonObject, name: string): number {
  const time = timeOf(members, name);
  if (time === undefined) {
    throw new ServiceError("MissingParameter", `The parameter ${name} is required.`);
  }
  return time;
}

/** A number that need not be whole. */
export function decimalOf(members: JsonObject, name: string): number | undefined {
  const text = textOf(members, name) ?? "";
  if (text === "") return undefined;
  const number = Number(text);
  if (!Number.isFinite(number)) {
    throw invalidValue(`The value '${text}' for parameter ${name} is not a number.`);
  }
  return number;
}

/** In milliseconds. *Our choice*: points of one minute are the finest that are kept. */
export function periodOf(members: JsonObject, usualSeconds?: number): number {
  const usual = usualSeconds ?? 0;
  const seconds = numberOf(members, "Period", { usual, least: 0, most: longestPeriodSeconds });
  if (seconds === 0 || seconds % 60 !== 0) {
    throw validationError(
      `The parameter Period must be a multiple of 60 seconds; Stepwell keeps no finer points.`,
    );
  }
  return seconds * 1_000;
}

/** Reads a value of statistics: `Sum`, `p99`. */
export function statisticOf(name: string): (statistics: Statistics) => number {
  const simple = Object.hasOwn(simpleStatistics, name)
    ? simpleStatistics[name as keyof typeof simpleStatistics]
    : undefined;
  if (simple !== undefined) return simple;
  const [, share] = /^p(\d{1,2}(?:\.\d{1,10})?|100)$/.exec(name) ?? [];
  if (share === undefined) {
    throw validationError(
      `The statistic '${name}' is not one that Stepwell has: SampleCount, Average, Sum, Minimum, Maximum, or a percentile such as p99.`,
    );
  }
  return (statistics) => percentile(statistics, Number(share) / 100);
}

export const simpleStatistics = {
  SampleCount: ({ count }: Statistics) => count,
  Average: ({ sum, count }: Statistics) => sum / count,
  Sum: ({ sum }: Statistics) => sum,
  Minimum: ({ min }: Statistics) => min,
  Maximum: ({ max }: Statistics) => max,
} as const;

/** `{ Namespace, MetricName, Dimensions }`. */
export function metricOf(
  members: JsonObject,
  region: string,
): {
  readonly region: string;
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Dimensions;
} {
  return {
    region,
    namespace: requiredText(members, "Namespace"),
    name: requiredText(members, "MetricName"),
    dimensions: dimensionsOf(members),
  };
}
