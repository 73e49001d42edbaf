import { isJsonArray, isJsonObject, type JsonValue, setMember } from "../../expression/json.ts";
import type { Header } from "../http/http-client.ts";
import { createLiteralMatcher, shortestLiteral } from "./literal-matcher.ts";

/** What stands in the place of a secret. *Our choice*; AWS's is not known. */
export const masked = "********";

/** Takes secrets out of what the other side says, which may well be what it was sent. */
export interface SecretMask {
  text(text: string): string;
  value(value: JsonValue): JsonValue;
  headers(headers: readonly Header[]): readonly Header[];
}

/** Finds the secrets by their value, in each spelling that a server is likely to give back. Texts below four characters are none. */
export function createSecretMask(secrets: readonly string[]): SecretMask {
  const spellings = new Set(
    secrets.filter((secret) => secret.length >= shortestLiteral).flatMap(spellingsOf),
  );
  if (spellings.size === 0) {
    return { text: (text) => text, value: (value) => value, headers: (headers) => headers };
  }
  const text = createLiteralMatcher(spellings, masked);
  const value = (whole: JsonValue): JsonValue => {
    if (typeof whole === "string") return text(whole);
    if (isJsonArray(whole)) return whole.map(value);
    if (!isJsonObject(whole)) return whole;
    const copy: Record<string, JsonValue> = {};
    for (const [name, member] of Object.entries(whole)) setMember(copy, text(name), value(member));
    return copy;
  };
  return {
    text,
    value,
    headers: (headers) => headers.map(([name, shown]) => [text(name), text(shown)] as const),
  };
}

function spellingsOf(secret: string): readonly string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const url = encodeURIComponent(secret.toWellFormed());
  const base64 = Buffer.from(secret).toString("base64");
  return [
    secret,
    json,
    json.replaceAll("/", "\\/"),
    url,
    url.replaceAll("%20", "+"),
    new URLSearchParams([["", secret]]).toString().slice(1),
    escapedForHtml(secret),
    base64,
    base64.replaceAll("=", ""),
    Buffer.from(secret).toString("base64url"),
    Buffer.from(secret).toString("hex"),
  ];
}

function escapedForHtml(text: string): string {
  const entities: { readonly [character: string]: string } = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] as string);
}
