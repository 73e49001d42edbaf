import { tokens } from "./tokens.ts";

/**
 * How many steps the longest path has, at most: the dots between operands that nothing else stands between. Brackets belong to the operand
 * before them.
 */
export function pathLength(text: string): number {
  const enclosing: number[] = [];
  let steps = 0;
  let longest = 0;
  let last = "";
  for (const token of tokens(text)) {
    if (token === "(" || token === "[" || token === "{") {
      enclosing.push(steps);
      steps = 0;
    } else if (token === ")" || token === "]" || token === "}") steps = enclosing.pop() ?? 0;
    else if (token === ".") steps++;
    // Two operands have an operator between them that is a word.
    else if (token !== "" || last === "") steps = 0;
    longest = Math.max(longest, steps);
    last = token;
  }
  return longest;
}
