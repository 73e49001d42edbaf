import type { AlarmState } from "./judge.ts";

/** The rule of a composite alarm, `ALARM("a") AND NOT (OK(b) OR INSUFFICIENT_DATA(c))`. */
export type CompositeRule =
  | { readonly type: "constant"; readonly value: boolean }
  /** `alarm` is a name or an ARN, as it was given. */
  | { readonly type: "state"; readonly state: AlarmState; readonly alarm: string }
  | { readonly type: "not"; readonly of: CompositeRule }
  | AtLeastRule
  | {
      readonly type: "and" | "or";
      readonly left: CompositeRule;
      readonly right: CompositeRule;
    };

/** `AT_LEAST(2, NOT OK, (a, b, c))`: so many of the alarms are in a state, or not in it. */
export interface AtLeastRule {
  readonly type: "atLeast";
  readonly threshold: number;
  /** Whether the threshold is in per cent of the alarms. */
  readonly isShare: boolean;
  readonly isNegated: boolean;
  readonly state: AlarmState;
  /** Names or ARNs, as they were given. */
  readonly alarms: readonly string[];
}

/** What is wrong with a rule; the message is ours. */
export class CompositeRuleProblem extends Error {}

/** *Documented*: characters of a rule, its elements, and alarms that it names. */
const longestRule = 10_240;
const mostElements = 500;
const mostAlarms = 100;
/** Our choice. */
const deepest = 100;

const states: readonly string[] = ["ALARM", "OK", "INSUFFICIENT_DATA"] satisfies AlarmState[];
/** A name with signs that the language has is in quotes; what is in them is the name, but for `\"`. */
const token = /\s*(?:([(),])|"((?:[^"\\]|\\.)*)"|([^\s()",]+))/y;

interface Token {
  readonly text: string;
  readonly isQuoted: boolean;
}

/** *Documented*: NOT holds before AND, AND before OR; functions and operators may be in small letters. */
export function parseCompositeRule(text: string): CompositeRule {
  if (text.length > longestRule) {
    throw new CompositeRuleProblem(`it is longer than ${longestRule} characters`);
  }
  const tokens = tokensOf(text);
  let next = 0;
  let depth = 0;
  let elements = 0;

  const isNext = (word: string): boolean => {
    const { text: found = "", isQuoted = true } = tokens[next] ?? {};
    return !isQuoted && found.toUpperCase() === word;
  };
  const take = (word: string): void => {
    if (!isNext(word)) {
      throw new CompositeRuleProblem(
        `'${word}' is expected before '${tokens[next]?.text ?? "its end"}'`,
      );
    }
    next++;
  };

  function joined(type: "and" | "or", part: () => CompositeRule): CompositeRule {
    let left = part();
    while (isNext(type.toUpperCase())) {
      next++;
      left = { type, left, right: part() };
    }
    return left;
  }
  const alternatives = (): CompositeRule => joined("or", () => joined("and", single));

  function single(): CompositeRule {
    if (++elements > mostElements) {
      throw new CompositeRuleProblem(`it has more than ${mostElements} elements`);
    }
    if (++depth > deepest) throw new CompositeRuleProblem("it is nested too deeply");
    try {
      if (isNext("NOT")) {
        next++;
        return { type: "not", of: single() };
      }
      if (isNext("(")) {
        next++;
        const inner = alternatives();
        take(")");
        return inner;
      }
      return element();
    } finally {
      depth--;
    }
  }

  function element(): CompositeRule {
    const first = tokens[next++];
    if (first === undefined) throw new CompositeRuleProblem("it ends too early");
    const word = first.isQuoted ? "" : first.text.toUpperCase();
    if (word === "TRUE" || word === "FALSE") return { type: "constant", value: word === "TRUE" };
    if (word === "AT_LEAST") return atLeast();
    if (!states.includes(word)) {
      throw new CompositeRuleProblem(`'${first.text}' has no place there`);
    }
    take("(");
    const alarm = alarmFor(word);
    take(")");
    return { type: "state", state: word as AlarmState, alarm };
  }

  function alarmFor(word: string): string {
    const alarm = tokens[next++];
    if (alarm === undefined || (!alarm.isQuoted && /^[(),]$/.test(alarm.text))) {
      throw new CompositeRuleProblem(`${word} needs the name of an alarm`);
    }
    return alarm.text;
  }

  /** *Documented*: at least so many, or so many per cent, of some alarms are in a state; `NOT` before the state: are not in it. */
  function atLeast(): AtLeastRule {
    take("(");
    const [, digits, sign] = /^(\d+)(%?)$/.exec(tokens[next++]?.text ?? "") ?? [];
    take(",");
    const isNegated = isNext("NOT");
    if (isNegated) next++;
    const state = tokens[next++]?.text.toUpperCase() ?? "";
    if (!states.includes(state)) {
      throw new CompositeRuleProblem(`AT_LEAST needs a state before '${tokens[next]?.text ?? ""}'`);
    }
    take(",");
    take("(");
    const alarms = [alarmFor("AT_LEAST")];
    while (isNext(",")) {
      next++;
      alarms.push(alarmFor("AT_LEAST"));
    }
    take(")");
    take(")");
    elements += alarms.length;
    const threshold = Number(digits ?? 0);
    const isShare = sign === "%";
    const most = isShare ? 100 : alarms.length;
    if (threshold < 1 || threshold > most) {
      throw new CompositeRuleProblem(`the threshold of AT_LEAST is from 1 to ${most}`);
    }
    return { type: "atLeast", threshold, isShare, isNegated, state: state as AlarmState, alarms };
  }

  const rule = alternatives();
  const rest = tokens[next];
  if (rest !== undefined) throw new CompositeRuleProblem(`'${rest.text}' has no place there`);
  if (new Set(alarmsOf(rule)).size > mostAlarms) {
    throw new CompositeRuleProblem(`it names more than ${mostAlarms} alarms`);
  }
  return rule;
}

