/** A word of a JSONata text, as far as paths are made of it. */
export interface Token {
  readonly kind: "name" | "quotedName" | "variable" | "string" | "number" | "mark";
  /** Without quotes and `$`. */
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** The text ends before its closing quote. */
  readonly isOpen?: true;
}

const patterns: readonly (readonly [Token["kind"] | "blank", RegExp])[] = [
  ["blank", /\s+|\/\*[\s\S]*?(?:\*\/|$)/y],
  ["string", /"(?:[^"\\]|\\[\s\S])*(?:"|\\?$)|'(?:[^'\\]|\\[\s\S])*(?:'|\\?$)/y],
  ["quotedName", /`[^`]*(?:`|$)/y],
  ["variable", /\$\$?[\p{L}\p{N}_]*/uy],
  ["number", /[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y],
  ["name", /[\p{L}_][\p{L}\p{N}_]*/uy],
  ["mark", /\.\.|:=|~>|\?:|\?\?|[\s\S]/y],
];

/** The words of the beginning of a text; the last may be open. Regular expressions are read as the marks that they are made of. */
export function jsonataTokens(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const from = at;
    for (const [kind, pattern] of patterns) {
      pattern.lastIndex = from;
      const found = pattern.exec(text)?.[0];
      if (found === undefined || found === "") continue;
      at += found.length;
      if (kind !== "blank") tokens.push(tokenOf(kind, found, from));
      break;
    }
  }
  return tokens;
}

function tokenOf(kind: Token["kind"], found: string, from: number): Token {
  const place = { kind, from, to: from + found.length };
  if (kind === "variable") return { ...place, text: found.slice(1) };
  if (kind !== "string" && kind !== "quotedName") return { ...place, text: found };
  const isClosed = found.length > 1 && found.endsWith(found.charAt(0)) && !endsEscaped(found, kind);
  return isClosed
    ? { ...place, text: found.slice(1, -1) }
    : { ...place, text: found.slice(1), isOpen: true };
}

/** Whether the last quote is one of the text's own: `"a\"`. */
function endsEscaped(found: string, kind: Token["kind"]): boolean {
  const backslashes = /\\*$/.exec(found.slice(1, -1))?.[0].length ?? 0;
  return kind === "string" && backslashes % 2 === 1;
}
