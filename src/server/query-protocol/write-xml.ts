import type { ServiceMembers, ServiceValue } from "../../ports/service-api.ts";

/**
 * An answer's members as XML: a list has an element `member` for each, and a map, `{ entry: […] }`, one `entry`. What is undefined
 * is left out.
 */
export function xmlOf(answer: ServiceMembers): string {
  return Object.entries(answer)
    .map(([name, value]) => {
      if (value === undefined || value === null) return "";
      return name === "entry" && isList(value)
        ? value.map((each) => element("entry", each)).join("")
        : element(name, value);
    })
    .join("");
}

function element(name: string, value: ServiceValue): string {
  return value === undefined ? "" : `<${name}>${contentOf(value)}</${name}>`;
}

function contentOf(value: ServiceValue): string {
  if (value === undefined || value === null) return "";
  if (value instanceof Date) return value.toISOString().replace(/\.\d+Z$/, "Z");
  if (isList(value)) return value.map((each) => element("member", each)).join("");
  return typeof value === "object" ? xmlOf(value) : escaped(String(value));
}

export function isList(value: ServiceValue): value is readonly ServiceValue[] {
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
