import type { BinaryOperator, Expression, Reference, ReferenceStep } from "./syntax.ts";
import { InvalidTemplate, type TemplateNode } from "./syntax.ts";

/** Reads the expressions and references of a template at a place that moves on. */
export class ExpressionReader {
  readonly text: string;
  at: number;
  readonly #parseInside: (text: string) => readonly TemplateNode[];
  #depth = 0;

  /** `parseInside` reads what stands in double quotes. */
  constructor(text: string, at: number, parseInside: (text: string) => readonly TemplateNode[]) {
    this.text = text;
    this.at = at;
    this.#parseInside = parseInside;
  }

  refuse(message: string, at = this.at): never {
    throw new InvalidTemplate(message, this.text, at);
  }

  skipBlanks(): void {
    while (/\s/.test(this.text.charAt(this.at))) this.at++;
  }

  /** Passes over blanks and a text, if it is there. */
  takes(wanted: string): boolean {
    this.skipBlanks();
    if (!this.text.startsWith(wanted, this.at)) return false;
    this.at += wanted.length;
    return true;
  }

  /** As {@link takes}, where no letter may follow. */
  takesWord(wanted: string): boolean {
    this.skipBlanks();
    if (/\w/.test(this.text.charAt(this.at + wanted.length))) return false;
    return this.takes(wanted);
  }

  expect(wanted: string): void {
    if (!this.takes(wanted)) this.refuse(`Expected '${wanted}'`);
  }

  expression(level = 0): Expression {
    if (++this.#depth > deepest) this.refuse("The template is nested too deeply");
    const operators = levels[level];
    let left = operators === undefined ? this.#unary() : this.expression(level + 1);
    let operands = 1;
    for (let found = this.#operator(operators); found !== undefined;) {
      if (++operands > mostOperands) this.refuse("An expression has too many operands");
      const right = this.expression(level + 1);
      left = { type: "binary", operator: found, left, right };
      found = this.#operator(operators);
    }
    this.#depth--;
    return left;
  }

  /** A reference behind its `$`: `name.member`, `{name.member}`, with `!` before either. */
  reference(): Reference & { readonly isQuiet: boolean } {
    const isQuiet = this.text.charAt(this.at) === "!";
    if (isQuiet) this.at++;
    const isFormal = this.text.charAt(this.at) === "{";
    if (isFormal) this.at++;
    const name = this.#name();
    if (name === undefined) this.refuse("Expected the name of a variable");
    const steps: ReferenceStep[] = [];
    for (let step = this.#step(); step !== undefined; step = this.#step()) steps.push(step);
    if (isFormal) this.expect("}");
    return { name, steps, isQuiet };
  }

  #name(): string | undefined {
    const name = /^[A-Za-z_][\w-]*/.exec(this.text.slice(this.at, this.at + longestName))?.[0];
    if (name !== undefined) this.at += name.length;
    return name;
  }

  /** A dot that no name follows is text. */
  #step(): ReferenceStep | undefined {
    const character = this.text.charAt(this.at);
    if (character === "[") {
      this.at++;
      const index = this.expression();
      this.expect("]");
      return { type: "index", index };
    }
    if (character !== "." || !/[A-Za-z_]/.test(this.text.charAt(this.at + 1))) return undefined;
    this.at++;
    const name = this.#name() ?? "";
    if (this.text.charAt(this.at) !== "(") return { type: "member", name };
    this.at++;
    return { type: "call", name, arguments: this.#list(")") };
  }

  #list(end: string): readonly Expression[] {
    const items: Expression[] = [];
    if (this.takes(end)) return items;
    do items.push(this.expression());
    while (this.takes(","));
    this.expect(end);
    return items;
  }

  #operator(
    operators: readonly (readonly [string, BinaryOperator])[] | undefined,
  ): BinaryOperator | undefined {
    this.skipBlanks();
    for (const [written, operator] of operators ?? []) {
      const isWord = /^[a-z]/.test(written);
      if (isWord ? this.takesWord(written) : this.takes(written)) return operator;
    }
    return undefined;
  }

  #unary(): Expression {
    let negations = 0;
    while (this.takes("!") || this.takesWord("not")) negations++;
    let operand = this.#primary();
    // Two negations mean the same as four: a thousand of them nest no deeper than two.
    for (let left = negations > 2 ? 2 - (negations % 2) : negations; left > 0; left--) {
      operand = { type: "not", operand };
    }
    return operand;
  }

  #primary(): Expression {
    this.skipBlanks();
    const character = this.text.charAt(this.at);
    switch (character) {
      case "(": {
        this.at++;
        const inner = this.expression();
        this.expect(")");
        return inner;
      }
      case "$":
        this.at++;
        return { type: "reference", reference: this.reference() };
      case "'":
      case '"':
        return this.#quoted(character);
      case "[":
        this.at++;
        return this.#listOrRange();
      case "{":
        this.at++;
        return this.#map();
      default:
        return this.#word();
    }
  }

  /** A quote that is doubled is one of the text. */
  #quoted(quote: string): Expression {
    let value = "";
    let at = this.at + 1;
    for (;;) {
      const end = this.text.indexOf(quote, at);
      if (end === -1) this.refuse("A text has no end");
      value += this.text.slice(at, end);
      at = end + 1;
      if (this.text.charAt(at) !== quote) break;
      value += quote;
      at++;
    }
    this.at = at;
    if (quote === "'" || !/[$#]/.test(value)) return { type: "literal", value };
    return { type: "template", nodes: this.#parseInside(value) };
  }

  #listOrRange(): Expression {
    if (this.takes("]")) return { type: "list", items: [] };
    const first = this.expression();
    if (this.takes("..")) {
      const last = this.expression();
      this.expect("]");
      return { type: "range", first, last };
    }
    return {
      type: "list",
      items: [first, ...(this.takes(",") ? this.#list("]") : this.#end("]"))],
    };
  }

  #end(mark: string): readonly [] {
    this.expect(mark);
    return [];
  }

  #map(): Expression {
    const entries: [Expression, Expression][] = [];
    if (this.takes("}")) return { type: "map", entries };
    do {
      const name = this.expression();
      this.expect(":");
      entries.push([name, this.expression()]);
    } while (this.takes(","));
    this.expect("}");
    return { type: "map", entries };
  }

  #word(): Expression {
    // The two dots of a range are no part of a number.
    const word = /^(?:-?\d+(?:\.\d+)?|true\b|false\b|null\b)/.exec(
      this.text.slice(this.at, this.at + longestName),
    )?.[0];
    if (word === undefined) return this.refuse("Expected a value");
    this.at += word.length;
    const value = word === "null" ? null : /^[tf]/.test(word) ? word === "true" : Number(word);
    return { type: "literal", value };
  }
}

/** Our choices. */
const deepest = 400;
const mostOperands = 200;
const longestName = 256;

/** From the weakest to the strongest; the longer of two that begin alike first. */
const levels: readonly (readonly (readonly [string, BinaryOperator])[])[] = [
  [
    ["||", "||"],
    ["or", "||"],
  ],
  [
    ["&&", "&&"],
    ["and", "&&"],
  ],
  [
    ["==", "=="],
    ["!=", "!="],
    ["eq", "=="],
    ["ne", "!="],
  ],
  [
    ["<=", "<="],
    [">=", ">="],
    ["<", "<"],
    [">", ">"],
    ["lt", "<"],
    ["le", "<="],
    ["gt", ">"],
    ["ge", ">="],
  ],
  [
    ["+", "+"],
    ["-", "-"],
  ],
  [
    ["*", "*"],
    ["/", "/"],
    ["%", "%"],
  ],
];
