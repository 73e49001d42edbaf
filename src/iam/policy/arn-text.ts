import { compileText, type PolicyText, type TextKind } from "./policy-text.ts";
import { allOf } from "./truth.ts";

/** An ARN has six parts; the last may have colons of its own. */
const partCount = 6;

/** A variable, or a colon that is not within one. */
const colonOrVariable = /\$\{[^}]*\}|:/g;

/**
 * The test of an ARN by a pattern whose wildcards stay within a part, as ARN operators have it (*documented*). `undefined` for a
 * pattern that is none. *Our choice*: `*` is all ARNs.
 */
export function compileArnText(text: string, kind: TextKind): PolicyText | undefined {
  const parts = text === "*" ? Array<string>(partCount).fill("*") : splitArnPattern(text);
  if (parts === undefined) return undefined;
  const tests = parts.map((part, index) => ({
    index,
    ...compileText(part, { ...kind, hasWildcards: true }),
  }));
  return {
    matches(arn, context) {
      const given = splitArn(arn);
      if (given === undefined) return "unknown";
      return allOf(tests, ({ index, matches }) => matches(given[index] ?? "", context));
    },
    variables: tests.flatMap(({ variables }) => variables),
  };
}

function splitArnPattern(text: string): readonly string[] | undefined {
  const starts = [...text.matchAll(colonOrVariable)]
    .filter(([found]) => found === ":")
    .map(({ index }) => index + 1)
    .slice(0, partCount - 1);
  if (starts.length < partCount - 1) return undefined;
  return [0, ...starts].map((start, index) => {
    const next = starts[index];
    return text.slice(start, next === undefined ? undefined : next - 1);
  });
}

function splitArn(arn: string): readonly string[] | undefined {
  const parts = arn.split(":");
  if (parts.length < partCount || parts[0] !== "arn") return undefined;
  return [...parts.slice(0, partCount - 1), parts.slice(partCount - 1).join(":")];
}
