import { ExpressionSyntaxError } from "../../expression/evaluation.ts";
import { isJsonArray, isJsonObject, type JsonValue } from "../../expression/json.ts";
import { compileJsonata } from "../../expression/jsonata/compile-jsonata.ts";
import { isDelimited } from "../fields/jsonata-field.ts";
import { expressionOf, type Document } from "./document.ts";
import type { Expression } from "./expression.ts";
import { textLiteral } from "./literal.ts";
import { noteLevels, type ConversionNote, type NoteCode } from "./note.ts";
import { objectOf } from "./object-of.ts";
import { Unconvertible } from "./unconvertible.ts";

/** Takes notes of one state. */
export type TakeNote = (note: ConversionNote) => void;

/** A place in the state. */
export type Place = ConversionNote["path"];

/** The document as a value of a JSONata field: structure stays structure, and expressions stand in its strings. */
export function writeDocument(document: Document, place: Place, take: TakeNote): JsonValue {
  switch (document.type) {
    case "constant":
      return writeConstant(document.value);
    case "object":
      return objectOf(
        document.members.map(([name, member]) => [
          name,
          writeDocument(member, [...place, name], take),
        ]),
      );
    case "list":
      return document.items.map((item, index) => writeDocument(item, [...place, index], take));
    case "merged":
    case "expression":
      return writeExpression(expressionOf(document), place, take);
  }
}

/** A constant in which every text means itself. */
export function writeConstant(value: JsonValue): JsonValue {
  if (typeof value === "string") return isDelimited(value) ? delimited(textLiteral(value)) : value;
  if (isJsonArray(value)) {
    const items = value.map(writeConstant);
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  if (!isJsonObject(value)) return value;
  const members = Object.entries(value).map(
    ([name, member]) => [name, writeConstant(member)] as const,
  );
  return members.every(([name, member]) => member === value[name]) ? value : objectOf(members);
}

/** An expression in its delimiters; what it cannot say the same is noted. Throws {@link Unconvertible} for one too large. */
export function writeExpression(expression: Expression, place: Place, take: TakeNote): string {
  const { text, remarks, from } = expression;
  check(text);
  const to = delimited(text);
  for (const code of new Set<NoteCode>(remarks)) {
    take({
      level: noteLevels[code],
      code,
      path: place,
      ...(from === undefined ? {} : { from }),
      to,
    });
  }
  return to;
}

function delimited(text: string): string {
  return `{% ${text} %}`;
}

/** Whatever is made has to be an expression: its bounds are those of the language. */
function check(text: string): void {
  try {
    compileJsonata(text, ["result", "errorOutput"]);
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) throw new Unconvertible("EXPRESSION_TOO_LARGE");
    throw error;
  }
}
