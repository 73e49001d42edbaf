import { type AttributeType, attributeTypes, isEqual, order, shownValue } from "../attribute.ts";
import type { Attribute } from "../attribute.ts";
import { type FunctionCall, type Operand, pathText } from "./syntax.ts";
import type { TokenReader } from "./token-reader.ts";

/** Functions of conditions, with how many operands each takes. */
const operands: Readonly<Record<string, number>> = {
  attribute_exists: 1,
  attribute_not_exists: 1,
  attribute_type: 2,
  begins_with: 2,
  contains: 2,
  size: 1,
};

/** What can be told of a function without an item. */
export function checkCall(reader: TokenReader, { name, args }: FunctionCall): void {
  checkUse(reader, args);
  const expected = Object.hasOwn(operands, name) ? operands[name] : undefined;
  if (expected === undefined) {
    reader.find("unknown function", `Invalid function name; function: ${name}`);
    return;
  }
  if (args.length !== expected) {
    reader.find("operands", numberOfOperands(name, args.length));
    return;
  }
  checkDistinct(reader, name, args);
  const [first, second] = args as readonly [Operand, Operand];
  switch (name) {
    case "attribute_exists":
    case "attribute_not_exists":
      if (first.type !== "path") {
        reader.find(
          "types",
          `Operator or function requires a document path; operator or function: ${name}`,
        );
      }
      return;
    case "begins_with":
      for (const operand of args) {
        const type = typeOf(operand);
        if (type !== undefined && type !== "S" && type !== "B") wrongType(reader, name, type);
      }
      return;
    case "size": {
      const type = typeOf(first);
      if (type === "N" || type === "BOOL" || type === "NULL") wrongType(reader, name, type);
      return;
    }
    case "attribute_type":
      checkTypeName(reader, second);
  }
}

function checkTypeName(reader: TokenReader, operand: Operand): void {
  const type = typeOf(operand);
  const value = operand.type === "value" ? operand.value : undefined;
  if (value?.type !== "S") {
    wrongType(reader, "attribute_type", type ?? "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}");
  } else if (!(attributeTypes as readonly string[]).includes(value.value)) {
    reader.find(
      "types",
      `Invalid attribute type name found; type: ${value.value}, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}`,
    );
  }
}

/** Only `size` gives a value; other functions are conditions. */
export function checkUse(reader: TokenReader, args: readonly Operand[]): void {
  for (const operand of args) {
    if (operand.type === "function" && operand.name !== "size") misused(reader, operand.name);
  }
}

export function misused(reader: TokenReader, name: string): void {
  reader.find(
    "misused function",
    `The function is not allowed to be used this way in an expression; function: ${name}`,
  );
}

export function checkDistinct(
  reader: TokenReader,
  operator: string,
  [first, second, third]: readonly Operand[],
): void {
  if (first?.type !== "path" || second?.type !== "path" || third !== undefined) return;
  if (pathText(first.path) !== pathText(second.path)) return;
  reader.find(
    "distinct",
    `The first operand must be distinct from the remaining operands for this operator or function; operator: ${operator}, first operand: ${pathText(first.path)}`,
  );
}

export function checkBounds(reader: TokenReader, low: Operand, high: Operand): void {
  if (low.type !== "value" || high.type !== "value") return;
  const [lower, upper] = [low.value, high.value];
  if (lower === undefined || upper === undefined) return;
  const bounds = `lower bound operand: AttributeValue: ${valueText(lower)}, upper bound operand: AttributeValue: ${valueText(upper)}`;
  if (lower.type !== upper.type) {
    reader.find(
      "types",
      `The BETWEEN operator requires same data type for lower and upper bounds; ${bounds}`,
    );
  } else if ((order(lower, upper) ?? 0) > 0 && !isEqual(lower, upper)) {
    reader.find(
      "types",
      `The BETWEEN operator requires upper bound to be greater than or equal to lower bound; ${bounds}`,
    );
  }
}

/** `{N:5}` */
function valueText(value: Attribute): string {
  const [type, shown] = Object.entries(shownValue(value))[0] as [string, unknown];
  return `{${type}:${shown instanceof Uint8Array ? Buffer.from(shown).toString("base64") : String(shown)}}`;
}

export function numberOfOperands(name: string, given: number): string {
  return `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${given}`;
}

function wrongType(reader: TokenReader, name: string, type: string): void {
  reader.find(
    "types",
    `Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${type}`,
  );
}

/** The type that the operand has whatever the item is. */
function typeOf(operand: Operand): AttributeType | undefined {
  if (operand.type === "value") return operand.value?.type;
  return operand.type === "function" && operand.name === "size" ? "N" : undefined;
}
