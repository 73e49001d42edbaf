import { checkBounds, checkCall, checkDistinct, checkUse, misused } from "./condition-checks.ts";
import type { ExpressionNames } from "./expression-names.ts";
import type { Comparator, Condition, FunctionCall, Operand, Path } from "./syntax.ts";
import { TokenReader } from "./token-reader.ts";

export interface ParsedCondition {
  readonly condition: Condition;
  /** All paths that it reads. */
  readonly paths: readonly Path[];
}

const keywords = ["AND", "OR", "NOT", "BETWEEN", "IN"];

/** Which of several mistakes is told. *Observed* by dynalite, whose order this is. */
const kindsOfWhole = ["parentheses", "unknown function", "misused function", "reserved", "first"];
const kindsOfOne = ["undefined", "operands", "distinct", "types"];

/** A condition, filter or key condition expression; `member` is the request's that it is. */
export function parseCondition(
  member: string,
  expression: string,
  names: ExpressionNames,
): ParsedCondition {
  const parser = new ConditionParser(new TokenReader(member, expression, { names, keywords }));
  return { condition: parser.whole(), paths: parser.paths };
}

/** What a part of an expression turns out to be; a call of a function may be either. */
type Part =
  | { readonly is: "condition"; readonly condition: Condition; readonly isEnclosed?: boolean }
  | { readonly is: "operand"; readonly operand: Operand; readonly isEnclosed?: boolean };

class ConditionParser {
  readonly paths: Path[] = [];
  readonly #reader: TokenReader;

  constructor(reader: TokenReader) {
    this.#reader = reader;
  }

  whole(): Condition {
    const condition = this.#condition(this.#or());
    this.#reader.expectEnd();
    this.#reader.refuseFound(kindsOfWhole);
    return condition;
  }

  #or(): Part {
    const left = this.#and();
    if (this.#reader.keyword("OR") === undefined) return left;
    const right = this.#reader.nested(() => this.#condition(this.#or()));
    return condition({ type: "or", left: this.#condition(left), right });
  }

  #and(): Part {
    const left = this.#not();
    if (this.#reader.keyword("AND") === undefined) return left;
    const right = this.#reader.nested(() => this.#condition(this.#and()));
    return condition({ type: "and", left: this.#condition(left), right });
  }

  #not(): Part {
    if (this.#reader.keyword("NOT") === undefined) return this.#comparison();
    const negated = this.#reader.nested(() => this.#condition(this.#not()));
    return condition({ type: "not", condition: negated });
  }

  #comparison(): Part {
    const reader = this.#reader;
    const left = this.#primary();
    if (left.is === "condition") return left;
    const comparator = reader.symbol("=", "<>", "<=", "<", ">=", ">");
    if (comparator !== undefined) {
      const operands = [left.operand, this.#operand()] as const;
      checkUse(reader, operands);
      checkDistinct(reader, comparator, operands);
      return this.#whole({
        type: "compare",
        comparator: comparator as Comparator,
        left: operands[0],
        right: operands[1],
      });
    }
    if (reader.keyword("BETWEEN") !== undefined) {
      const low = this.#operand();
      if (reader.keyword("AND") === undefined) throw reader.syntaxError();
      const high = this.#operand();
      checkUse(reader, [left.operand, low, high]);
      checkBounds(reader, low, high);
      return this.#whole({ type: "between", operand: left.operand, low, high });
    }
    if (reader.keyword("IN") !== undefined) {
      reader.expect("(");
      const options = this.#list();
      checkUse(reader, [left.operand, ...options]);
      return this.#whole({ type: "in", operand: left.operand, options });
    }
    const { operand } = left;
    return operand.type === "function" && operand.name !== "size" ? this.#whole(operand) : left;
  }

  /** Of the mistakes of one condition one is told, and of all conditions the first. */
  #whole(made: Condition): Part {
    const problem = this.#reader.found(kindsOfOne);
    if (problem !== undefined) this.#reader.find("first", problem);
    return condition(made);
  }

  #primary(): Part {
    const reader = this.#reader;
    if (reader.symbol("(") !== undefined) {
      const inner = reader.nested(() => this.#or());
      reader.expect(")");
      if (inner.isEnclosed === true) {
        reader.find("parentheses", "The expression has redundant parentheses;");
      }
      return { ...inner, isEnclosed: true };
    }
    return { is: "operand", operand: this.#plainOperand() };
  }

  #operand(): Operand {
    const part = this.#primary();
    if (part.is === "condition") throw this.#reader.syntaxError();
    return part.operand;
  }

  #plainOperand(): Operand {
    const reader = this.#reader;
    const value = reader.value();
    if (value !== undefined) return value;
    if (reader.isCall()) return this.#call();
    const path = reader.path();
    this.paths.push(path);
    return { type: "path", path };
  }

  #call(): FunctionCall {
    const reader = this.#reader;
    const name = reader.word();
    reader.expect("(");
    const call: FunctionCall = {
      type: "function",
      name,
      args: reader.nested(() => this.#list()),
    };
    checkCall(reader, call);
    return call;
  }

  /** Operands up to the closing parenthesis; at least one. */
  #list(): readonly Operand[] {
    const list: Operand[] = [];
    do list.push(this.#operand());
    while (this.#reader.symbol(",") !== undefined);
    this.#reader.expect(")");
    return list;
  }

  /** A part that has to be a condition: a call of `size` is none. */
  #condition(part: Part): Condition {
    if (part.is === "condition") return part.condition;
    const { operand } = part;
    if (operand.type !== "function") throw this.#reader.syntaxError();
    misused(this.#reader, operand.name);
    return operand;
  }
}

function condition(made: Condition): Part {
  return { is: "condition", condition: made };
}
