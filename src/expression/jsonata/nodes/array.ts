import type { Scope } from "../scope.ts";
import type { ArrayNode } from "../syntax-tree.ts";
import { asConstructed, type Items, type Value } from "../value.ts";
import type { Compile, Evaluate } from "./evaluate.ts";

/** `[a, b, …]`: arrays among the values are flattened once, except where one is written as an array. */
export function compileArray(node: ArrayNode, scope: Scope, compile: Compile): Evaluate {
  const members = node.expressions.map((expression) => ({
    evaluate: compile(expression, scope),
    isNested: expression.type === "unary" && expression.value === "[",
  }));
  const isConstructed = node.consarray === true;
  return (input, frame, run) => {
    const items: Value[] = [];
    for (const { evaluate, isNested } of members) {
      const value = evaluate(input, frame, run);
      if (value === undefined) continue;
      if (isNested || !Array.isArray(value)) items.push(value);
      else {
        run.spendGrownItems(items.length + value.length, value.length);
        for (const item of value as Items) items.push(item);
      }
    }
    return isConstructed ? asConstructed(items) : items;
  };
}
