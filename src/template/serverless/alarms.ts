import {
  isJsonArray,
  isJsonObject,
  ownMember,
  type JsonObject,
  type JsonValue,
} from "../../expression/json.ts";
import { defined } from "../sam/expansion.ts";
import { scalarText } from "../functions/scalar-text.ts";
import { normalized } from "./names.ts";
import { memberObject } from "./service.ts";

/** The alarms of a state machine. Documented by serverless-step-functions: "CloudWatch Alarms", with what they compare. */
export function alarmResources(logicalId: string, alarms: JsonObject): JsonObject {
  const metrics = ownMember(alarms, "metrics");
  if (metrics === undefined || !isJsonArray(metrics)) return {};
  const topics = memberObject(alarms, "topics");
  const fallback = ownMember(alarms, "treatMissingData") ?? "missing";
  return Object.fromEntries(
    metrics.map((written) => {
      const settings = isJsonObject(written) ? written : { metric: written };
      const metric = normalized(scalarText(ownMember(settings, "metric")) ?? "");
      return [
        ownAlarmId(settings) ?? `${logicalId}${metric}Alarm`,
        alarm(logicalId, metric, topics, ownMember(settings, "treatMissingData") ?? fallback),
      ];
    }),
  );
}

function ownAlarmId(settings: JsonObject): string | undefined {
  return scalarText(ownMember(settings, "logicalId"));
}

function alarm(
  logicalId: string,
  metric: string,
  topics: JsonObject,
  TreatMissingData: JsonValue,
): JsonObject {
  const actions = (name: string) => {
    const topic = ownMember(topics, name);
    return topic === undefined ? undefined : [topic];
  };
  return {
    Type: "AWS::CloudWatch::Alarm",
    Properties: defined({
      Namespace: "AWS/States",
      MetricName: metric,
      Dimensions: [{ Name: "StateMachineArn", Value: { Ref: logicalId } }],
      Statistic: "Sum",
      Threshold: 1,
      Period: 60,
      EvaluationPeriods: 1,
      ComparisonOperator: "GreaterThanOrEqualToThreshold",
      TreatMissingData,
      AlarmActions: actions("alarm"),
      OKActions: actions("ok"),
      InsufficientDataActions: actions("insufficientData"),
    }),
  };
}
