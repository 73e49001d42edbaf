import { formatText } from "../../expression/intrinsics/string-functions.ts";
import { constant, expressed, expressionOf, type Document } from "./document.ts";
import { call, primary, remarksWithin, type Expression } from "./expression.ts";
import { textLiteral } from "./literal.ts";
import { Unconvertible } from "./unconvertible.ts";

/** `States.Format`: the pieces of the template with what stands in its braces, joined by `&`. */
export function formatDocument(template: string, values: readonly Document[]): Document {
  const texts = piecesOf(template);
  if (texts.length !== values.length + 1) throw new Unconvertible("INVALID", template);
  const parts = texts.flatMap((text, index): readonly (string | Expression)[] => {
    const value = values[index];
    return value === undefined ? [text] : [text, shown(value)];
  });
  const joined = joinTexts(parts);
  const expressions = joined.filter((part) => typeof part !== "string");
  const [only] = joined;
  if (only === undefined) return constant("");
  if (joined.length === 1) {
    return typeof only === "string" ? constant(only) : expressed(asText(only));
  }
  const isInexact = expressions.some(({ type }) => type === undefined || type === "list");
  return expressed({
    text: joined
      .map((part) => (typeof part === "string" ? textLiteral(part) : primary(part)))
      .join(" & "),
    isPrimary: false,
    mayBeNothing: false,
    type: "text",
    remarks: remarksWithin(expressions, ...(isInexact ? (["TEXT_OF_VALUE"] as const) : [])),
  });
}

/** A template that is looked up is cut at its braces when it is evaluated. */
export function formatWith(template: Document, values: readonly Document[]): Document {
  if (template.type === "constant") throw new Unconvertible("UNSUPPORTED_INTRINSIC");
  const source = expressionOf(template);
  const shownValues = values.map(expressionOf);
  const used = shownValues.map(({ text }) => text).join(" ");
  let name = "$pieces";
  while (used.includes(name)) name += "_";
  const parts = shownValues.flatMap((value, index) => [primary(value), `${name}[${index + 1}]`]);
  return expressed({
    text: `(${name} := $split(${source.text}, '{}'); ${[`${name}[0]`, ...parts].join(" & ")})`,
    isPrimary: true,
    mayBeNothing: false,
    type: "text",
    remarks: remarksWithin([source, ...shownValues], "TEMPLATE_ESCAPES", "TEXT_OF_VALUE"),
  });
}

/** One value alone is made a text; nothing stays nothing. */
function asText(value: Expression): Expression {
  if (value.type === "text") return value;
  return call("string", [value], value.type === "integer" ? [] : ["TEXT_OF_VALUE"], "text");
}

function shown(value: Document): string | Expression {
  return value.type === "constant" ? formatText(value.value) : expressionOf(value);
}

/** Texts beside each other become one, and empty ones none. */
function joinTexts(parts: readonly (string | Expression)[]): readonly (string | Expression)[] {
  const joined: (string | Expression)[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (typeof part === "string" && typeof last === "string") joined.splice(-1, 1, last + part);
    else if (part !== "") joined.push(part);
  }
  return joined;
}

/** The texts before, between and after the braces. A backslash takes the meaning from what follows it. */
function piecesOf(template: string): readonly string[] {
  const pieces = [""];
  for (let index = 0; index < template.length; index++) {
    let character = template.charAt(index);
    if (character === "\\") character = template.charAt(++index);
    else if (character === "{" && template.charAt(index + 1) === "}") {
      pieces.push("");
      index++;
      continue;
    } else if (character === "{" || character === "}") throw new Unconvertible("INVALID", template);
    pieces[pieces.length - 1] += character;
  }
  return pieces;
}
