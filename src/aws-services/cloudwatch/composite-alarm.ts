import type { JsonObject } from "../../expression/json.ts";
import {
  alarmNameOf,
  alarmsOf,
  type CompositeRule,
  CompositeRuleProblem,
  holds,
  parseCompositeRule,
} from "../../telemetry/alarms/composite-rule.ts";
import type { AlarmState } from "../../telemetry/alarms/judge.ts";
import { numberOf, requiredText, textOf } from "../members.ts";
import { type AlarmRecord, checkActions, type HeldActions } from "./alarm-record.ts";
import { validationError } from "./metric-input.ts";

/** What a composite alarm looks at. */
export interface CompositeDefinition {
  readonly rule: CompositeRule;
  /** The alarms that it asks about, its suppressor among them, by name. */
  readonly children: readonly string[];
  readonly suppressor?: Suppressor | undefined;
}

interface Suppressor {
  readonly name: string;
  /** How long actions wait for it to go into alarm, and how long after it was. */
  readonly waitMs: number;
  readonly extensionMs: number;
}

export function isComposite({ input }: Pick<AlarmRecord, "input">): boolean {
  return input["AlarmRule"] !== undefined;
}

/** Reads PutCompositeAlarm; what is not understood is refused. */
export function compositeDefinition(input: JsonObject): CompositeDefinition {
  checkActions(input);
  const rule = ruleOf(requiredText(input, "AlarmRule"));
  const name = textOf(input, "ActionsSuppressor");
  const seconds = (member: string): number => {
    if (name !== undefined && input[member] === undefined) {
      throw validationError(`ActionsSuppressor needs ${member}.`);
    }
    return numberOf(input, member, { usual: 0, least: 0, most: 86_400 });
  };
  const waitMs = seconds("ActionsSuppressorWaitPeriod") * 1_000;
  const extensionMs = seconds("ActionsSuppressorExtensionPeriod") * 1_000;
  if (name === undefined) return { rule, children: [...new Set(alarmsOf(rule))] };
  const suppressor = { name: alarmNameOf(name), waitMs, extensionMs };
  return { rule, children: [...new Set([...alarmsOf(rule), suppressor.name])], suppressor };
}

function ruleOf(text: string): CompositeRule {
  try {
    return parseCompositeRule(text);
  } catch (error) {
    if (!(error instanceof CompositeRuleProblem)) throw error;
    throw validationError(`AlarmRule must be a valid rule expression: ${error.message}.`);
  }
}

/**
 * The state of each composite alarm of a Region, by those of the others. *Documented*: a rule that holds is an alarm, one that does not is
 * OK; those that depend on themselves are not judged. One that is not there has too little data.
 */
export function compositeStates(alarms: readonly AlarmRecord[]): ReadonlyMap<string, AlarmState> {
  const byName = new Map(alarms.map((alarm) => [alarm.name, alarm]));
  const judged = new Map<string, AlarmState>();
  const circular = new Set<string>();

  function stateOf(name: string, path: readonly string[]): AlarmState {
    const alarm = byName.get(name);
    if (alarm === undefined) return "INSUFFICIENT_DATA";
    const known = judged.get(name);
    if (known !== undefined || !isComposite(alarm)) return known ?? alarm.state;
    const begin = path.indexOf(name);
    if (begin >= 0) {
      for (const each of path.slice(begin)) circular.add(each);
      return alarm.state;
    }
    const { rule } = compositeDefinition(alarm.input);
    // All of them, so that each circle is found whatever the others say.
    const states = new Map(alarmsOf(rule).map((child) => [child, stateOf(child, [...path, name])]));
    const isBeyond = holds(rule, (child) => states.get(child) ?? "INSUFFICIENT_DATA");
    const state = circular.has(name) ? alarm.state : isBeyond ? "ALARM" : "OK";
    judged.set(name, state);
    return state;
  }

  for (const alarm of alarms) if (isComposite(alarm)) stateOf(alarm.name, []);
  return judged;
}

/**
 * What becomes of held actions: they are performed, or wait on. *Documented*: they wait for the suppressor to go into alarm, and for as long
 * as it is and some time after it; here it is looked at each minute.
 */
export function heldOn(
  held: HeldActions,
  { waitMs, extensionMs }: Suppressor,
  isSuppressing: boolean,
  now: number,
): HeldActions | "perform" {
  if (isSuppressing) return { ...held, suppressedAt: now };
  const { since, suppressedAt } = held;
  const until = suppressedAt === undefined ? since + waitMs : suppressedAt + extensionMs;
  return now >= until ? "perform" : held;
}
