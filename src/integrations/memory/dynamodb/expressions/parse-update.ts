import type { Attribute, AttributeType } from "../attribute.ts";
import { numberOfOperands } from "./condition-checks.ts";
import { checkOverlap } from "./check-overlap.ts";
import type { ExpressionNames } from "./expression-names.ts";
import { type FunctionCall, type Operand, type UpdateAction } from "./syntax.ts";
import { TokenReader } from "./token-reader.ts";

/** Which of several mistakes is told. *Observed* by dynalite, whose order this is. */
const kinds = [
  "reserved",
  "unknown function",
  "section",
  "undefined",
  "overlap",
  "conflict",
  "operand",
  "types",
];

const sections = ["SET", "REMOVE", "ADD", "DELETE"] as const;
type Section = (typeof sections)[number];

/** The actions of an update expression, in its order. */
export function parseUpdate(expression: string, names: ExpressionNames): readonly UpdateAction[] {
  return new UpdateParser(
    new TokenReader("UpdateExpression", expression, { names, keywords: sections }),
  ).whole();
}

class UpdateParser {
  readonly #reader: TokenReader;
  readonly #actions: UpdateAction[] = [];

  constructor(reader: TokenReader) {
    this.#reader = reader;
  }

  whole(): readonly UpdateAction[] {
    const reader = this.#reader;
    const seen = new Set<Section>();
    for (;;) {
      const section = reader.keyword(...sections) as Section | undefined;
      if (section === undefined) break;
      if (seen.has(section)) {
        reader.find(
          "section",
          `The "${section}" section can only be used once in an update expression;`,
        );
      }
      seen.add(section);
      do this.#action(section);
      while (reader.symbol(",") !== undefined);
    }
    reader.expectEnd();
    if (seen.size === 0) throw reader.syntaxError();
    reader.refuseFound(kinds);
    return this.#actions;
  }

  #action(section: Section): void {
    const reader = this.#reader;
    const path = reader.path();
    checkOverlap(
      reader,
      this.#actions.map((action) => action.path),
      path,
    );
    switch (section) {
      case "SET":
        reader.expect("=");
        this.#actions.push({ type: section, path, value: this.#sum() });
        return;
      case "REMOVE":
        this.#actions.push({ type: section, path });
        return;
      case "ADD":
      case "DELETE": {
        const operand = reader.value();
        if (operand === undefined) throw reader.syntaxError();
        const { value } = operand;
        if (value === undefined) return;
        this.#checkOperator(section, value);
        this.#actions.push({ type: section, path, value });
      }
    }
  }

  #sum(): Operand {
    const reader = this.#reader;
    const left = this.#operand();
    const operator = reader.symbol("+", "-");
    if (operator === undefined) return left;
    const right = this.#operand();
    for (const operand of [left, right]) this.#checkType(operator, operand, "N");
    return { type: "sum", operator: operator as "+" | "-", left, right };
  }

  #operand(): Operand {
    const reader = this.#reader;
    if (reader.symbol("(") !== undefined) {
      const inner = reader.nested(() => this.#sum());
      reader.expect(")");
      return inner;
    }
    const value = reader.value();
    if (value !== undefined) return value;
    if (reader.isCall()) return this.#call();
    return { type: "path", path: reader.path() };
  }

  #call(): FunctionCall {
    const reader = this.#reader;
    const name = reader.word();
    reader.expect("(");
    const args: Operand[] = [];
    reader.nested(() => {
      do args.push(this.#operand());
      while (reader.symbol(",") !== undefined);
    });
    reader.expect(")");
    this.#checkCall(name, args);
    return { type: "function", name, args };
  }

  #checkCall(name: string, args: readonly Operand[]): void {
    const reader = this.#reader;
    if (name !== "if_not_exists" && name !== "list_append") {
      reader.find("unknown function", `Invalid function name; function: ${name}`);
    } else if (args.length !== 2) {
      reader.find("types", numberOfOperands(name, args.length));
    } else if (name === "list_append") {
      for (const operand of args) this.#checkType(name, operand, "L");
    } else if (args[0]?.type !== "path") {
      reader.find(
        "types",
        `Operator or function requires a document path; operator or function: ${name}`,
      );
    }
  }

  #checkType(name: string, operand: Operand, wanted: AttributeType): void {
    if (operand.type !== "value" || operand.value === undefined) return;
    const { type } = operand.value;
    if (type === wanted) return;
    this.#reader.find(
      "types",
      `Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${type}`,
    );
  }

  #checkOperator(operator: "ADD" | "DELETE", { type }: Attribute): void {
    const word = operandWords[type];
    if (word === undefined || (operator === "ADD" && type === "N")) return;
    this.#reader.find(
      "operand",
      `Incorrect operand type for operator or function; operator: ${operator}, operand type: ${word}`,
    );
  }
}

/** What can be neither added nor taken away; numbers can be added. Sets are not here. */
const operandWords: { readonly [T in AttributeType]?: string } = {
  S: "STRING",
  N: "NUMBER",
  B: "BINARY",
  NULL: "NULL",
  BOOL: "BOOLEAN",
  L: "LIST",
  M: "MAP",
};
