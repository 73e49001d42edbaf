import { textOf } from "../../text-of.ts";
import type { JsonObject } from "../../../expression/json.ts";
import type { EpochMs } from "../../../machine/ids.ts";
import { errorCodeOf } from "../../aws-calls.ts";
import { objectsIn } from "../members.ts";
import type { ProviderContext } from "../provider.ts";
import type { DeploymentPreference } from "./deployment-preference.ts";

/** How often it is looked whether a new version does well. Our choice. */
const lookMs = 5_000;

/** How far an alias is on its way to another version. */
interface Shift {
  /** Its routes as they were. */
  readonly before: readonly JsonObject[];
  /** The version that still has the rest. */
  readonly from: string;
  readonly begunAt: EpochMs;
  /** The part that the new version has, in percent. */
  readonly weight: number;
  /** Until when it is looked how the new version does with that part. */
  readonly until: EpochMs;
}

/**
 * Lets an alias lead to a new version bit by bit: `CANARY` once a part and then all, `LINEAR` a part more after each interval. Rejects, and leads back,
 * where an alarm goes off. How far it is is stored before it is so: another process goes on from there, and looks at each part as long as is said.
 *
 * *Documented*, but for: our choice is that without alarms an execution of the new version that fails is one.
 */
export async function shiftTraffic(
  aliasArn: string,
  preference: DeploymentPreference,
  context: ProviderContext,
): Promise<void> {
  const { progress, now } = context;
  let shift =
    (progress.saved as Shift | undefined) ?? (await beginShift(aliasArn, preference, context));
  if (shift === undefined) return;
  for (;;) {
    await progress.save({ ...shift });
    await route(aliasArn, routesOf(shift, preference), context);
    const problem = await problemUntil(shift, preference, context);
    if (problem !== undefined) {
      await route(aliasArn, shift.before, context);
      throw new Error(problem);
    }
    if (shift.weight === 100) return;
    const weight = nextWeight(shift.weight, preference);
    // All of it is what was asked for: there is nothing to be compared with any more.
    const until = weight === 100 ? now() : now() + preference.intervalMs;
    shift = { ...shift, weight, until };
  }
}

/** `undefined`: the alias leads there already. */
async function beginShift(
  stateMachineAliasArn: string,
  { to, percentage, intervalMs }: DeploymentPreference,
  { call, now }: ProviderContext,
): Promise<Shift | undefined> {
  const { members } = await call("states", "DescribeStateMachineAlias", { stateMachineAliasArn });
  const before = objectsIn(members["routingConfiguration"]);
  const [heaviest] = before.toSorted((a, b) => Number(b["weight"]) - Number(a["weight"]));
  const from = textOf(heaviest?.["stateMachineVersionArn"]);
  if (from === to) return undefined;
  return { before, from, begunAt: now(), weight: percentage, until: now() + intervalMs };
}

function nextWeight(weight: number, { type, percentage }: DeploymentPreference): number {
  return type === "LINEAR" ? Math.min(weight + percentage, 100) : 100;
}

function routesOf({ from, weight }: Shift, { to }: DeploymentPreference): readonly JsonObject[] {
  const routes = [
    { stateMachineVersionArn: to, weight },
    { stateMachineVersionArn: from, weight: 100 - weight },
  ];
  return routes.filter((each) => each.weight > 0);
}

async function route(
  stateMachineAliasArn: string,
  routingConfiguration: readonly JsonObject[],
  { call }: ProviderContext,
): Promise<void> {
  await call("states", "UpdateStateMachineAlias", { stateMachineAliasArn, routingConfiguration });
}

/** Looks how the new version does until its part has been long enough what it is; what went wrong, at once. */
async function problemUntil(
  shift: Shift,
  preference: DeploymentPreference,
  context: ProviderContext,
): Promise<string | undefined> {
  for (;;) {
    const problem = await problemOf(shift, preference, context);
    const left = shift.until - context.now();
    if (problem !== undefined || left <= 0) return problem;
    await context.wait(Math.min(lookMs, left));
  }
}

function problemOf(
  shift: Shift,
  preference: DeploymentPreference,
  context: ProviderContext,
): Promise<string | undefined> {
  return preference.alarms.length > 0
    ? alarmOf(preference, context)
    : failedExecutionOf(shift, preference, context);
}

/** *Documented*: an alarm that is not there is one that has not gone off. */
async function alarmOf(
  { alarms }: DeploymentPreference,
  { call }: ProviderContext,
): Promise<string | undefined> {
  const { members } = await call("monitoring", "DescribeAlarms", {
    AlarmNames: alarms,
    AlarmTypes: ["MetricAlarm", "CompositeAlarm"],
    StateValue: "ALARM",
  });
  const alarmed = ["MetricAlarms", "CompositeAlarms"].flatMap((type) => objectsIn(members[type]));
  const names = alarmed.map(({ AlarmName }) => textOf(AlarmName));
  if (names.length === 0) return undefined;
  return `Deployment was rolled back because the following CloudWatch alarms are in ALARM state: [${names.join(", ")}]`;
}

async function failedExecutionOf(
  shift: Shift,
  { to }: DeploymentPreference,
  context: ProviderContext,
): Promise<string | undefined> {
  const { call } = context;
  for (const statusFilter of ["FAILED", "TIMED_OUT"]) {
    try {
      const { members } = await call("states", "ListExecutions", {
        stateMachineArn: to,
        statusFilter,
        maxResults: 1,
      });
      const [failed] = objectsIn(members["executions"]);
      // Step Functions has times in seconds.
      if (
        failed !== undefined &&
        Math.round(Number(failed["startDate"]) * 1_000) >= shift.begunAt
      ) {
        return `Deployment was rolled back because the execution ${textOf(failed["executionArn"])} of the new version has the status ${statusFilter}`;
      }
    } catch (error) {
      // Express workflows keep no list: what is counted of them says how they do.
      if (errorCodeOf(error) !== "StateMachineTypeNotSupported") throw error;
      return countedFailure(shift, to, context);
    }
  }
  return undefined;
}

/** *Documented*: metrics of executions by version. They are kept by the minute; of the one in which it began the version had none before. */
async function countedFailure(
  { begunAt }: Shift,
  versionArn: string,
  { call, now }: ProviderContext,
): Promise<string | undefined> {
  const [, machineArn = "", version = ""] = /^(.*):(\d+)$/.exec(versionArn) ?? [];
  const dimensions = { StateMachineArn: machineArn, Version: version };
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  const metrics = ["ExecutionsFailed", "ExecutionsTimedOut"];
  const minute = 60;
  const from = Math.floor(begunAt / 1_000 / minute) * minute;
  try {
    const { members } = await call("monitoring", "GetMetricData", {
      StartTime: from,
      EndTime: (Math.floor(now() / 1_000 / minute) + 1) * minute,
      MetricDataQueries: metrics.map((MetricName, index) => ({
        Id: `m${index}`,
        MetricStat: {
          Metric: { Namespace: "AWS/States", MetricName, Dimensions },
          Period: minute,
          Stat: "Sum",
        },
      })),
    });
    for (const [index, metric] of metrics.entries()) {
      const result = objectsIn(members["MetricDataResults"]).find(({ Id }) => Id === `m${index}`);
      const values = (result?.["Values"] ?? []) as readonly number[];
      if (values.some((value) => value > 0)) {
        return `Deployment was rolled back because the new version ${versionArn} has ${metric}`;
      }
    }
  } catch (error) {
    // Where nothing is counted nobody knows.
    if (errorCodeOf(error) !== "UnknownOperationException") throw error;
  }
  return undefined;
}