/** The names of the alarms that a rule asks about; of an ARN the name in it. */
export function alarmsOf(rule: CompositeRule): readonly string[] {
  switch (rule.type) {
    case "constant":
      return [];
    case "state":
      return [alarmNameOf(rule.alarm)];
    case "atLeast":
      return rule.alarms.map(alarmNameOf);
    case "not":
      return alarmsOf(rule.of);
    case "and":
    case "or":
      return [...alarmsOf(rule.left), ...alarmsOf(rule.right)];
  }
}

/** `errors` of `errors` and of `arn:aws:cloudwatch:us-east-1:123456789012:alarm:errors`. */
export function alarmNameOf(nameOrArn: string): string {
  return /^arn:[^:]*:cloudwatch:[^:]*:[^:]*:alarm:(.+)$/s.exec(nameOrArn)?.[1] ?? nameOrArn;
}

/** Whether the rule holds; `stateOf` an alarm that there is none of is `INSUFFICIENT_DATA`. */
export function holds(rule: CompositeRule, stateOf: (name: string) => AlarmState): boolean {
  switch (rule.type) {
    case "constant":
      return rule.value;
    case "state":
      return stateOf(alarmNameOf(rule.alarm)) === rule.state;
    case "atLeast":
      return isReached(rule, stateOf);
    case "not":
      return !holds(rule.of, stateOf);
    case "and":
      return holds(rule.left, stateOf) && holds(rule.right, stateOf);
    case "or":
      return holds(rule.left, stateOf) || holds(rule.right, stateOf);
  }
}

function isReached(
  { threshold, isShare, isNegated, state, alarms }: AtLeastRule,
  stateOf: (name: string) => AlarmState,
): boolean {
  const count = alarms.filter(
    (alarm) => (stateOf(alarmNameOf(alarm)) === state) !== isNegated,
  ).length;
  return isShare ? count * 100 >= threshold * alarms.length : count >= threshold;
}

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  token.lastIndex = 0;
  const trimmed = text.trimEnd();
  while (token.lastIndex < trimmed.length) {
    const at = token.lastIndex;
    const [, sign, quoted, word] = token.exec(trimmed) ?? [];
    if (quoted !== undefined) {
      tokens.push({ text: quoted.replace(/\\(.)/gs, "$1"), isQuoted: true });
      continue;
    }
    const found = sign ?? word;
    if (found === undefined) {
      throw new CompositeRuleProblem(
        `'${trimmed.slice(at).trim().slice(0, 20)}' is not understood`,
      );
    }
    tokens.push({ text: found, isQuoted: false });
  }
  return tokens;
}
