import type { JsonObject } from "../../expression/json.ts";
import type { ServiceOperation } from "../../ports/service-api.ts";
import { ServiceError } from "../../ports/service-api.ts";
import type { MetricSeries } from "../../telemetry/counting/metric-series.ts";
import { merged, repeated, type Statistics } from "../../telemetry/counting/tally.ts";
import { requiredText, structureOf, structuresOf } from "../members.ts";
import type { CloudWatchParts } from "./cloudwatch-api.ts";
import { decimalOf, dimensionsOf, invalidValue, timeOf } from "./metric-input.ts";

/** *Documented*: metrics of one request, values of one of them, and how old or early a time may be. */
const mostMetrics = 1_000;
const mostValues = 150;
const oldestMs = 14 * 24 * 60 * 60 * 1_000;
const earliestMs = 2 * 60 * 60 * 1_000;
const longestNamespace = 255;

/** Values of the caller's own metrics. They are stored with the minute. */
export function putMetricData({
  telemetry,
  clock,
}: Omit<CloudWatchParts, "alarms">): ServiceOperation {
  return {
    prepare({ members }, { caller }) {
      const namespace = namespaceOf(members);
      const data = structuresOf(members, "MetricData");
      if (data.length > mostMetrics) {
        throw invalidValue(
          `The collection MetricData must not have a size greater than ${mostMetrics}.`,
        );
      }
      const now = clock.now();
      const given = data.map((datum) => ({
        at: timeWithin(datum, now),
        series: {
          region: caller.region,
          namespace,
          name: requiredText(datum, "MetricName"),
          dimensions: dimensionsOf(datum),
          statistics: statisticsOf(datum),
        } satisfies MetricSeries,
      }));
      return {
        access: [{ action: "cloudwatch:PutMetricData", resource: "*" }],
        perform() {
          for (const { at, series } of given) {
            if (!telemetry.put(at, series)) {
              throw new ServiceError("LimitExceeded", "Too many metrics in one minute.", 400);
            }
          }
          return Promise.resolve({});
        },
      };
    },
  };
}

/** *Documented*: `AWS/` is AWS's. */
function namespaceOf(members: JsonObject): string {
  const namespace = requiredText(members, "Namespace");
  if (namespace.startsWith("AWS/")) {
    throw invalidValue(
      'The value AWS/ for parameter Namespace is invalid: namespaces that begin with "AWS/" are reserved.',
    );
  }
  if (namespace.length > longestNamespace || namespace.startsWith(":")) {
    throw invalidValue("The value for parameter Namespace is invalid.");
  }
  return namespace;
}

function timeWithin(datum: JsonObject, now: number): number {
  const at = timeOf(datum, "Timestamp") ?? now;
  if (at < now - oldestMs || at > now + earliestMs) {
    throw invalidValue(
      "The parameter MetricData.member.Timestamp must specify a time within the past two weeks, and not more than two hours ahead.",
    );
  }
  return at;
}

function statisticsOf(datum: JsonObject): Statistics {
  const set = structureOf(datum, "StatisticValues");
  if (Object.keys(set).length > 0) {
    const need = (name: string): number => {
      const value = decimalOf(set, name);
      if (value === undefined) throw invalidValue(`StatisticValues needs ${name}.`);
      return value;
    };
    const [count, sum] = [need("SampleCount"), need("Sum")];
    const [min, max] = [need("Minimum"), need("Maximum")];
    if (count <= 0 || min > max) throw invalidValue("StatisticValues contradict each other.");
    return { count, sum, min, max };
  }
  const values = numbersOf(datum, "Values");
  if (values.length === 0) {
    const value = decimalOf(datum, "Value");
    if (value === undefined) {
      throw new ServiceError(
        "MissingParameter",
        "At least one of Value, Values and StatisticValues is required.",
      );
    }
    return repeated(value);
  }
  const counts = numbersOf(datum, "Counts");
  if (values.length > mostValues || (counts.length > 0 && counts.length !== values.length)) {
    throw invalidValue(`Values holds at most ${mostValues} values, and Counts as many as Values.`);
  }
  return values
    .map((value, index) => repeated(value, counts[index] ?? 1))
    .reduce((all, each) => merged(all, each));
}

function numbersOf(datum: JsonObject, name: string): readonly number[] {
  const { [name]: given } = datum;
  const list: readonly unknown[] = Array.isArray(given) ? given : [];
  return list.map((each) => {
    const value = Number(each);
    if (!Number.isFinite(value)) throw invalidValue(`The values of ${name} must be numbers.`);
    return value;
  });
}
