import { tokens } from "./tokens.ts";

/**
 * How deep the operators `?:` and `??` are nested on their left side, at most: `((a ?? b) ?? c) ?? d` is 3.
 *
 * The left operand is what stands before the operator since the last separator, with all brackets in it.
 */
export function defaultOperatorDepth(text: string): number {
  if (!/\?[?:]/.test(text)) return 0;
  const enclosing: Level[] = [];
  let level: Level = { deepest: 0, operand: 0 };
  let deepest = 0;
  for (const token of tokens(text)) {
    if (token === "(" || token === "[" || token === "{") {
      enclosing.push(level);
      level = { deepest: 0, operand: 0 };
    } else if (token === ")" || token === "]" || token === "}") {
      const inner = level.deepest;
      level = enclosing.pop() ?? { deepest: 0, operand: 0 };
      level.operand = Math.max(level.operand, inner);
      level.deepest = Math.max(level.deepest, inner);
    } else if (token === "??" || token === "?:") {
      level.deepest = Math.max(level.deepest, level.operand + 1);
      level.operand = 0;
    } else if (token === "," || token === ";") level.operand = 0;
    deepest = Math.max(deepest, level.deepest);
  }
  return deepest;
}

interface Level {
  /** The deepest nesting between this bracket and its end. */
  deepest: number;
  /** The deepest nesting in the operand that is being read. */
  operand: number;
}
