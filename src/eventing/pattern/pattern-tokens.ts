import { type ExactNumber, numberFromText } from "../../expression/exact-number.ts";
import { InvalidEventPattern } from "./invalid-event-pattern.ts";

/** A token of a pattern's JSON. */
export interface Token {
  readonly type: "{" | "}" | "[" | "]" | "name" | "string" | "number" | "literal" | "end";
  /** What a name or a string says; a literal or a number as it is written. */
  readonly text: string;
  /** How far AWS's parser (Jackson) has read when it has come to the token: a string is not read before it is asked for. */
  readonly reached: number;
  /** Behind the token. */
  readonly end: number;
}

/**
 * The tokens of a pattern one by one. Errors say where the parser of the service would have stood.
 * *Observed*: recordings of TestEventPattern, messages with their places.
 */
export class PatternTokens {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #at = -1;

  /** Throws an {@link InvalidEventPattern} for what is no JSON. */
  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokensOf(text);
  }

  get current(): Token {
    return this.#tokens[Math.max(this.#at, 0)] as Token;
  }

  next(): Token {
    if (this.#at < this.#tokens.length - 1) this.#at++;
    return this.current;
  }

  /** The number that the current token is. */
  number(): number | ExactNumber {
    return numberFromText(this.current.text);
  }

  /** Refuses the pattern because of the current token. `isRead`: its text has been asked for. */
  refuse(message: string, isRead = false): never {
    throw new InvalidEventPattern(`${message}${this.#place(isRead)}`);
  }

  /** As {@link refuse}, where the service's compiler wraps its own error and says the place twice. */
  refuseInList(message: string): never {
    throw new InvalidEventPattern(`${message}${this.#place(false).repeat(2)}`);
  }

  #place(isRead: boolean): string {
    const { reached, end } = this.current;
    return placeOf(this.#text, isRead ? end : reached);
  }
}

const tokenSyntax =
  /[ \t\r\n]*(?:([{}[\],:])|("(?:[^"\\]|\\.)*")|(-?\d[-+.\deE]*)|(true|false|null)(?![\w$]))/y;

/** The text has been seen to be JSON: commas and colons say nothing any more. */
function tokensOf(text: string): readonly Token[] {
  const problem = syntaxProblem(text);
  const tokens: Token[] = [];
  for (let at = 0; ;) {
    tokenSyntax.lastIndex = at;
    const found = tokenSyntax.exec(text);
    if (found === null) break;
    at = tokenSyntax.lastIndex;
    const [, mark, quoted, number, literal] = found;
    if (mark === ":") nameBefore(tokens);
    else if (mark !== undefined && mark !== ",") tokens.push(token(mark as "{", mark, at));
    else if (quoted !== undefined) tokens.push(stringToken(quoted, at));
    else if (number !== undefined) tokens.push(token("number", number, at));
    else if (literal !== undefined) tokens.push(token("literal", literal, at));
  }
  if (problem !== undefined) refuseSyntax(text, problem);
  tokens.push(token("end", "", text.length));
  return tokens.map(reachingItsValue);
}

function token(type: Token["type"], text: string, end: number): Token {
  return { type, text, reached: end, end };
}

function stringToken(quoted: string, end: number): Token {
  // Where the text is no JSON its strings do not matter: the error is about what stands outside of them.
  const text = quoted.includes("\\") ? parsedString(quoted) : quoted.slice(1, -1);
  return { type: "string", text, reached: end - quoted.length + 1, end };
}

function parsedString(quoted: string): string {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return quoted;
  }
}

function nameBefore(tokens: Token[]): void {
  const name = tokens.pop();
  if (name !== undefined) tokens.push({ ...name, type: "name" });
}

/** With a name the parser looks at the value behind it. */
function reachingItsValue(each: Token, index: number, all: readonly Token[]): Token {
  return each.type === "name" ? { ...each, reached: all[index + 1]?.reached ?? each.end } : each;
}

function syntaxProblem(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return error instanceof SyntaxError ? error.message : String(error);
  }
}

/** The two mistakes that people make have AWS's words (*observed*); any other has the words of our own parser. */
function refuseSyntax(text: string, problem: string): never {
  let at = 0;
  for (;;) {
    tokenSyntax.lastIndex = at;
    if (tokenSyntax.exec(text) === null) break;
    at = tokenSyntax.lastIndex;
  }
  const start = at + (/^\s*/.exec(text.slice(at))?.[0].length ?? 0);
  const word = /^[A-Za-z_$][\w$]*/.exec(text.slice(start))?.[0];
  const next = text.charAt(start);
  if (word !== undefined) {
    throw new InvalidEventPattern(
      `Unrecognized token '${word}': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')${placeOf(text, start + word.length)}`,
    );
  }
  if (next !== "" && /[{,]\s*$/.test(text.slice(0, start)) && next !== '"') {
    throw new InvalidEventPattern(
      `Unexpected character ('${next}' (code ${next.charCodeAt(0)})): was expecting double-quote to start field name${placeOf(text, start)}`,
    );
  }
  throw new InvalidEventPattern(`${problem}${placeOf(text, start)}`);
}

/** How much of the pattern an error shows: Jackson's own bound. */
const shownCharacters = 500;

function placeOf(text: string, offset: number): string {
  const before = text.slice(0, offset).split("\n");
  const column = (before.at(-1) as string).length + 1;
  const cut = text.length - shownCharacters;
  const shown = cut > 0 ? `${text.slice(0, shownCharacters)}"[truncated ${cut} chars]` : `${text}"`;
  return `\n at [Source: (String)"${shown}; line: ${before.length}, column: ${column}]`;
}
