import jsonata from "jsonata";
import type { EvaluationScope } from "../src/expression/evaluation.ts";
import { compileJsonata, statesValue } from "../src/expression/jsonata/compile-jsonata.ts";

/**
 * Evaluations per second of compiled JSONata expressions, ours and the jsonata package's side by side.
 *
 * Both are parsed once. The package returns a promise, which is awaited, as any caller of it must.
 */
const input = {
  x: 42,
  user: { name: "Jane" },
  items: Array.from({ length: 20 }, (_, id) => ({ id, name: `item ${id}`, price: id * 1.5 })),
};

const expressions = [
  "$states.input.user.name",
  '{"a": $states.input.x + 1, "b": $uuid()}',
  '$states.input.x > 40 and $states.input.user.name = "Jane"',
  "$sum($states.input.items.price)",
  "$states.input.items[price > 10].name",
  "$map($states.input.items, function($v){ $v.price * 2 })",
];

const scope: EvaluationScope = {
  context: {},
  variables: { lookup: () => undefined },
  // The same for both, so that drawing a UUID is not what is measured.
  random: { next: () => 0.5, uuid: () => "00000000-0000-4000-8000-000000000000" },
  now: 0,
};
const runMs = 150;

console.log("expression | ours/s | package/s | ratio");
for (const text of expressions) {
  const compiled = compileJsonata(text);
  const ours = rate(() => compiled.evaluate(statesValue({ input }, scope), scope));
  const expression = jsonata(text);
  expression.registerFunction("uuid", () => scope.random.uuid());
  const theirs = await asyncRate(() => expression.evaluate(undefined, { states: { input } }));
  console.log(
    `${text} | ${Math.round(ours)} | ${Math.round(theirs)} | ${(ours / theirs).toFixed(1)}`,
  );
}

function rate(evaluate: () => unknown): number {
  const end = performance.now() + runMs / 2;
  while (performance.now() < end) for (let i = 0; i < 100; i++) evaluate();
  const start = performance.now();
  let count = 0;
  while (performance.now() - start < runMs) {
    for (let i = 0; i < 100; i++) evaluate();
    count += 100;
  }
  return (count / (performance.now() - start)) * 1000;
}

async function asyncRate(evaluate: () => Promise<unknown>): Promise<number> {
  const end = performance.now() + runMs / 2;
  while (performance.now() < end) for (let i = 0; i < 10; i++) await evaluate();
  const start = performance.now();
  let count = 0;
  while (performance.now() - start < runMs) {
    for (let i = 0; i < 10; i++) await evaluate();
    count += 10;
  }
  return (count / (performance.now() - start)) * 1000;
}
