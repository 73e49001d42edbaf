import { isJsonArray, type JsonValue } from "../../expression/json.ts";
import { numberOf } from "../../expression/exact-number.ts";
import type {
  FilterExpression,
  FilterOperand,
  FilterOperator,
  InnerPath,
} from "../../expression/jsonpath/path-syntax.ts";
import { literal, nameStep } from "./literal.ts";
import type { NoteCode } from "./note.ts";
import { Unconvertible } from "./unconvertible.ts";

interface Condition {
  readonly text: string;
  /** What joins its terms; absent: it binds closer than both. */
  readonly joint?: "and" | "or";
  readonly remarks: readonly NoteCode[];
}

/**
 * A filter of a path as a predicate of JSONata, in which names are members of the item. `document` is what `$` means in it.
 * Throws {@link Unconvertible}.
 */
export function filterCondition(filter: FilterExpression, document: string): Condition {
  switch (filter.type) {
    case "and":
    case "or": {
      const operands = filter.operands.map((operand) => filterCondition(operand, document));
      const text = operands
        .map(({ joint, text: own }) =>
          joint === undefined || joint === filter.type ? own : `(${own})`,
        )
        .join(` ${filter.type} `);
      return { text, joint: filter.type, remarks: operands.flatMap(({ remarks }) => remarks) };
    }
    case "not": {
      const { text, remarks } = filterCondition(filter.operand, document);
      return closed(`$not(${text})`, remarks);
    }
    case "exists":
      return closed(`$exists(${innerPath(filter.path, document)})`);
    case "compare":
      return comparison(filter.operator, filter.left, filter.right, document);
  }
}

function closed(text: string, remarks: readonly NoteCode[] = []): Condition {
  return { text, remarks };
}

function comparison(
  operator: FilterOperator,
  left: FilterOperand,
  right: FilterOperand,
  document: string,
): Condition {
  const a = operandText(left, document);
  const b = operandText(right, document);
  switch (operator) {
    case "==":
      return closed(`${a} = ${b}`, looseness(left, right));
    case "===":
      return closed(`${a} = ${b}`);
    // What is missing is not equal to anything, which JSONata's != does not say.
    case "!=":
      return closed(`$not(${a} = ${b})`, looseness(left, right));
    case "!==":
      return closed(`$not(${a} = ${b})`);
    case "<":
    case "<=":
    case ">":
    case ">=":
      return { text: ordered(operator, left, right, document), joint: "and", remarks: [] };
    case "IN":
      return closed(`${a} in ${listText(right)}`, looseness(left, right));
    case "NIN":
      return closed(`$not(${a} in ${listText(right)})`, looseness(left, right));
    default:
      throw new Unconvertible("UNSUPPORTED_FILTER", operator);
  }
}

/** Values without an order do not hold, where JSONata would fail: each is asked for its type first. */
function ordered(
  operator: string,
  left: FilterOperand,
  right: FilterOperand,
  document: string,
): string {
  const a = operandText(left, document);
  const b = operandText(right, document);
  const compared = `${a} ${operator} ${b}`;
  const [known] = [left, right].flatMap((operand) =>
    operand.type === "literal" ? [typeName(operand.value)] : [],
  );
  if (known === undefined) {
    return `$type(${a}) in ['number', 'string'] and $type(${a}) = $type(${b}) and ${compared}`;
  }
  return `$type(${left.type === "literal" ? b : a}) = '${known}' and ${compared}`;
}

function typeName(value: JsonValue): "number" | "string" {
  if (numberOf(value) !== undefined) return "number";
  if (typeof value === "string") return "string";
  throw new Unconvertible("UNSUPPORTED_FILTER");
}

function listText(operand: FilterOperand): string {
  if (operand.type !== "literal" || !isJsonArray(operand.value)) {
    throw new Unconvertible("UNSUPPORTED_FILTER");
  }
  return literal(operand.value);
}

/** A number is found in a text that is the number, unless the other side is a text that is none. */
function looseness(left: FilterOperand, right: FilterOperand): readonly NoteCode[] {
  const isStrict = [left, right].some(
    (operand) => operand.type === "literal" && [operand.value].flat().every(isNoNumber),
  );
  return isStrict ? [] : ["LOOSE_COMPARISON"];
}

function isNoNumber(value: unknown): boolean {
  if (typeof value === "string") return !/^[+-]?[0-9.]+([eE][+-]?[0-9]+)?$/.test(value);
  return typeof value === "boolean" || value === null;
}

function operandText(operand: FilterOperand, document: string): string {
  switch (operand.type) {
    case "literal":
      return literal(operand.value);
    case "path":
      return innerPath(operand.path, document);
    case "pattern":
      throw new Unconvertible("UNSUPPORTED_FILTER");
  }
}

function innerPath({ from, segments }: InnerPath, document: string): string {
  let text = from === "item" ? "" : document;
  for (const segment of segments) {
    const step = segment.type === "member" ? nameStep(segment.name) : undefined;
    if (step !== undefined) text += text === "" ? step : `.${step}`;
    else if (segment.type === "index") text = `${text === "" ? "$" : text}[${segment.index}]`;
    else throw new Unconvertible("UNSUPPORTED_FILTER");
  }
  return text === "" ? "$" : text;
}
