import type { SampleData } from "./candidate.ts";
import type { Token } from "./jsonata-tokens.ts";
import { contextOf, membersOfAll } from "./sample.ts";

/** What an expression may be at a place: each of the values that the sample has there. */
export type Values = readonly unknown[];

/** Our choice: values that are followed at a time. */
const mostValues = 200;

/** What is before a token that is about to be written. */
export interface Around {
  /** The values of what the next name is looked up in; absent: of what is not known. */
  readonly values?: Values;
  /** A name is next, and nothing else: a dot is before. */
  readonly isStep: boolean;
}

/**
 * What a name would be looked up in that follows these words: the path before a dot, or within brackets and parentheses the
 * items of the path before those.
 */
export function valuesBefore(tokens: readonly Token[], data: SampleData): Around {
  const last = tokens.at(-1);
  if (isMark(last, ".")) return { isStep: true, ...known(pathValues(tokens.slice(0, -1), data)) };
  return { isStep: false, ...known(contextValues(tokens, data)) };
}

function known(values: Values | undefined): Pick<Around, "values"> {
  return values === undefined ? {} : { values };
}

function isMark(token: Token | undefined, text: string): boolean {
  return token?.kind === "mark" && token.text === text;
}

/** The values of the path that the words end with; `undefined` if they end with none, or it begins with what is computed. */
function pathValues(tokens: readonly Token[], data: SampleData): Values | undefined {
  const last = tokens.at(-1);
  if (last === undefined) return undefined;
  const before = tokens.slice(0, -1);
  if (last.kind === "variable") {
    return last.text === "" ? contextValues(before, data) : variableValues(last.text, data);
  }
  if (last.kind === "name" || last.kind === "quotedName") {
    const dot = before.at(-1);
    const owner = isMark(dot, ".")
      ? pathValues(before.slice(0, -1), data)
      : contextValues(before, data);
    return owner && stepped(owner, last.text);
  }
  if (isMark(last, "*") && isMark(before.at(-1), ".")) {
    const owner = pathValues(before.slice(0, -1), data);
    return owner && itemsOf(owner).flatMap((value) => [...membersOfAll([value]).values()]);
  }
  if (!isMark(last, "]")) return undefined;
  const opening = openingOf(before);
  if (opening < 0) return undefined;
  const list = pathValues(before.slice(0, opening), data);
  return list && picked(list, before.slice(opening + 1));
}

/** Where the bracket is that the words' end closes; -1 if it is not there. */
function openingOf(tokens: readonly Token[]): number {
  let depth = 0;
  for (let index = tokens.length - 1; index >= 0; index--) {
    if (isMark(tokens[index], "]")) depth++;
    else if (isMark(tokens[index], "[") && depth-- === 0) return index;
  }
  return -1;
}

/** The items that a predicate leaves: the one of a number, any of those that something else picks. */
function picked(list: Values, predicate: readonly Token[]): Values {
  const [only, ...more] = predicate;
  if (only?.kind !== "number" || more.length > 0) return itemsOf(list);
  const item = itemsOf(list)[Number(only.text)];
  return item === undefined ? [] : [item];
}

/** What `$` and a name without a dot are in: the items of the path before the innermost open bracket or parenthesis. */
function contextValues(tokens: readonly Token[], data: SampleData): Values | undefined {
  let depth = 0;
  for (let index = tokens.length - 1; index >= 0; index--) {
    const token = tokens[index];
    if (isMark(token, "]") || isMark(token, ")") || isMark(token, "}")) depth++;
    else if (isMark(token, "[") || isMark(token, "(") || isMark(token, "{")) {
      if (depth-- > 0) continue;
      const before = tokens.slice(0, index);
      // A bracket after a path is its predicate; `path.(…)`, `path.{…}`, `path.[…]` and `path{…}` have its items, too.
      const path = isMark(before.at(-1), ".") ? before.slice(0, -1) : before;
      const isCall = isMark(token, "(") && path === before;
      const values = isCall ? undefined : pathValues(path, data);
      if (values !== undefined) return itemsOf(values);
      return contextValues(before, data);
    }
  }
  return undefined;
}

function variableValues(name: string, data: SampleData): Values | undefined {
  if (name === "states") return [statesOf(data)];
  const { variables = {} } = data;
  return Object.hasOwn(variables, name) ? [variables[name]] : undefined;
}

/** `$states` as far as there is data. */
export function statesOf(data: SampleData): object {
  const { input, result, errorOutput } = data;
  return Object.fromEntries(
    Object.entries({ input, context: contextOf(data), result, errorOutput }).filter(
      ([, value]) => value !== undefined,
    ),
  );
}

/** JSONata looks a name up in each item of an array. */
function stepped(owner: Values, name: string): Values {
  return itemsOf(owner)
    .map((value) => membersOfAll([value]).get(name))
    .filter((value) => value !== undefined);
}

/** Arrays are their items, however many are in each other. */
export function itemsOf(values: Values): Values {
  return values.slice(0, mostValues).flat(3).slice(0, mostValues);
}
