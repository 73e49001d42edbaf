import type { Access } from "../../ports/authorizer.ts";
import type { Caller } from "../../ports/caller.ts";
import type { Clock } from "../../ports/clock.ts";
import {
  ServiceError,
  type ServiceMembers,
  type ServiceOperation,
  type ServiceValue,
} from "../../ports/service-api.ts";
import type { JsonObject } from "../../expression/json.ts";
import { alarmsOf } from "../../telemetry/alarms/composite-rule.ts";
import type { AlarmState } from "../../telemetry/alarms/judge.ts";
import { numberOf, requiredText, structuresOf, textOf, textsOf } from "../members.ts";
import { alarmDefinition, type AlarmRecord, flagAt } from "./alarm-record.ts";
import { compositeDefinition, isComposite } from "./composite-alarm.ts";
import type { Alarms } from "./alarms.ts";
import { decimalOf, invalidValue, validationError } from "./metric-input.ts";

/** *Documented*: characters of a name, alarms of one DeleteAlarms, and a page of DescribeAlarms. */
const longestName = 255;
const mostDeleted = 100;
const usualPage = 50;
const mostPage = 100;
/** Our choice. *Documented*: 5,000 in a Region. */
const mostAlarms = 1_000;

const states: readonly string[] = ["OK", "ALARM", "INSUFFICIENT_DATA"] satisfies AlarmState[];

export function alarmOperations(
  alarms: Alarms,
  clock: Clock,
): { readonly [name: string]: ServiceOperation } {
  /** Names of alarms that are switched on or off. */
  const switched = (action: string, isOn: boolean): ServiceOperation => ({
    prepare({ members }, { caller }) {
      const names = textsOf(members, "AlarmNames");
      return {
        access: names.map((name) => accessTo(action, caller, name)),
        async perform() {
          for (const name of names) await alarms.enable(caller.region, name, isOn);
          return {};
        },
      };
    },
  });

  const put = async (caller: Caller, name: string, input: JsonObject): Promise<void> => {
    const known = await alarms.inRegion(caller.region);
    const before = known.find((alarm) => alarm.name === name);
    if (known.length >= mostAlarms && before === undefined) {
      throw new ServiceError("LimitExceeded", `There are ${mostAlarms} alarms already.`);
    }
    if (before !== undefined && isComposite(before) !== isComposite({ input })) {
      throw validationError(`There is an alarm ${name} of the other type already.`);
    }
    const now = clock.now();
    await alarms.put({
      region: caller.region,
      accountId: caller.accountId,
      arn: alarmArn(caller, name),
      name,
      input,
      actionsEnabled: flagAt(input, "ActionsEnabled", true),
      state: "INSUFFICIENT_DATA",
      reason: "Unchecked: Initial alarm creation",
      configuredAt: now,
      stateUpdatedAt: now,
      stateChangedAt: now,
    });
  };

  return {
    PutMetricAlarm: {
      prepare({ members }, { caller }) {
        const name = nameOf(members);
        alarmDefinition(members, caller.region);
        return {
          access: [accessTo("PutMetricAlarm", caller, name)],
          async perform() {
            await put(caller, name, members);
            return {};
          },
        };
      },
    },

    PutCompositeAlarm: {
      prepare({ members }, { caller }) {
        const name = nameOf(members);
        const { children } = compositeDefinition(members);
        return {
          access: [accessTo("PutCompositeAlarm", caller, name)],
          async perform() {
            const known = await Promise.all(
              children.map((child) => alarms.get(caller.region, child)),
            );
            const missing = children.filter((_, index) => known[index] === undefined);
            if (missing.length > 0) {
              throw validationError(
                `Could not save the composite alarm as alarms [${missing.join(", ")}] in the alarm rule do not exist`,
              );
            }
            await put(caller, name, members);
            await alarms.judgeComposites(caller.region);
            return {};
          },
        };
      },
    },

    DescribeAlarms: {
      prepare({ members }, { caller }) {
        const names = new Set(textsOf(members, "AlarmNames"));
        const prefix = textOf(members, "AlarmNamePrefix") ?? "";
        const state = textOf(members, "StateValue");
        const most = numberOf(members, "MaxRecords", {
          usual: usualPage,
          least: 1,
          most: mostPage,
        });
        const after = textOf(members, "NextToken") ?? "";
        const types = typesOf(members);
        const relation = relationOf(members);
        return {
          access: [accessTo("DescribeAlarms", caller, "*")],
          async perform() {
            const all = await alarms.inRegion(caller.region);
            if (relation !== undefined) return { members: relatedAlarms(relation, all) };
            const found = all.filter(
              (alarm) =>
                types.has(isComposite(alarm) ? "CompositeAlarm" : "MetricAlarm") &&
                (names.size === 0 || names.has(alarm.name)) &&
                alarm.name.startsWith(prefix) &&
                (state === undefined || alarm.state === state) &&
                alarm.name > after,
            );
            const shown = found.slice(0, most);
            return {
              members: {
                MetricAlarms: shown.filter((alarm) => !isComposite(alarm)).map(shownAlarm),
                CompositeAlarms: shown.filter(isComposite).map(shownComposite),
                NextToken: found.length > shown.length ? shown.at(-1)?.name : undefined,
              },
            };
          },
        };
      },
    },

    DeleteAlarms: {
      prepare({ members }, { caller }) {
        const names = textsOf(members, "AlarmNames");
        if (names.length === 0 || names.length > mostDeleted) {
          throw validationError(`AlarmNames holds from 1 to ${mostDeleted} names.`);
        }
        return {
          access: names.map((name) => accessTo("DeleteAlarms", caller, name)),
          async perform() {
            const all = await Promise.all(names.map((name) => alarms.get(caller.region, name)));
            if (all.includes(undefined)) throw notFound();
            for (const alarm of await alarms.inRegion(caller.region)) {
              if (!isComposite(alarm) || names.includes(alarm.name)) continue;
              const { children } = compositeDefinition(alarm.input);
              const needed = names.find((name) => children.includes(name));
              if (needed !== undefined) {
                throw validationError(
                  `Cannot delete ${needed} as there are composite alarm(s) depending on it: ${alarm.name}`,
                );
              }
            }
            for (const name of names) await alarms.delete(caller.region, name);
            return {};
          },
        };
      },
    },

    SetAlarmState: {
      prepare({ members }, { caller }) {
        const name = nameOf(members);
        const state = requiredText(members, "StateValue");
        if (!states.includes(state)) {
          throw invalidValue(`The value '${state}' for parameter StateValue is invalid.`);
        }
        const reason = requiredText(members, "StateReason");
        const reasonData = textOf(members, "StateReasonData");
        return {
          access: [accessTo("SetAlarmState", caller, name)],
          async perform() {
            const alarm = await alarms.get(caller.region, name);
            if (alarm === undefined) throw notFound();
            await alarms.change(alarm, { state: state as AlarmState, reason, reasonData });
            return {};
          },
        };
      },
    },

    EnableAlarmActions: switched("EnableAlarmActions", true),
    DisableAlarmActions: switched("DisableAlarmActions", false),

    ListTagsForResource: {
      prepare({ members }, { caller }) {
        const arn = requiredText(members, "ResourceARN");
        const name = arn.slice(arn.lastIndexOf(":") + 1);
        return {
          access: [{ action: "cloudwatch:ListTagsForResource", resource: arn }],
          async perform() {
            const alarm = await alarms.get(caller.region, name);
            if (alarm === undefined) {
              throw new ServiceError("ResourceNotFoundException", `${arn} does not exist`, 404);
            }
            return { members: { Tags: asShown(structuresOf(alarm.input, "Tags")) } };
          },
        };
      },
    },
  };
}

