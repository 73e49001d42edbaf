import { textOf } from "../../text-of.ts";
import type { JsonObject } from "../../../expression/json.ts";
import { textsIn } from "../members.ts";

/** How an alias comes to another version. *Documented*: `AWS::StepFunctions::StateMachineAlias DeploymentPreference`. */
export interface DeploymentPreference {
  readonly type: "ALL_AT_ONCE" | "CANARY" | "LINEAR";
  /** The ARN of the version. */
  readonly to: string;
  /** How much of the traffic is shifted with each step, in percent; with `ALL_AT_ONCE` all of it. */
  readonly percentage: number;
  /** How long it is looked how the new version does before the next step; with `ALL_AT_ONCE` it is looked once. */
  readonly intervalMs: number;
  /** Names of alarms of CloudWatch. */
  readonly alarms: readonly string[];
}

/** Throws for what CloudFormation does not take. */
export function readPreference(preference: JsonObject): DeploymentPreference {
  const { StateMachineVersionArn, Type = "ALL_AT_ONCE", Percentage, Interval, Alarms } = preference;
  const about = { to: textOf(StateMachineVersionArn), alarms: textsIn(Alarms) };
  if (Type === "ALL_AT_ONCE") return { ...about, type: Type, percentage: 100, intervalMs: 0 };
  if (Type !== "CANARY" && Type !== "LINEAR") {
    throw new Error(
      "Property validation failure: Type of DeploymentPreference is ALL_AT_ONCE, CANARY or LINEAR",
    );
  }
  const percentage = Number(Percentage);
  const minutes = Number(Interval);
  if (!isWithin(percentage, 99) || !isWithin(minutes, 2_100)) {
    throw new Error(
      `Property validation failure: ${Type} wants a Percentage from 1 to 99 and an Interval from 1 to 2100 minutes`,
    );
  }
  return { ...about, type: Type, percentage, intervalMs: minutes * 60_000 };
}

function isWithin(value: number, most: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= most;
}
