import type { Answer, AnswerValue } from "../../iam/operations/operation.ts";

/** An answer's members as XML: a list has an element `member` for each. What is undefined is left out. */
export function xmlOf(answer: Answer): string {
  return Object.entries(answer)
    .map(([name, value]) => (value === undefined ? "" : element(name, value)))
    .join("");
}

function element(name: string, value: Exclude<AnswerValue, undefined>): string {
  return `<${name}>${contentOf(value)}</${name}>`;
}

function contentOf(value: Exclude<AnswerValue, undefined>): string {
  if (value instanceof Date) return value.toISOString().replace(/\.\d+Z$/, "Z");
  if (isList(value)) {
    return value.map((one) => (one === undefined ? "" : element("member", one))).join("");
  }
  return typeof value === "object" ? xmlOf(value) : escaped(String(value));
}

function isList(value: AnswerValue): value is readonly AnswerValue[] {
  return Array.isArray(value);
}

const entities: { readonly [character: string]: string } = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\r": "&#xD;",
};

/** A text as XML has it; characters that no XML may hold, not even as an entity, are replaced. */
export function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replaceAll(/[&<>"\r]/g, (character) => entities[character] ?? character);
}
