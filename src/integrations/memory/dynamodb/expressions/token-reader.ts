import { invalid } from "../validation.ts";
import type { ServiceRefusal } from "../../service-refusal.ts";
import type { ExpressionNames } from "./expression-names.ts";
import { isReserved } from "./reserved-words.ts";
import type { Operand, Path } from "./syntax.ts";
import { type Token, tokensOf } from "./tokens.ts";

/** Our choice; *documented*: an expression has at most 4 KB. A parenthesis costs a few calls. */
const longest = 4_096;
const deepest = 100;

/**
 * Reads an expression from left to right, and gathers what is wrong with it beside its syntax: DynamoDB reads to the end, and then
 * says one thing. Which of several that is, is said by the order of kinds that a parser gives.
 */
export class TokenReader {
  /** `ConditionExpression` */
  readonly #member: string;
  readonly #expression: string;
  readonly #tokens: readonly Token[];
  readonly #names: ExpressionNames;
  readonly #findings = new Map<string, string>();
  /** The words of its language, which are no names. */
  readonly #keywords: readonly string[];
  #next = 0;
  #depth = 0;

  constructor(
    member: string,
    expression: string,
    {
      names,
      keywords = [],
    }: { readonly names: ExpressionNames; readonly keywords?: readonly string[] },
  ) {
    this.#member = member;
    this.#keywords = keywords;
    this.#expression = expression;
    this.#names = names;
    if (expression === "") throw this.refusal("The expression can not be empty;");
    if (Buffer.byteLength(expression) > longest) {
      throw this.refusal("Expression size has exceeded the maximum allowed size;");
    }
    this.#tokens = tokensOf(expression);
  }

  refusal(problem: string): ServiceRefusal {
    return invalid(`Invalid ${this.#member}: ${problem}`);
  }

  get #token(): Token {
    return this.#tokens[this.#next] as Token;
  }

  /** *Observed* by others: the token, and the text from the one before to the one after. */
  syntaxError(): ServiceRefusal {
    const token = this.#token;
    const before = this.#tokens[this.#next - 1] ?? token;
    const after = this.#tokens[this.#next + 1] ?? token;
    const near = this.#expression.slice(before.start, after.end);
    return this.refusal(`Syntax error; token: "${token.text}", near: "${near}"`);
  }

  /** Reads the symbol, if it is next. */
  symbol(...texts: readonly string[]): string | undefined {
    const { type, text } = this.#token;
    if (type !== "symbol" || !texts.includes(text)) return undefined;
    this.#next += 1;
    return text;
  }

  /** Reads the word of the language, in any case, if it is next. */
  keyword(...words: readonly string[]): string | undefined {
    const { type, text } = this.#token;
    const word = text.toUpperCase();
    if (type !== "word" || !words.includes(word)) return undefined;
    this.#next += 1;
    return word;
  }

  expect(symbol: string): void {
    if (this.symbol(symbol) === undefined) throw this.syntaxError();
  }

  expectEnd(): void {
    if (this.#token.type !== "end") throw this.syntaxError();
  }

  /** Whether a function's name is next, and its parenthesis. */
  isCall(): boolean {
    return this.#isName() && this.#tokens[this.#next + 1]?.text === "(";
  }

  /** Whether a word that is none of the language is next. */
  #isName(): boolean {
    const { type, text } = this.#token;
    return type === "word" && !this.#keywords.includes(text.toUpperCase());
  }

  word(): string {
    const { type, text } = this.#token;
    if (type !== "word") throw this.syntaxError();
    this.#next += 1;
    return text;
  }

  /** A path, its names looked up. */
  path(): Path {
    const path: [string, ...(string | number)[]] = [this.#pathName()];
    for (;;) {
      if (this.symbol(".") !== undefined) path.push(this.#pathName());
      else if (this.symbol("[") !== undefined) {
        const { type, text } = this.#token;
        if (type !== "index") throw this.syntaxError();
        this.#next += 1;
        this.expect("]");
        path.push(Number(text));
      } else return path;
    }
  }

  #pathName(): string {
    const { type, text } = this.#token;
    if (type !== "name" && !this.#isName()) throw this.syntaxError();
    this.#next += 1;
    if (type === "word") {
      if (isReserved(text)) {
        this.find("reserved", `Attribute name is a reserved keyword; reserved keyword: ${text}`);
      }
      return text;
    }
    const name = this.#names.name(text);
    if (name === undefined) {
      this.find(
        "undefined",
        `An expression attribute name used in the document path is not defined; attribute name: ${text}`,
      );
    }
    return name ?? text;
  }

  /** A `:value`, if it is next. */
  value(): Extract<Operand, { type: "value" }> | undefined {
    const { type, text } = this.#token;
    if (type !== "value") return undefined;
    this.#next += 1;
    const value = this.#names.value(text);
    if (value === undefined) {
      this.find(
        "undefined",
        `An expression attribute value used in expression is not defined; attribute value: ${text}`,
      );
    }
    return { type: "value", value };
  }

  /** Of what is found of one kind the first counts. */
  find(kind: string, problem: string): void {
    if (!this.#findings.has(kind)) this.#findings.set(kind, problem);
  }

  /** The first that was found of the first kind there is. */
  found(kinds: readonly string[]): string | undefined {
    return kinds.map((kind) => this.#findings.get(kind)).find((problem) => problem !== undefined);
  }

  refuseFound(kinds: readonly string[]): void {
    const problem = this.found(kinds);
    if (problem !== undefined) throw this.refusal(problem);
  }

  nested<T>(read: () => T): T {
    if (this.#depth >= deepest) throw this.refusal("The expression is nested too deeply;");
    this.#depth += 1;
    try {
      return read();
    } finally {
      this.#depth -= 1;
    }
  }
}
