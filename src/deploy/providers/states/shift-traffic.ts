import { textOf } from "../../text-of.ts";
import type { JsonObject, JsonValue } from "../../../expression/json.ts";
import { objectsIn, textsIn } from "../members.ts";
import type { ProviderContext } from "../provider.ts";

/** How often it is looked whether a new version does well. Our choice. */
const lookMs = 5_000;

/**
 * Lets an alias lead to a new version bit by bit: `CANARY` once a part and then all, `LINEAR` a part more after each interval. Rejects, and leads back,
 * where an alarm goes off.
 *
 * *Documented*, but for: our choice is that without alarms an execution of the new version that fails is one.
 */
export async function shiftTraffic(
  aliasArn: string,
  preference: JsonObject,
  context: ProviderContext,
): Promise<void> {
  const { StateMachineVersionArn, Type = "ALL_AT_ONCE", Percentage, Interval } = preference;
  const to = textOf(StateMachineVersionArn);
  const { members } = await context.call("states", "DescribeStateMachineAlias", {
    stateMachineAliasArn: aliasArn,
  });
  const before = objectsIn(members["routingConfiguration"]);
  const [from] = before.toSorted((a, b) => Number(b["weight"]) - Number(a["weight"]));
  const old = from?.["stateMachineVersionArn"];
  if (Type === "ALL_AT_ONCE" || old === undefined || old === to) return;
  const part = Number(Percentage);
  const interval = Number(Interval) * 60_000;
  if (!(part >= 1 && part <= 99) || !(interval >= 60_000 && interval <= 126_000_000)) {
    throw new Error(
      "Property validation failure: Percentage is from 1 to 99, and Interval from 1 to 2100 minutes",
    );
  }
  const since = Date.now();
  for (let weight = part; weight < 100; weight = Type === "LINEAR" ? weight + part : 100) {
    await route(aliasArn, [
      { stateMachineVersionArn: to, weight },
      { stateMachineVersionArn: old, weight: 100 - weight },
    ]);
    for (let waited = 0; waited < interval; waited += lookMs) {
      await context.wait(Math.min(lookMs, interval - waited));
      const problem = await problemOf(to, preference, since, context);
      if (problem === undefined) continue;
      await route(aliasArn, before);
      throw new Error(problem);
    }
  }

  async function route(stateMachineAliasArn: string, routes: readonly JsonObject[]): Promise<void> {
    const routingConfiguration: JsonValue = routes;
    await context.call("states", "UpdateStateMachineAlias", {
      stateMachineAliasArn,
      routingConfiguration,
    });
  }
}

async function problemOf(
  versionArn: string,
  { Alarms }: JsonObject,
  since: number,
  { call }: ProviderContext,
): Promise<string | undefined> {
  const AlarmNames = textsIn(Alarms);
  if (AlarmNames.length > 0) {
    const { members } = await call("monitoring", "DescribeAlarms", {
      AlarmNames,
      AlarmTypes: ["MetricAlarm", "CompositeAlarm"],
    });
    const alarms = ["MetricAlarms", "CompositeAlarms"].flatMap((type) => objectsIn(members[type]));
    const alarm = alarms.find(({ StateValue }) => StateValue === "ALARM");
    return alarm && `The alarm ${textOf(alarm["AlarmName"])} went off`;
  }
  for (const statusFilter of ["FAILED", "TIMED_OUT"]) {
    const { members } = await call("states", "ListExecutions", {
      stateMachineArn: versionArn,
      statusFilter,
      maxResults: 1,
    });
    const [failed] = objectsIn(members["executions"]);
    // Step Functions has times in seconds.
    if (failed !== undefined && Number(failed["startDate"]) * 1_000 >= since) {
      return `The execution ${textOf(failed["executionArn"])} of the new version failed`;
    }
  }
  return undefined;
}
