import { isJsonObject, type JsonObject } from "../../expression/json.ts";
import {
  type AlarmRule,
  type AlarmState,
  type Comparison,
  comparisons,
  type MissingDataTreatment,
  missingDataTreatments,
} from "../../telemetry/alarms/judge.ts";
import type { DataQuery } from "../../telemetry/metric-math/metric-data.ts";
import { numberOf, requiredText, structuresOf, textOf, textsOf } from "../members.ts";
import { dataQueriesOf } from "./data-query.ts";
import {
  decimalOf,
  invalidValue,
  metricOf,
  periodOf,
  statisticOf,
  validationError,
} from "./metric-input.ts";

/** A metric alarm or a composite one: as it was put, and how it is. */
export interface AlarmRecord {
  readonly region: string;
  readonly accountId: string;
  readonly arn: string;
  readonly name: string;
  /** The members of PutMetricAlarm or PutCompositeAlarm. */
  readonly input: JsonObject;
  readonly actionsEnabled: boolean;
  readonly state: AlarmState;
  readonly reason: string;
  /** JSON, where SetAlarmState gave it. */
  readonly reasonData?: string;
  readonly configuredAt: number;
  readonly stateUpdatedAt: number;
  readonly stateChangedAt: number;
  /** A composite alarm's actions that another alarm may hold back. */
  readonly held?: HeldActions | undefined;
}

/** Actions for a change that wait for what the suppressor does. */
export interface HeldActions {
  /** The state before the change. */
  readonly from: AlarmState;
  readonly since: number;
  /** When the suppressor was last seen in alarm; absent: not yet. */
  readonly suppressedAt?: number | undefined;
}

/** What an alarm looks at. */
export interface AlarmDefinition extends AlarmRule {
  readonly queries: readonly DataQuery[];
  readonly periodMs: number;
  readonly evaluationPeriods: number;
}

/** *Documented*: an alarm looks at no more than a week; each state has at most five actions. */
const mostEvaluatedMs = 7 * 24 * 60 * 60 * 1_000;
const mostActions = 5;

/** Reads PutMetricAlarm; what is not understood is refused. */
export function alarmDefinition(input: JsonObject, region: string): AlarmDefinition {
  const comparison = requiredText(input, "ComparisonOperator");
  if (!Object.hasOwn(comparisons, comparison)) {
    throw validationError(
      `The comparison '${comparison}' is not one that Stepwell has: ${Object.keys(comparisons).join(", ")}. It has no anomaly detection.`,
    );
  }
  const treatMissingData = textOf(input, "TreatMissingData") ?? "missing";
  if (!(missingDataTreatments as readonly string[]).includes(treatMissingData)) {
    throw invalidValue(
      `The value '${treatMissingData}' for parameter TreatMissingData is invalid.`,
    );
  }
  const threshold = decimalOf(input, "Threshold");
  if (threshold === undefined) throw validationError("The parameter Threshold is required.");
  const evaluationPeriods = numberOf(input, "EvaluationPeriods", {
    usual: 0,
    least: 1,
    most: 10_080,
  });
  const datapointsToAlarm = numberOf(input, "DatapointsToAlarm", {
    usual: evaluationPeriods,
    least: 1,
    most: 10_080,
  });
  if (evaluationPeriods === 0 || datapointsToAlarm > evaluationPeriods) {
    throw validationError("EvaluationPeriods must be there, and DatapointsToAlarm not be greater.");
  }
  checkActions(input);
  const queries = alarmQueries(input, region);
  const returned = queries.filter(({ isReturned }) => isReturned);
  const [watched] = returned;
  if (watched === undefined || returned.length > 1) {
    throw validationError("Exactly one element of the metrics list should return data.");
  }
  const { periodMs } = watched;
  if (periodMs * evaluationPeriods > mostEvaluatedMs) {
    throw validationError("Metrics cannot be checked across more than a week.");
  }
  return {
    queries,
    periodMs,
    evaluationPeriods,
    datapointsToAlarm,
    comparison: comparison as Comparison,
    threshold,
    treatMissingData: treatMissingData as MissingDataTreatment,
  };
}

/** Refuses more actions than an alarm may have. */
export function checkActions(input: JsonObject): void {
  for (const name of ["OKActions", "AlarmActions", "InsufficientDataActions"]) {
    if (textsOf(input, name).length > mostActions) {
      throw invalidValue(
        `The collection ${name} must not have a size greater than ${mostActions}.`,
      );
    }
  }
}

function alarmQueries(input: JsonObject, region: string): readonly DataQuery[] {
  if (structuresOf(input, "Metrics").length > 0) return dataQueriesOf(input, "Metrics", region);
  return [
    {
      id: "m1",
      label: undefined,
      isReturned: true,
      type: "metric",
      metric: metricOf(input, region),
      periodMs: periodOf(input),
      statistic: statisticOf(
        textOf(input, "Statistic") ?? requiredText(input, "ExtendedStatistic"),
      ),
    },
  ];
}

/** The actions for a state. */
export function actionsOf({ input }: AlarmRecord, state: AlarmState): readonly string[] {
  const names = {
    OK: "OKActions",
    ALARM: "AlarmActions",
    INSUFFICIENT_DATA: "InsufficientDataActions",
  } as const;
  return textsOf(input, names[state]);
}

export function flagAt(input: JsonObject, name: string, usual: boolean): boolean {
  const value = input[name];
  if (value === undefined || value === null || isJsonObject(value)) return usual;
  return value === true || value === "true";
}
