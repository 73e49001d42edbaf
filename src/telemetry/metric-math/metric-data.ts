import type { EpochMs } from "../../machine/ids.ts";
import type { MetricId } from "../counting/metric-series.ts";
import type { Statistics } from "../counting/tally.ts";
import type { MetricQuery, Points } from "../minutes/metric-reader.ts";
import { evaluateExpression, isList, type MathValue, type Series } from "./evaluate-expression.ts";
import { type Expression, ExpressionProblem } from "./parse-expression.ts";

/** One of the metrics and expressions that are asked for together, which may name each other. */
export type DataQuery = {
  readonly id: string;
  readonly label: string | undefined;
  readonly isReturned: boolean;
} & (
  | {
      readonly type: "metric";
      readonly metric: MetricId;
      readonly periodMs: number;
      readonly statistic: (statistics: Statistics) => number;
    }
  | { readonly type: "expression"; readonly expression: Expression; readonly periodMs: number }
);

export interface DataResult {
  readonly id: string;
  readonly label: string | undefined;
  readonly series: Series;
}

/** The values of the queries that are to be returned. Throws an {@link ExpressionProblem}. */
export async function metricData(
  queries: readonly DataQuery[],
  window: { readonly from: EpochMs; readonly to: EpochMs },
  read: (queries: readonly MetricQuery[]) => Promise<readonly Points[]>,
): Promise<readonly DataResult[]> {
  const metrics = queries.filter((query) => query.type === "metric");
  const points = await read(
    metrics.map(({ metric, periodMs }) => ({
      metric,
      periodMs,
      ...alignedWindow(window, periodMs),
    })),
  );
  const values = new Map<string, MathValue>(
    metrics.map(({ id, statistic }, index) => [
      id,
      new Map([...(points[index] ?? [])].map(([period, each]) => [period, statistic(each)])),
    ]),
  );
  const all = metrics.map(({ id }) => values.get(id) as Series);
  const byId = new Map(queries.map((query) => [query.id, query]));
  const under = new Set<string>();

  function valueOf(id: string): MathValue | undefined {
    const known = values.get(id);
    const query = byId.get(id);
    if (known !== undefined || query?.type !== "expression") return known;
    if (under.has(id)) throw new ExpressionProblem(`'${id}' is made of itself`);
    under.add(id);
    const { periodMs } = query;
    const value = evaluateExpression(query.expression, {
      metric: valueOf,
      all: () => all,
      periods: periodsOf(window, periodMs),
      periodMs,
    });
    values.set(id, value);
    return value;
  }

  return queries
    .filter(({ isReturned }) => isReturned)
    .flatMap((query) => {
      const { id, label } = query;
      const value = valueOf(id) ?? new Map<number, number>();
      const one = (series: Series): DataResult => ({ id, label, series: finite(series) });
      if (typeof value === "number") {
        // Documented: a number is a value at each period.
        const periods = periodsOf(window, query.periodMs);
        return [one(new Map(periods.map((period) => [period, value])))];
      }
      return isList(value) ? value.map(one) : [one(value)];
    });
}

/** Whole periods, counted from the epoch. */
function alignedWindow(
  { from, to }: { readonly from: EpochMs; readonly to: EpochMs },
  periodMs: number,
): { readonly from: EpochMs; readonly to: EpochMs } {
  return { from: Math.floor(from / periodMs) * periodMs, to };
}

/** The beginnings of the periods that have a part in the window. */
export function periodsOf(
  { from, to }: { readonly from: EpochMs; readonly to: EpochMs },
  periodMs: number,
): readonly EpochMs[] {
  const first = Math.floor(from / periodMs) * periodMs;
  return Array.from(
    { length: Math.max(0, Math.ceil((to - first) / periodMs)) },
    (_, index) => first + index * periodMs,
  );
}

/** *Documented*: what is divided by zero has no value. */
function finite(series: Series): Series {
  return new Map([...series].filter(([, value]) => Number.isFinite(value)));
}
