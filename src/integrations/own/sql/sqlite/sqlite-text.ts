/** What a statement's text says of itself, without knowing its grammar. */
export interface StatementText {
  /** In capitals. */
  readonly firstWord: string;
  /** How many values it wants: each `?` one, and `?3` three at least. */
  readonly parameters: number;
  /** Whether more comes after the first semicolon than semicolons. */
  readonly hasMore: boolean;
  /** Whether it has parameters with names (`:id`, `@id`, `$id`), which a list cannot give. */
  readonly hasNamed: boolean;
}

/** Blanks and comments, texts and names in quotes, parameters, words, and anything else a character at a time. */
const token =
  /\s+|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|\?\d*|[:@$][A-Za-z_][\w$]*|[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*|[\s\S]/g;

const skipped = /^(?:\s|--|\/\*)/;

/** Reads a statement as SQLite's own tokenizer does, as far as the questions above need it. Source: sqlite.org, lang.html. */
export function readStatement(text: string): StatementText {
  let firstWord = "";
  let parameters = 0;
  let hasNamed = false;
  let hasEnded = false;
  let hasMore = false;
  for (const [part] of text.matchAll(token)) {
    if (skipped.test(part)) continue;
    if (part === ";") {
      hasEnded = true;
      continue;
    }
    if (hasEnded) hasMore = true;
    if (firstWord === "") firstWord = part.toUpperCase();
    if (part.startsWith("?"))
      parameters = part === "?" ? parameters + 1 : Math.max(parameters, Number(part.slice(1)));
    if (/^[:@$]./.test(part)) hasNamed = true;
  }
  return { firstWord, parameters, hasMore, hasNamed };
}
