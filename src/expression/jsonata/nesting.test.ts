import jsonata from "jsonata";
import { expect, test } from "vitest";
import { compileExpression } from "./compile-expression.ts";
import { JsonataError } from "./jsonata-error.ts";
import { defaultLimits, maxDepth } from "./limits.ts";
import { parseExpression } from "./parse-expression.ts";

/** Expressions that nest deeper the larger `n` is. The package counts how deep its evaluations are, too. */
const shapes: readonly (readonly [name: string, shape: (n: number) => string])[] = [
  ["a sum", (n) => "1" + " + 1".repeat(n)],
  ["a sum to the right", (n) => "1 + (".repeat(n) + "1" + ")".repeat(n)],
  ["arrays", (n) => "[".repeat(n) + "]".repeat(n)],
  ["objects", (n) => '{"a": '.repeat(n) + "{}" + "}".repeat(n)],
  ["conditions", (n) => "true ? ".repeat(n) + "1" + " : 2".repeat(n)],
  ["conditions that are not met", (n) => "false ? 1 : ".repeat(n) + "2"],
  ["branches that are not taken", (n) => `true ? 1 : ${"1 + (".repeat(n)}1${")".repeat(n)}`],
  ["the second part of a logical and", (n) => "true and (".repeat(n) + "true" + ")".repeat(n)],
  ["predicates", (n) => "[1][".repeat(n) + "0" + "]".repeat(n)],
  ["predicates on names", (n) => "a[".repeat(n) + "1" + "]".repeat(n)],
  ["steps of a path", (n) => "a.(".repeat(n) + "1" + ")".repeat(n)],
  ["names at the end", (n) => "(".repeat(n) + "a" + ")".repeat(n)],
  ["negations", (n) => "-(".repeat(n) + "1" + ")".repeat(n)],
  ["calls", (n) => "$string(".repeat(n) + "1" + ")".repeat(n)],
  ["applications", (n) => "1" + " ~> $string".repeat(n)],
  ["applied calls", (n) => "1" + " ~> $append(2)".repeat(n)],
  ["default operators", (n) => `1 ?? (${"1 + (".repeat(n)}1${")".repeat(n)})`],
  ["what a default stands in for", (n) => `(${"1 + (".repeat(n)}$x${")".repeat(n)}) ?? 1`],
  ["groups", (n) => "a{'x': ".repeat(n) + "1" + "}".repeat(n)],
  ["sorts", (n) => "[2, 1]^(".repeat(n) + "1" + ")".repeat(n)],
  ["bindings", (n) => "($x := ".repeat(n) + "1" + ")".repeat(n)],
  ["steps that bind", (n) => "a@$x[".repeat(n) + "1" + "]".repeat(n)],
  ["recursion", (n) => `($f := function($n){ $n = 0 ? 0 : 1 + $f($n - 1) }; $f(${n}))`],
  ["recursion, looking last", (n) => `($f := function($n){ $n > 0 ? [$f($n - 1)] }; $f(${n}))`],
  [
    "recursion in an argument",
    (n) => `($f := function($n){ $n = 0 ? 0 : $sum([1, $f($n - 1)]) }; $f(${n}))`,
  ],
  [
    "recursion through another function",
    (n) => `($g := function($n){ -$f($n - 1) }; $f := function($n){ $n = 0 ? 0 : 1 + $g($n) };
      $f(${n}))`,
  ],
  [
    "recursion through a builtin",
    (n) => `($f := function($n){ $n = 0 ? 0 : $map([$n], function($m){ $f($m - 1) }) }; $f(${n}))`,
  ],
  ["a deep body", (n) => `($f := function($n){ ${"1 + (".repeat(n)}$n${")".repeat(n)} }; [$f(1)])`],
  [
    "a deep branch of a body",
    (n) => `($f := function($n){ $n > 0 ? ${"1 + (".repeat(n)}$n${")".repeat(n)} }; [$f(1)])`,
  ],
  [
    "a deep argument of a tail call",
    (n) => `($f := function($n){ $sum(${"1 + (".repeat(n)}$n${")".repeat(n)}) }; [$f(1)])`,
  ],
  ["a partial application", (n) => `($f := $append(?, ${"[".repeat(n)}1${"]".repeat(n)}); $f(1))`],
  ["composed functions", (n) => `($f := $string${" ~> $string".repeat(n)}; $f(1))`],
  ["a transform's update", (n) => `$ ~> |$|{"b": ${"1 + (".repeat(n)}1${")".repeat(n)}}|`],
];

test.each(shapes)("%s may be as deep as in the package", async (_, shape) => {
  const deepest = (await lastOf((n) => isWithinPackage(shape(n)))) as number;
  expect(await lastOf((n) => Promise.resolve(isWithin(shape(n))))).toBe(deepest);
});

/** The last number before the first that does not hold, or 120. */
async function lastOf(holds: (n: number) => Promise<boolean>): Promise<number> {
  let low = 0;
  let high = 120;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (await holds(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

const document = { a: { a: 1 } };

function isWithin(text: string): boolean {
  const environment = {
    document,
    lookup: () => undefined,
    random: { next: () => 0, uuid: () => "" },
    now: 0,
  };
  try {
    compileExpression(parseExpression(text)).evaluate(environment, defaultLimits, () => undefined);
  } catch (thrown) {
    if (thrown instanceof JsonataError) return thrown.bound !== "depth";
    throw thrown;
  }
  return true;
}

async function isWithinPackage(text: string): Promise<boolean> {
  const options = { stack: maxDepth } as jsonata.JsonataOptions;
  try {
    await jsonata(text, options).evaluate(structuredClone(document));
  } catch (thrown) {
    return (thrown as { readonly code?: string }).code !== "D1011";
  }
  return true;
}