function nameOf(members: JsonObject): string {
  const name = requiredText(members, "AlarmName");
  if (name.length > longestName || /[\p{Cc}]/u.test(name)) {
    throw validationError("The value for parameter AlarmName is invalid.");
  }
  return name;
}

function alarmArn({ partition, region, accountId }: Caller, name: string): string {
  return `arn:${partition}:cloudwatch:${region}:${accountId}:alarm:${name}`;
}

function accessTo(action: string, caller: Caller, name: string): Access {
  return { action: `cloudwatch:${action}`, resource: alarmArn(caller, name) };
}

function notFound(): ServiceError {
  return new ServiceError("ResourceNotFound", "The alarm does not exist.", 404);
}

/** Alarms that are asked for by another one. */
interface Relation {
  readonly of: "children" | "parents";
  readonly name: string;
}

/** *Documented*: neither is asked for with anything beside it. */
function relationOf(members: JsonObject): Relation | undefined {
  const names = { children: "ChildrenOfAlarmName", parents: "ParentsOfAlarmName" } as const;
  for (const [of, member] of Object.entries(names)) {
    const name = textOf(members, member);
    if (name === undefined) continue;
    const other = Object.keys(members).find((each) => each !== member && each !== "MaxRecords");
    if (other !== undefined) {
      throw validationError(`${member} must not be used with ${other}.`);
    }
    return { of: of as Relation["of"], name };
  }
  return undefined;
}

