import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { type Attribute, type AttributeType, attributeTypes, type Item } from "./attribute.ts";
import { type Decimal, decimalText, parseDecimal } from "./decimal.ts";
import { invalid, invalidValues } from "./validation.ts";

/** *Documented*: levels of lists and maps. */
const deepest = 32;

type Given = Readonly<Record<string, AttributeValue>>;

/** The item that a client was given; a refusal in DynamoDB's words if it can be none. */
export function readItem(given: Given, depth = 0): Item {
  return new Map(Object.entries(given).map(([name, value]) => [name, readValue(value, depth)]));
}

/** The value, its numbers exact. */
export function readValue(given: AttributeValue, depth = 0): Attribute {
  if (depth > deepest) throw invalid("Nesting Levels have exceeded supported limits");
  const members = attributeTypes.filter((type) => given[type] !== undefined);
  const [type, second] = members;
  if (type === undefined) {
    throw invalid(
      "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
    );
  }
  const value = typedValue(given, type, depth);
  if (second !== undefined) {
    throw invalid(
      "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes",
    );
  }
  return value;
}

function typedValue(given: AttributeValue, type: AttributeType, depth: number): Attribute {
  switch (type) {
    case "S":
      return { type, value: given.S as string };
    case "N":
      return { type, value: decimal(given.N as string) };
    case "B":
      return { type, value: Buffer.from(given.B as Uint8Array) };
    case "BOOL":
      return { type, value: given.BOOL as boolean };
    case "NULL":
      if (given.NULL === true) return { type };
      throw invalid(`${invalidValues}Null attribute value types must have the value of true`);
    case "SS": {
      const value = given.SS as string[];
      if (value.length === 0) throw invalid(`${invalidValues}An string set  may not be empty`);
      if (hasDuplicate(value)) {
        throw invalid(
          `${invalidValues}Input collection [${value.join(", ")}] contains duplicates.`,
        );
      }
      return { type, value };
    }
    case "NS": {
      const value = (given.NS as string[]).map(decimal);
      if (value.length === 0) throw invalid(`${invalidValues}An number set  may not be empty`);
      if (hasDuplicate(value.map(decimalText))) {
        throw invalid("Input collection contains duplicates");
      }
      return { type, value };
    }
    case "BS": {
      const value = (given.BS as Uint8Array[]).map((bytes) => Buffer.from(bytes));
      const texts = value.map((bytes) => bytes.toString("base64"));
      if (value.length === 0) throw invalid(`${invalidValues}Binary sets should not be empty`);
      if (hasDuplicate(texts)) {
        throw invalid(
          `${invalidValues}Input collection [${texts.join(", ")}]of type BS contains duplicates.`,
        );
      }
      return { type, value };
    }
    case "L":
      return {
        type,
        value: (given.L as AttributeValue[]).map((element) => readValue(element, depth + 1)),
      };
    case "M":
      return { type, value: readItem(given.M as Given, depth + 1) };
  }
}

function decimal(text: string): Decimal {
  const read = parseDecimal(text);
  if (typeof read === "string") throw invalid(read);
  return read;
}

function hasDuplicate(texts: readonly string[]): boolean {
  return new Set(texts).size < texts.length;
}
