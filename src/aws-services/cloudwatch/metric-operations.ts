import type { ServiceOperation } from "../../ports/service-api.ts";
import { metricData, periodsOf } from "../../telemetry/metric-math/metric-data.ts";
import { ExpressionProblem } from "../../telemetry/metric-math/parse-expression.ts";
import { requiredText, structuresOf, textOf, textsOf } from "../members.ts";
import type { CloudWatchParts } from "./cloudwatch-api.ts";
import { dataQueriesOf } from "./data-query.ts";
import {
  metricOf,
  periodOf,
  requiredTime,
  shownDimensions,
  simpleStatistics,
  statisticOf,
  validationError,
} from "./metric-input.ts";
import { putMetricData } from "./put-metric-data.ts";

/** *Documented*: points of one GetMetricData, and of one GetMetricStatistics. */
const mostDataPoints = 100_800;
const mostStatisticPoints = 1_440;
/** *Documented*: a page of ListMetrics, and how old the newest point of a metric may be. */
const pageMetrics = 500;
const listedMs = 14 * 24 * 60 * 60 * 1_000;
const recentMs = 3 * 60 * 60 * 1_000;

export function metricOperations(parts: Omit<CloudWatchParts, "alarms">): {
  readonly [name: string]: ServiceOperation;
} {
  const { telemetry, clock } = parts;
  return {
    GetMetricData: {
      prepare({ members }, { caller }) {
        const queries = dataQueriesOf(members, "MetricDataQueries", caller.region);
        const window = windowOf(
          requiredTime(members, "StartTime"),
          requiredTime(members, "EndTime"),
        );
        const points = queries.reduce(
          (sum, { periodMs }) => sum + (window.to - window.from) / periodMs,
          0,
        );
        if (points > mostDataPoints) {
          throw validationError(
            `You have requested up to ${Math.ceil(points)} datapoints, which exceeds the limit of ${mostDataPoints}. Ask for a shorter time, longer periods or fewer metrics.`,
          );
        }
        const isAscending = textOf(members, "ScanBy") === "TimestampAscending";
        return {
          access: [{ action: "cloudwatch:GetMetricData", resource: "*" }],
          async perform() {
            const results = await metricData(queries, window, (each) =>
              telemetry.points(each),
            ).catch((error: unknown) => {
              if (!(error instanceof ExpressionProblem)) throw error;
              throw validationError(`Error in expression: ${error.message}`);
            });
            return {
              members: {
                MetricDataResults: results.map(({ id, label, series }) => {
                  const ordered = [...series].sort(([a], [b]) => (isAscending ? a - b : b - a));
                  return {
                    Id: id,
                    Label: label ?? id,
                    Timestamps: ordered.map(([at]) => new Date(at)),
                    Values: ordered.map(([, value]) => value),
                    StatusCode: "Complete",
                  };
                }),
                Messages: [],
              },
            };
          },
        };
      },
    },

    GetMetricStatistics: {
      prepare({ members }, { caller }) {
        const metric = metricOf(members, caller.region);
        const periodMs = periodOf(members);
        const window = windowOf(
          requiredTime(members, "StartTime"),
          requiredTime(members, "EndTime"),
        );
        if (periodsOf(window, periodMs).length > mostStatisticPoints) {
          throw validationError(
            `You have requested more than ${mostStatisticPoints} datapoints, which is the limit. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
          );
        }
        const plain = textsOf(members, "Statistics").map((name) => {
          if (!Object.hasOwn(simpleStatistics, name)) {
            throw validationError(`The statistic '${name}' is not one of Statistics.`);
          }
          return [name, statisticOf(name)] as const;
        });
        const extended = textsOf(members, "ExtendedStatistics").map(
          (name) => [name, statisticOf(name)] as const,
        );
        if (plain.length + extended.length === 0) {
          throw validationError("Must specify either Statistics or ExtendedStatistics");
        }
        return {
          access: [{ action: "cloudwatch:GetMetricStatistics", resource: "*" }],
          async perform() {
            const [points = new Map()] = await telemetry.points([{ metric, ...window, periodMs }]);
            return {
              members: {
                Label: metric.name,
                Datapoints: [...points].map(([at, statistics]) => ({
                  Timestamp: new Date(at),
                  ...Object.fromEntries(plain.map(([name, read]) => [name, read(statistics)])),
                  ...(extended.length > 0 && {
                    ExtendedStatistics: Object.fromEntries(
                      extended.map(([name, read]) => [name, read(statistics)]),
                    ),
                  }),
                })),
              },
            };
          },
        };
      },
    },

    ListMetrics: {
      prepare({ members }, { caller }) {
        const namespace = textOf(members, "Namespace");
        const name = textOf(members, "MetricName");
        const dimensions = structuresOf(members, "Dimensions").map(
          (each) => [requiredText(each, "Name"), textOf(each, "Value")] as const,
        );
        const since = textOf(members, "RecentlyActive") === "PT3H" ? recentMs : listedMs;
        const token = textOf(members, "NextToken") ?? "0";
        if (!/^\d{1,9}$/.test(token)) throw validationError("The NextToken is invalid");
        const from = Number(token);
        return {
          access: [{ action: "cloudwatch:ListMetrics", resource: "*" }],
          async perform() {
            const all = (await telemetry.metricsSince(clock.now() - since)).filter(
              (metric) =>
                metric.region === caller.region &&
                (namespace === undefined || metric.namespace === namespace) &&
                (name === undefined || metric.name === name) &&
                dimensions.every(([dimension, value]) =>
                  value === undefined
                    ? Object.hasOwn(metric.dimensions, dimension)
                    : metric.dimensions[dimension] === value,
                ),
            );
            const shown = all.slice(from, from + pageMetrics);
            const end = from + shown.length;
            return {
              members: {
                Metrics: shown.map((metric) => ({
                  Namespace: metric.namespace,
                  MetricName: metric.name,
                  Dimensions: shownDimensions(metric.dimensions),
                })),
                NextToken: end < all.length ? String(end) : undefined,
              },
            };
          },
        };
      },
    },

    PutMetricData: putMetricData(parts),
  };
}

function windowOf(from: number, to: number): { readonly from: number; readonly to: number } {
  if (from >= to) {
    throw validationError("The parameter StartTime must be less than the parameter EndTime.");
  }
  return { from, to };
}