/** *Documented*: of children names, ARNs, states and the times of their changes are told, of parents names and ARNs. */
function relatedAlarms({ of, name }: Relation, all: readonly AlarmRecord[]): ServiceMembers {
  const childrenOf = (alarm: AlarmRecord | undefined): readonly string[] =>
    alarm !== undefined && isComposite(alarm)
      ? alarmsOf(compositeDefinition(alarm.input).rule)
      : [];
  if (of === "parents") {
    const parents = all.filter((alarm) => childrenOf(alarm).includes(name));
    return {
      MetricAlarms: [],
      CompositeAlarms: parents.map((alarm) => ({ AlarmName: alarm.name, AlarmArn: alarm.arn })),
    };
  }
  const children = childrenOf(all.find((alarm) => alarm.name === name));
  const told = (isWanted: (alarm: AlarmRecord) => boolean): readonly ServiceMembers[] =>
    all
      .filter((alarm) => children.includes(alarm.name) && isWanted(alarm))
      .map((alarm) => ({
        AlarmName: alarm.name,
        AlarmArn: alarm.arn,
        StateValue: alarm.state,
        StateUpdatedTimestamp: new Date(alarm.stateUpdatedAt),
        StateTransitionedTimestamp: new Date(alarm.stateChangedAt),
      }));
  return {
    MetricAlarms: told((alarm) => !isComposite(alarm)),
    CompositeAlarms: told(isComposite),
  };
}

/** *Documented*: without `AlarmTypes` only metric alarms are meant. */
function typesOf(members: JsonObject): ReadonlySet<string> {
  const given = textsOf(members, "AlarmTypes");
  const wrong = given.find((type) => type !== "MetricAlarm" && type !== "CompositeAlarm");
  if (wrong !== undefined) {
    throw invalidValue(`The value '${wrong}' for parameter AlarmTypes is invalid.`);
  }
  return new Set(given.length === 0 ? ["MetricAlarm"] : given);
}

/** What every alarm has. */
function shownState(alarm: AlarmRecord): ServiceMembers {
  const { input, state, reason, reasonData } = alarm;
  return {
    AlarmName: alarm.name,
    AlarmArn: alarm.arn,
    AlarmDescription: asShown(input["AlarmDescription"]),
    AlarmConfigurationUpdatedTimestamp: new Date(alarm.configuredAt),
    ActionsEnabled: alarm.actionsEnabled,
    OKActions: textsOf(input, "OKActions"),
    AlarmActions: textsOf(input, "AlarmActions"),
    InsufficientDataActions: textsOf(input, "InsufficientDataActions"),
    StateValue: state,
    StateReason: reason,
    StateReasonData: reasonData,
    StateUpdatedTimestamp: new Date(alarm.stateUpdatedAt),
    StateTransitionedTimestamp: new Date(alarm.stateChangedAt),
  };
}

function shownComposite(alarm: AlarmRecord): ServiceMembers {
  const { input, held } = alarm;
  return {
    ...shownState(alarm),
    AlarmRule: asShown(input["AlarmRule"]),
    ActionsSuppressor: asShown(input["ActionsSuppressor"]),
    ActionsSuppressorWaitPeriod: decimalOf(input, "ActionsSuppressorWaitPeriod"),
    ActionsSuppressorExtensionPeriod: decimalOf(input, "ActionsSuppressorExtensionPeriod"),
    ActionsSuppressedBy: held && (held.suppressedAt === undefined ? "WaitPeriod" : "Alarm"),
  };
}

function shownAlarm(alarm: AlarmRecord): ServiceMembers {
  const { input } = alarm;
  const given = (name: string): ServiceValue => asShown(input[name]);
  const number = (name: string): number | undefined => decimalOf(input, name);
  return {
    ...shownState(alarm),
    MetricName: given("MetricName"),
    Namespace: given("Namespace"),
    Statistic: given("Statistic"),
    ExtendedStatistic: given("ExtendedStatistic"),
    Dimensions: asShown(structuresOf(input, "Dimensions")),
    Period: number("Period"),
    Unit: given("Unit"),
    EvaluationPeriods: number("EvaluationPeriods"),
    DatapointsToAlarm: number("DatapointsToAlarm"),
    Threshold: number("Threshold"),
    ComparisonOperator: given("ComparisonOperator"),
    TreatMissingData: given("TreatMissingData"),
    Metrics: asShown(structuresOf(input, "Metrics")),
  };
}

/** What was given as JSON is shown as it was given. */
function asShown(value: unknown): ServiceValue {
  return value as ServiceValue;
}
