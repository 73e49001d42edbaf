/** A piece of an expression. `end` is what stands behind the last. */
export interface Token {
  readonly type: "word" | "name" | "value" | "index" | "symbol" | "unknown" | "end";
  readonly text: string;
  /** Where in the expression it begins and ends. */
  readonly start: number;
  readonly end: number;
}

const pieces =
  /(?<space>\s+)|(?<word>[A-Za-z][A-Za-z0-9_]*)|(?<name>#[A-Za-z0-9_]+)|(?<value>:[A-Za-z0-9_]+)|(?<index>\d+)|(?<symbol><=|>=|<>|[=<>(),.[\]+-])|(?<unknown>[^])/g;

/** The pieces of an expression: words, `#name`, `:value`, numbers of `[0]`, and symbols. */
export function tokensOf(expression: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const match of expression.matchAll(pieces)) {
    const [text] = match;
    const type = Object.entries(match.groups ?? {}).find(([, found]) => found !== undefined)?.[0];
    if (type === undefined || type === "space") continue;
    const { index } = match;
    tokens.push({ type: type as Token["type"], text, start: index, end: index + text.length });
  }
  const { length } = expression;
  tokens.push({ type: "end", text: "<EOF>", start: length, end: length });
  return tokens;
}
