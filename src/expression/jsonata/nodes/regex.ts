import { Callable } from "../callable.ts";
import { jsonataError } from "../jsonata-error.ts";
import { compileRegularExpression, type RegularExpression } from "../regular-expression.ts";
import type { Run } from "../run.ts";
import type { RegexNode } from "../syntax-tree.ts";
import type { ValueObject } from "../value.ts";
import type { Evaluate } from "./evaluate.ts";

/**
 * `/…/`: a function that finds its first match in a text: `{match, start, end, groups, next}`, where `next` is
 * a function that finds the one after it. Other functions of this shape are as good for `$match`, `$replace` …
 */
export function compileRegex(node: RegexNode): Evaluate {
  const expression = compileRegularExpression(node.value.source ?? "", node.value.flags ?? "");
  const matcher = new Callable(1, ([text], run) =>
    typeof text === "string" ? matchFrom(expression, text, 0, run) : undefined,
  );
  return () => matcher;
}

function matchFrom(
  expression: RegularExpression,
  text: string,
  from: number,
  run: Run,
): ValueObject | undefined {
  const found = expression.find(text, from, run);
  if (found === undefined) return undefined;
  const end = found.start + found.text.length;
  const next = new Callable(0, (_, innerRun) => {
    if (end >= text.length) return undefined;
    const following = matchFrom(expression, text, end, innerRun);
    // A match of nothing would be found for ever.
    if (following?.["match"] === "") throw jsonataError("D1004");
    return following;
  });
  return { match: found.text, start: found.start, end, groups: found.groups, next };
}
