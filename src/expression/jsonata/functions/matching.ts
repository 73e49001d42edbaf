import { isFunction } from "../callable.ts";
import { jsonataError } from "../jsonata-error.ts";
import type { Run } from "../run.ts";
import { asSequence, isItems, textOf, type Items, type Value, type ValueObject } from "../value.ts";
import { define, type Definitions } from "./definition.ts";

/** The functions that take a text apart with a fixed text or a matcher, usually a regular expression. */
export const matchingFunctions: Definitions = {
  contains: define("<s-(sf):b>", 2, ([text, pattern], run) => {
    if (typeof text !== "string" || pattern === undefined) return undefined;
    if (typeof pattern === "string") {
      run.spendSearch(text.length, pattern.length);
      return text.includes(pattern);
    }
    return firstMatch(pattern, text, "contains", run) !== undefined;
  }),

  match: define("<s-f<s:o>n?:a<o>>", 3, ([text, matcher, limit], run) => {
    if (typeof text !== "string") return undefined;
    const most = checkedLimit(limit, "D3040", 3);
    const found: Value[] = [];
    for (const match of matches(matcher, text, most, "match", run)) {
      found.push({ match: match["match"], index: match["start"], groups: match["groups"] });
    }
    return asSequence(found);
  }),

  replace: define("<s-(sf)(sf)n?:s>", 4, ([text, pattern, replacement, limit], run) => {
    if (typeof text !== "string") return undefined;
    if (pattern === "") throw jsonataError("D3010", { value: pattern, index: 2 });
    const most = checkedLimit(limit, "D3011", 4);
    const found =
      typeof pattern === "string"
        ? occurrences(text, pattern, most, run)
        : matches(pattern, text, most, "replace", run);
    const isLiteral = typeof pattern === "string";
    let result = "";
    let position = 0;
    for (const match of found) {
      const substitute = isLiteral ? replacement : substituteFor(match, replacement, run);
      if (typeof substitute !== "string") throw jsonataError("D3012", { value: substitute });
      const start = placeOf(match["start"]);
      const piece = text.slice(position, start) + substitute;
      run.spendGrowth(result.length + piece.length, piece.length);
      result += piece;
      position = start + textOf(match["match"]).length;
    }
    run.spendCharacters(result.length + text.length - position);
    return result + text.slice(position);
  }),

  split: define("<s-(sf)n?:a<s>>", 3, ([text, separator, limit], run) => {
    if (typeof text !== "string") return undefined;
    const most = checkedLimit(limit, "D3020", 3);
    if (typeof separator === "string") {
      run.spendSearch(text.length, separator.length);
      if (separator === "") run.spendItems(text.length);
      const parts = text.split(separator, limit as number | undefined);
      run.spendItems(parts.length);
      return parts;
    }
    const parts: string[] = [];
    let start = 0;
    for (const match of matches(separator, text, most, "split", run)) {
      parts.push(text.slice(start, placeOf(match["start"])));
      start = placeOf(match["end"]);
    }
    if (parts.length < most) parts.push(text.slice(start));
    return parts;
  }),
};

function checkedLimit(limit: Value, code: "D3011" | "D3020" | "D3040", index: number): number {
  if (limit === undefined) return Infinity;
  if ((limit as number) < 0) throw jsonataError(code, { value: limit, index });
  return limit as number;
}

/** The matches of a matcher function, one after the other, up to a limit. */
function* matches(
  matcher: Value,
  text: string,
  most: number,
  token: string,
  run: Run,
): Generator<ValueObject> {
  if (!(most > 0)) return;
  let match = firstMatch(matcher, text, token, run);
  for (let count = 0; match !== undefined && count < most;) {
    yield match;
    count++;
    match = checkedMatch(run.call(match["next"], [undefined]), token);
  }
}

function firstMatch(
  matcher: Value,
  text: string,
  token: string,
  run: Run,
): ValueObject | undefined {
  return checkedMatch(run.call(matcher, [text]), token);
}

/** A matcher gives nothing, or an object with at least one of the members of a match. */
function checkedMatch(match: Value, token: string): ValueObject | undefined {
  if (match === undefined) return undefined;
  if (typeof match === "object" && match !== null && !Array.isArray(match) && !isFunction(match)) {
    const object = match as ValueObject;
    const isMatch =
      typeof object["start"] === "number" ||
      Array.isArray(object["groups"]) ||
      isFunction(object["next"]);
    if (isMatch) return object;
  }
  throw jsonataError("T1010", { token });
}

function* occurrences(
  text: string,
  sought: string,
  most: number,
  run: Run,
): Generator<ValueObject> {
  run.spendSearch(text.length, sought.length);
  let start = text.indexOf(sought);
  for (let count = 0; start >= 0 && count < most; count++) {
    run.spend(1);
    yield { match: sought, start };
    start = text.indexOf(sought, start + sought.length);
  }
}

function substituteFor(match: ValueObject, replacement: Value, run: Run): Value {
  if (typeof replacement !== "string") return run.call(replacement, [match]);
  const groups = match["groups"];
  return expand(replacement, textOf(match["match"]), isItems(groups) ? groups : []);
}

/** A matcher that is not a regular expression may leave members of a match out. */
function placeOf(position: Value): number {
  return typeof position === "number" ? position : 0;
}

/**
 * A replacement text: `$0` is the match, `$1` … its groups, `$$` a dollar. As many digits are read as the
 * number of groups has, one fewer if that is no group.
 */
function expand(replacement: string, match: string, groups: Items): string {
  const digits = groups.length === 0 ? 1 : Math.floor(Math.log10(groups.length)) + 1;
  let result = "";
  let position = 0;
  for (;;) {
    const dollar = replacement.indexOf("$", position);
    if (dollar < 0) return result + replacement.slice(position);
    result += replacement.slice(position, dollar);
    position = dollar + 1;
    const next = replacement.charAt(position);
    if (next === "$" || next === "0") {
      result += next === "$" ? "$" : match;
      position++;
      continue;
    }
    let group = Number.parseInt(replacement.slice(position, position + digits), 10);
    if (digits > 1 && group > groups.length) {
      group = Number.parseInt(replacement.slice(position, position + digits - 1), 10);
    }
    if (Number.isNaN(group)) result += "$";
    else {
      result += textOf(groups[group - 1]);
      position += String(group).length;
    }
  }
}
