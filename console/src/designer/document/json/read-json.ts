import type {
  ArrayNode,
  DocumentFault,
  DocumentNode,
  FaultCode,
  ItemNode,
  MemberNode,
  ObjectNode,
  ScalarNode,
} from "../definition-document.ts";
import { deepestValue, mostFaults, type ReadText } from "../read-text.ts";

/**
 * Reads a JSON text (RFC 8259) into a tree with places.
 *
 * It goes on behind a mistake: a value that is missing is a `null` without an extent, what cannot be understood is passed over. So a
 * text that is being typed still says where the cursor is.
 */
export function readJson(text: string): ReadText {
  const scanner = new JsonScanner(text);
  const root = scanner.document();
  return { root, faults: scanner.faults };
}

const code = (character: string): number => character.charCodeAt(0);
const quote = code('"');
const backslash = code("\\");
const comma = code(",");
const colon = code(":");
const openBrace = code("{");
const closeBrace = code("}");
const openBracket = code("[");
const closeBracket = code("]");
const byteOrderMark = 0xfeff;

const literals: ReadonlyMap<string, boolean | null> = new Map([
  ["true", true],
  ["false", false],
  ["null", null],
]);
const numberText = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/;

class JsonScanner {
  readonly faults: DocumentFault[] = [];
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): DocumentNode | undefined {
    if (this.#code() === byteOrderMark) this.#at++;
    this.#blanks();
    if (this.#isAtEnd()) {
      this.#fault("empty", 0, this.#text.length, "There is no value");
      return undefined;
    }
    const root = this.#value(0);
    this.#blanks();
    if (!this.#isAtEnd()) {
      this.#fault("syntax", this.#at, this.#text.length, "There is something behind the value");
    }
    return root;
  }

  #value(depth: number): DocumentNode {
    const first = this.#code();
    if (first === openBrace || first === openBracket) {
      if (depth >= deepestValue) return this.#tooDeep();
      return first === openBrace ? this.#object(depth) : this.#array(depth);
    }
    const from = this.#at;
    if (first === quote) {
      const value = this.#string();
      return { kind: "scalar", isFlow: true, from, to: this.#at, value };
    }
    return this.#word();
  }

  #object(depth: number): ObjectNode {
    const from = this.#at++;
    const members: MemberNode[] = [];
    const isClosed = this.#entries(from, closeBrace, () => {
      const at = this.#at;
      if (this.#code() !== quote) return false;
      members.push(this.#member(at, depth));
      return true;
    });
    if (!isClosed) this.#fault("unclosed", from, from + 1, "The object is not closed");
    return { kind: "object", isFlow: true, from, to: this.#at, members };
  }

  #array(depth: number): ArrayNode {
    const from = this.#at++;
    const items: ItemNode[] = [];
    const isClosed = this.#entries(from, closeBracket, () => {
      const at = this.#at;
      const value = this.#value(depth + 1);
      if (this.#at === at) return false;
      items.push({ from: at, value });
      return true;
    });
    if (!isClosed) this.#fault("unclosed", from, from + 1, "The array is not closed");
    return { kind: "array", isFlow: true, from, to: this.#at, items };
  }

  /** Entries and commas up to the closing character. Whether it is there. */
  #entries(open: number, close: number, entry: () => boolean): boolean {
    let isExpected = false;
    let isFirst = true;
    for (;;) {
      this.#blanks();
      if (this.#isAtEnd()) return false;
      const next = this.#code();
      if (next === close) {
        if (isExpected && !isFirst) this.#unexpected("A value is missing behind the comma");
        this.#at++;
        return true;
      }
      // A bracket that closes something around: this one was not closed.
      if (next === closeBrace || next === closeBracket) {
        if (open > 0) return false;
        this.#unexpected("This bracket closes nothing");
        this.#at++;
        continue;
      }
      if (next === comma) {
        if (isExpected || isFirst) this.#unexpected("A value is missing before the comma");
        this.#at++;
        isExpected = true;
        isFirst = false;
        continue;
      }
      if (!isFirst && !isExpected) this.#unexpected("A comma is missing");
      if (!entry()) this.#junk();
      isFirst = false;
      isExpected = false;
    }
  }

  #member(from: number, depth: number): MemberNode {
    const name = this.#string();
    const key = { from, to: this.#at };
    this.#blanks();
    const at = this.#at;
    if (this.#code() !== colon) {
      this.#fault("syntax", key.from, key.to, "A colon is missing behind the key");
      return { name, key, colon: key.to, value: this.#missing(key.to), from };
    }
    this.#at++;
    const behind = this.#at;
    this.#blanks();
    const next = this.#code();
    if (this.#isAtEnd() || next === comma || next === closeBrace || next === closeBracket) {
      this.#fault("syntax", at, at + 1, "A value is missing behind the colon");
      return { name, key, colon: at, value: this.#missing(this.#lineEnd(behind)), from };
    }
    return { name, key, colon: at, value: this.#value(depth + 1), from };
  }

  /** A string from its quote on; one that is not closed ends with its line. */
  #string(): string {
    const text = this.#text;
    const from = this.#at;
    let isEscaped = false;
    for (let at = from + 1; ; at++) {
      const next = text.charCodeAt(at);
      if (next === quote) {
        this.#at = at + 1;
        break;
      }
      if (next === backslash) {
        isEscaped = true;
        at++;
      } else if (!(next >= 0x20)) {
        return this.#brokenString(from, Math.min(at, text.length));
      }
    }
    if (!isEscaped) return text.slice(from + 1, this.#at - 1);
    try {
      return JSON.parse(text.slice(from, this.#at)) as string;
    } catch {
      this.#fault("syntax", from, this.#at, "The string has an escape that there is not");
      return text.slice(from + 1, this.#at - 1);
    }
  }

  #brokenString(from: number, at: number): string {
    const isLineEnd = at >= this.#text.length || /[\r\n]/.test(this.#text.charAt(at));
    const message = isLineEnd
      ? "The string is not closed"
      : "The string has a control character that is not escaped";
    this.#fault(isLineEnd ? "unclosed" : "syntax", from, at, message);
    this.#at = isLineEnd ? at : at + 1;
    return this.#text.slice(from + 1, at);
  }

  /** A number or a literal. Nothing is taken where there is neither. */
  #word(): ScalarNode {
    const from = this.#at;
    while (isWordCharacter(this.#code())) this.#at++;
    const word = this.#text.slice(from, this.#at);
    const place = { kind: "scalar", isFlow: true, from, to: this.#at } as const;
    const literal = literals.get(word);
    if (literal !== undefined) return { ...place, value: literal };
    if (numberText.test(word)) return { ...place, value: Number(word) };
    if (word !== "") this.#fault("syntax", from, this.#at, "This is no JSON value");
    return { ...place, value: null };
  }

  #missing(at: number): ScalarNode {
    return { kind: "scalar", isFlow: true, from: at, to: at, value: null };
  }

  /** The end of the blanks on the line. */
  #lineEnd(from: number): number {
    let at = from;
    while (/[ \t]/.test(this.#text.charAt(at))) at++;
    return at;
  }

  #tooDeep(): ScalarNode {
    const from = this.#at;
    this.#fault("tooDeep", from, from + 1, `There are more than ${deepestValue} levels`);
    this.#at = this.#text.length;
    return { kind: "scalar", isFlow: true, from, to: this.#at, value: null };
  }

  /** Passes over what is no entry, up to where one could begin. */
  #junk(): void {
    const from = this.#at++;
    while (!this.#isAtEnd() && !/[",:{}[\]\r\n]/.test(this.#text.charAt(this.#at))) this.#at++;
    this.#fault("syntax", from, this.#at, "This is not expected here");
  }

  #unexpected(message: string): void {
    this.#fault("syntax", this.#at, this.#at + 1, message);
  }

  #fault(faultCode: FaultCode, from: number, to: number, message: string): void {
    if (this.faults.length < mostFaults) this.faults.push({ from, to, code: faultCode, message });
  }

  #blanks(): void {
    const text = this.#text;
    for (;;) {
      const next = text.charCodeAt(this.#at);
      if (next !== 0x20 && next !== 0x0a && next !== 0x0d && next !== 0x09) return;
      this.#at++;
    }
  }

  #code(): number {
    return this.#text.charCodeAt(this.#at);
  }

  #isAtEnd(): boolean {
    return this.#at >= this.#text.length;
  }
}

function isWordCharacter(next: number): boolean {
  return (
    (next >= 0x30 && next <= 0x39) ||
    (next >= 0x61 && next <= 0x7a) ||
    (next >= 0x41 && next <= 0x5a) ||
    next === 0x2b ||
    next === 0x2d ||
    next === 0x2e ||
    next === 0x5f ||
    next === 0x24
  );
}
