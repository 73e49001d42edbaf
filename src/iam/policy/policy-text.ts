import { anyText, compileGlob, globSource, hasReserved } from "./glob.ts";
import { MalformedPolicy } from "./policy-problem.ts";
import type { ConditionContext } from "./question.ts";
import type { Truth } from "./truth.ts";

/** What a text of a policy means: whether it has wildcards and variables, and whether case counts. */
export interface TextKind {
  readonly hasWildcards?: boolean;
  /** Of policies since 2012-10-17, and not for every operator. */
  readonly hasVariables?: boolean;
  readonly ignoresCase?: boolean;
}

export interface PolicyText {
  readonly matches: (text: string, context: ConditionContext) => Truth;
  /** The keys of its variables, in lower case. */
  readonly variables: readonly string[];
}

type Part =
  /** Text of the policy, in which wildcards may be. */
  | { readonly type: "pattern"; readonly text: string }
  /** *Documented*: `${*}`, `${?}` and `${$}` are those characters. */
  | { readonly type: "literal"; readonly text: string }
  | Variable;

/** *Documented*: `${aws:username}`, or with what it is where there is none, `${aws:username, 'nobody'}`. */
interface Variable {
  readonly type: "variable";
  readonly key: string;
  readonly otherwise: string | undefined;
}

/** `a-${aws:username}-*` as a test. Throws a {@link MalformedPolicy} for a variable that is none. */
export function compileText(text: string, kind: TextKind): PolicyText {
  if (hasReserved(text)) throw new MalformedPolicy("Syntax errors in policy.");
  const parts: readonly Part[] =
    kind.hasVariables === true ? splitVariables(text) : [{ type: "pattern", text }];
  const fixed = parts.filter((part) => part.type !== "variable");
  const variables = parts.filter((part) => part.type === "variable");
  const test =
    variables.length === 0
      ? compileGlob(cased(fixed.map((part) => sourceOf(part, kind)).join(""), kind))
      : variableTest(parts, kind);
  return {
    matches:
      kind.ignoresCase === true ? (value, context) => test(value.toLowerCase(), context) : test,
    variables: variables.map(({ key }) => key),
  };
}

/**
 * A variable without a value stands for any text: where the rest does not match, nothing would; where it does, nobody can say.
 * *Documented* is only that such a statement may become invalid.
 */
function variableTest(parts: readonly Part[], kind: TextKind): PolicyText["matches"] {
  return (text, context) => {
    let isKnown = true;
    const sources = parts.map((part) => {
      if (part.type !== "variable") return sourceOf(part, kind);
      const value = valueOf(part, context);
      isKnown &&= value !== undefined;
      return value ?? anyText;
    });
    const isMatch = compileGlob(cased(sources.join(""), kind))(text);
    return isMatch && !isKnown ? "unknown" : isMatch;
  };
}

function cased(source: string, kind: TextKind): string {
  return kind.ignoresCase === true ? source.toLowerCase() : source;
}

function sourceOf(part: Exclude<Part, Variable>, kind: TextKind): string {
  return part.type === "pattern" && kind.hasWildcards === true ? globSource(part.text) : part.text;
}

/** *Documented*: a key with many values is no variable. */
function valueOf({ key, otherwise }: Variable, context: ConditionContext): string | undefined {
  const value = context.get(key) ?? otherwise;
  return typeof value !== "string" || hasReserved(value) ? undefined : value;
}

function splitVariables(text: string): readonly Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (;;) {
    const start = text.indexOf("${", at);
    if (start < 0) return [...parts, { type: "pattern", text: text.slice(at) }];
    const end = text.indexOf("}", start);
    const inside = end < 0 ? "" : text.slice(start + 2, end);
    parts.push({ type: "pattern", text: text.slice(at, start) }, variableOf(inside));
    at = end + 1;
  }
}

const variable = /^\s*([^\s,'{}$]+)\s*(?:,\s*'([^']*)'\s*)?$/;

function variableOf(inside: string): Part {
  if (inside === "*" || inside === "?" || inside === "$") return { type: "literal", text: inside };
  const [, key, otherwise] = variable.exec(inside) ?? [];
  if (key === undefined) throw new MalformedPolicy(`Invalid policy variable: \${${inside}}`);
  return { type: "variable", key: key.toLowerCase(), otherwise };
}
