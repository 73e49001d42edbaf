/** A mathematical expression over metrics, as CloudWatch has them, as far as it is understood here. */
export type Expression =
  | { readonly type: "number"; readonly value: number }
  | { readonly type: "metric"; readonly id: string }
  | { readonly type: "list"; readonly items: readonly Expression[] }
  | { readonly type: "negative"; readonly of: Expression }
  | {
      readonly type: "operation";
      readonly operator: Operator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly type: "call"; readonly name: string; readonly given: readonly Expression[] };

export type Operator = "+" | "-" | "*" | "/" | "^" | "<" | "<=" | ">" | ">=" | "==" | "!=";

/** What is wrong with an expression; the message is ours. */
export class ExpressionProblem extends Error {}

const token =
  /\s*(?:(\d+(?:\.\d+)?|\.\d+)|([A-Za-z_][A-Za-z0-9_]*)|(<=|>=|==|!=|[-+*/^<>(),[\]]))/y;

/** From the weakest on; those of one line hold equally. */
const binary: readonly (readonly Operator[])[] = [
  ["<", "<=", ">", ">=", "==", "!="],
  ["+", "-"],
  ["*", "/"],
];
/** Our choice. *Documented*: an expression has at most 2,048 characters. */
const deepest = 50;

export function parseExpression(text: string): Expression {
  const tokens = tokensOf(text);
  let next = 0;
  let depth = 0;

  const take = (expected: string): void => {
    if (tokens[next] !== expected) {
      throw new ExpressionProblem(
        `'${expected}' is expected before '${tokens[next] ?? "its end"}'`,
      );
    }
    next++;
  };

  function level(strength: number): Expression {
    const operators = binary[strength];
    if (operators === undefined) return power();
    let left = level(strength + 1);
    for (
      let operator = operators.find((each) => each === tokens[next]);
      operator !== undefined;
      operator = operators.find((each) => each === tokens[next])
    ) {
      next++;
      left = { type: "operation", operator, left, right: level(strength + 1) };
    }
    return left;
  }

  function power(): Expression {
    const base = single();
    if (tokens[next] !== "^") return base;
    next++;
    return { type: "operation", operator: "^", left: base, right: power() };
  }

  function single(): Expression {
    if (++depth > deepest) throw new ExpressionProblem("it is nested too deeply");
    const first = tokens[next++];
    try {
      if (first === undefined) throw new ExpressionProblem("it ends too early");
      if (first === "-") return { type: "negative", of: power() };
      if (first === "(") {
        const inner = level(0);
        take(")");
        return inner;
      }
      if (first === "[") return { type: "list", items: listUntil("]") };
      if (/^[\d.]/.test(first)) return { type: "number", value: Number(first) };
      if (!/^[A-Za-z_]/.test(first)) throw new ExpressionProblem(`'${first}' has no place there`);
      if (tokens[next] !== "(") return { type: "metric", id: first };
      next++;
      return { type: "call", name: first.toUpperCase(), given: listUntil(")") };
    } finally {
      depth--;
    }
  }

  function listUntil(end: string): readonly Expression[] {
    const items: Expression[] = [];
    while (tokens[next] !== end) {
      if (items.length > 0) take(",");
      items.push(level(0));
    }
    next++;
    return items;
  }

  const whole = level(0);
  if (next < tokens.length) throw new ExpressionProblem(`'${tokens[next]}' has no place there`);
  return whole;
}

function tokensOf(text: string): readonly string[] {
  const tokens: string[] = [];
  token.lastIndex = 0;
  const trimmed = text.trimEnd();
  while (token.lastIndex < trimmed.length) {
    const at = token.lastIndex;
    const [, number, name, sign] = token.exec(trimmed) ?? [];
    const found = number ?? name ?? sign;
    if (found === undefined) {
      throw new ExpressionProblem(`'${trimmed.slice(at).trim().slice(0, 20)}' is not understood`);
    }
    tokens.push(found);
  }
  return tokens;
}
