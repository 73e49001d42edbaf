import type { JsonObject } from "../../expression/json.ts";
import type { DataQuery } from "../../telemetry/metric-math/metric-data.ts";
import {
  type Expression,
  ExpressionProblem,
  parseExpression,
} from "../../telemetry/metric-math/parse-expression.ts";
import { requiredText, structureOf, structuresOf, textOf } from "../members.ts";
import { metricOf, periodOf, statisticOf, validationError } from "./metric-input.ts";

/** *Documented*: of GetMetricData; PutMetricAlarm takes fewer. */
const mostQueries = 500;
/** *Documented*. */
const longestExpression = 2_048;

/** `MetricDataQueries` of GetMetricData, `Metrics` of PutMetricAlarm. */
export function dataQueriesOf(
  members: JsonObject,
  name: string,
  region: string,
): readonly DataQuery[] {
  const given = structuresOf(members, name);
  if (given.length > mostQueries) {
    throw validationError(
      `The collection ${name} must not have a size greater than ${mostQueries}.`,
    );
  }
  const metrics = given.filter((each) => textOf(each, "Expression") === undefined);
  const [longest = 60_000] = metrics
    .map((each) => periodOf(structureOf(each, "MetricStat")))
    .sort((a, b) => b - a);
  const queries = given.map((each) => dataQueryOf(each, region, longest));
  if (new Set(queries.map(({ id }) => id)).size < queries.length) {
    throw validationError(`The values for the parameter Id in ${name} are not unique.`);
  }
  return queries;
}

function dataQueryOf(members: JsonObject, region: string, longestPeriodMs: number): DataQuery {
  const id = requiredText(members, "Id");
  if (!/^[a-z][A-Za-z0-9_]{0,254}$/.test(id)) {
    throw validationError(
      `The value ${id} for parameter Id must begin with a lowercase letter, and have letters, digits and underscores only.`,
    );
  }
  const { ReturnData: returned } = members;
  const shown = {
    id,
    label: textOf(members, "Label"),
    isReturned: returned !== false && returned !== "false",
  };
  const text = textOf(members, "Expression");
  if (text !== undefined) {
    const expression = expressionOf(text, id);
    const periodMs =
      members["Period"] === undefined ? longestPeriodMs : periodOf(members, undefined);
    return { ...shown, type: "expression", expression, periodMs };
  }
  const stat = structureOf(members, "MetricStat");
  return {
    ...shown,
    type: "metric",
    metric: metricOf(structureOf(stat, "Metric"), region),
    periodMs: periodOf(stat),
    statistic: statisticOf(requiredText(stat, "Stat")),
  };
}

function expressionOf(text: string, id: string): Expression {
  if (text.length > longestExpression) {
    throw validationError(
      `The expression '${id}' must not be longer than ${longestExpression} characters.`,
    );
  }
  return problemsOf(() => parseExpression(text), id);
}

/** What is wrong with an expression is a mistake of the caller. */
export function problemsOf<T>(perform: () => T, id: string): T {
  try {
    return perform();
  } catch (error) {
    if (!(error instanceof ExpressionProblem)) throw error;
    throw validationError(`Error in expression '${id}': ${error.message}`);
  }
}
