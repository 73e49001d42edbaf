import { isJsonArray, isJsonObject, ownMember, type JsonValue } from "../../expression/json.ts";
import type { Segment } from "../../expression/jsonpath/path-syntax.ts";
import type { Expression } from "./expression.ts";
import { literal, textLiteral } from "./literal.ts";
import { pathBelow } from "./path-below.ts";
import { certain, remarksWithin } from "./expression.ts";
import { Unconvertible } from "./unconvertible.ts";

/**
 * A JSON document of which some is known: a constant, what an expression gives, or put together from such. What a path selects
 * in it is found without data as far as it is known, so that `OutputPath` needs no trace of what it drops.
 */
export type Document =
  | { readonly type: "constant"; readonly value: JsonValue }
  | { readonly type: "expression"; readonly expression: Expression }
  | { readonly type: "object"; readonly members: readonly (readonly [string, Document])[] }
  | { readonly type: "list"; readonly items: readonly Document[] }
  /** `base` with the member `name`, which it may have had. */
  | {
      readonly type: "merged";
      readonly base: Document;
      readonly name: string;
      readonly value: Document;
    };

/** A document that an expression without doubt gives. */
export function given(text: string): Document {
  return { type: "expression", expression: certain(text) };
}

export function expressed(expression: Expression): Document {
  return { type: "expression", expression };
}

export function constant(value: JsonValue): Document {
  return { type: "constant", value };
}

/** What the steps select. Throws {@link Unconvertible} where that is nothing for certain, or cannot be said. */
export function select(document: Document, segments: readonly Segment[]): Document {
  const [first, ...rest] = segments;
  if (first === undefined) return document;
  const known = knownPart(document, first);
  if (known === "nothing") throw new Unconvertible("ALWAYS_FAILS");
  return known === undefined
    ? expressed(pathBelow(expressionOf(document), segments))
    : select(known.part, "isAll" in known ? segments : rest);
}

type Known = { readonly part: Document } | { readonly part: Document; readonly isAll: true };

/** The part that a step selects; with `isAll`, the part in which that step has still to be made. */
function knownPart(document: Document, step: Segment): Known | "nothing" | undefined {
  switch (document.type) {
    case "constant":
      return knownConstant(document.value, step);
    case "object": {
      if (step.type !== "member") return undefined;
      const member = document.members.find(([name]) => name === step.name);
      return member === undefined ? "nothing" : { part: member[1] };
    }
    case "list": {
      if (step.type !== "index") return undefined;
      const part = document.items.at(step.index);
      return part === undefined ? "nothing" : { part };
    }
    case "merged":
      if (step.type !== "member") return undefined;
      return step.name === document.name
        ? { part: document.value }
        : { part: document.base, isAll: true };
    case "expression":
      return undefined;
  }
}

function knownConstant(value: JsonValue, step: Segment): Known | "nothing" | undefined {
  if (step.type !== "member" && step.type !== "index") return undefined;
  const part =
    step.type === "member"
      ? isJsonObject(value)
        ? ownMember(value, step.name)
        : undefined
      : isJsonArray(value)
        ? value.at(step.index)
        : undefined;
  return part === undefined ? "nothing" : { part: constant(part) };
}

/** The document with another at the place that names lead to; objects on the way are made where there are none. */
export function replace(base: Document, names: readonly string[], value: Document): Document {
  const [name, ...rest] = names;
  if (name === undefined) return value;
  const step: Segment = { type: "member", name };
  const inner = rest.length === 0 ? value : replace(select(base, [step]), rest, value);
  return { type: "merged", base, name, value: inner };
}

/** The document as one expression. */
export function expressionOf(document: Document): Expression {
  switch (document.type) {
    case "expression":
      return document.expression;
    case "constant":
      return constantExpression(document.value);
    case "object": {
      const members = document.members.map(
        ([name, member]) => [name, expressionOf(member)] as const,
      );
      const written = members.map(([name, { text }]) => `${textLiteral(name)}: ${text}`);
      const remarks = remarksWithin(members.map(([, member]) => member));
      return { ...certain(`{${written.join(", ")}}`), remarks };
    }
    case "list": {
      const items = document.items.map(expressionOf);
      const text = `[${items.map(listItem).join(", ")}]`;
      return { ...certain(text, "list"), remarks: remarksWithin(items) };
    }
    case "merged": {
      // An object that is made on the way may be missing before.
      const base = expressionOf(document.base);
      const name = textLiteral(document.name);
      const value = expressionOf(document.value);
      const remarks = [...base.remarks, ...remarksWithin([value])];
      return { ...certain(`$merge([${base.text}, {${name}: ${value.text}}])`), remarks };
    }
  }
}

function constantExpression(value: JsonValue): Expression {
  const type = typeof value === "string" ? "text" : Number.isInteger(value) ? "integer" : undefined;
  const isNegative = typeof value === "number" && value < 0;
  return { ...certain(literal(value), isJsonArray(value) ? "list" : type), isPrimary: !isNegative };
}

/** An item of a list in brackets: what may be a list itself would become its items. */
function listItem(item: Expression): string {
  if (item.type === "list") return item.text.startsWith("[") ? item.text : `[${item.text}]`;
  const isPlain = item.type !== undefined || /^[{'"\d-]|^(?:true|false|null)$/.test(item.text);
  return isPlain ? item.text : `($type(${item.text}) = 'array' ? [[${item.text}]] : ${item.text})`;
}
