import { describeJsonError } from "../../asl/diagnostics/json-error.ts";
import { endOfString, isNestedDeeperThan } from "../../expression/json-depth.ts";
import { MalformedPolicy } from "./policy-problem.ts";

/** A JSON value with where it begins, in UTF-16 units. */
export type PlacedJson =
  | { readonly type: "object"; readonly at: number; readonly members: PlacedMembers }
  | { readonly type: "array"; readonly at: number; readonly items: readonly PlacedJson[] }
  | { readonly type: "string"; readonly at: number; readonly text: string }
  /** `text` as it was written: `true`, `1.5`. */
  | { readonly type: "boolean" | "number" | "null"; readonly at: number; readonly text: string };

export type PlacedMembers = ReadonlyMap<string, PlacedJson>;

/** A policy has six levels. Our choice: some more, so that a mistake is called by its name. */
const maximumDepth = 16;

/**
 * Reads a policy's JSON. Two members of one name are refused: which of them counts is a question that parsers answer
 * differently, and somebody else may have read the other.
 */
export function readPlacedJson(text: string): PlacedJson {
  if (isNestedDeeperThan(text, maximumDepth)) throw new MalformedPolicy(syntaxErrors, 0);
  try {
    JSON.parse(text);
  } catch {
    throw new MalformedPolicy(syntaxErrors, describeJsonError(text).offset);
  }
  return new Reader(text).read();
}

/** *Observed*: for what is no JSON, and for elements of the wrong type. */
export const syntaxErrors = "Syntax errors in policy.";

/** Reads a text that is known to be JSON: what stands between values need not be looked at. */
class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): PlacedJson {
    const at = this.#next();
    switch (this.#text[at]) {
      case "{":
        return { type: "object", at, members: this.#members() };
      case "[":
        return { type: "array", at, items: this.#items() };
      case '"':
        return { type: "string", at, text: this.#string() };
      default:
        return this.#word(at);
    }
  }

  /** The start of the next value, name or bracket. */
  #next(): number {
    while (" \t\r\n,:".includes(this.#text[this.#at] ?? "-")) this.#at++;
    return this.#at;
  }

  #members(): PlacedMembers {
    const members = new Map<string, PlacedJson>();
    this.#at++;
    while (this.#text[this.#next()] !== "}") {
      const at = this.#at;
      const name = this.#string();
      if (members.has(name)) throw new MalformedPolicy(`Duplicate field ${name}`, at);
      members.set(name, this.read());
    }
    this.#at++;
    return members;
  }

  #items(): readonly PlacedJson[] {
    const items: PlacedJson[] = [];
    this.#at++;
    while (this.#text[this.#next()] !== "]") items.push(this.read());
    this.#at++;
    return items;
  }

  #string(): string {
    const end = endOfString(this.#text, this.#at) + 1;
    const written = this.#text.slice(this.#at, end);
    this.#at = end;
    return JSON.parse(written) as string;
  }

  #word(at: number): PlacedJson {
    while (/[-+.\w]/.test(this.#text.charAt(this.#at))) this.#at++;
    const text = this.#text.slice(at, this.#at);
    const type = text === "null" ? "null" : /^[tf]/.test(text) ? "boolean" : "number";
    return { type, at, text };
  }
}
