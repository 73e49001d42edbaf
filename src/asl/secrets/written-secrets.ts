import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
} from "../../expression/json.ts";
import { isSecretHeader } from "./secret-header.ts";

/** What looks like a secret that is written out in a definition. */
export interface WrittenSecret {
  readonly kind: SecretKind;
  /** The members and indexes that lead to it from the root. */
  readonly path: readonly (string | number)[];
}

export type SecretKind = "accessKey" | "privateKey" | "token" | "password" | "header";

/**
 * The secrets that stand in a definition, which whoever may read it, its executions or its versions reads, too.
 *
 * *Our choices*: only what has the form of a secret and hardly ever of something else, and header fields whose name says it. An
 * expression, a path and a placeholder are references, and `<token>`, `xxx` and `***` stand for one in an example.
 */
export function writtenSecrets(definition: JsonValue): readonly WrittenSecret[] {
  const found: WrittenSecret[] = [];
  search(definition, [], found);
  return found;
}

function search(value: JsonValue, path: WrittenSecret["path"], found: WrittenSecret[]): void {
  if (typeof value === "string") {
    const kind = kindOf(value);
    if (kind !== undefined) found.push({ kind, path });
  } else if (isJsonArray(value)) {
    for (const [index, item] of value.entries()) search(item, [...path, index], found);
  } else if (isJsonObject(value)) {
    const hasKeyId = Object.values(value).some((one) => typeof one === "string" && isKeyId(one));
    for (const [name, member] of Object.entries(value)) {
      const at = [...path, name];
      if (hasKeyId && typeof member === "string" && secretKey.test(member)) {
        found.push({ kind: "accessKey", path: at });
      } else if (/^headers$/i.test(name) && isJsonObject(member)) searchHeaders(member, at, found);
      else search(member, at, found);
    }
  }
}

function searchHeaders(
  headers: JsonObject,
  path: WrittenSecret["path"],
  found: WrittenSecret[],
): void {
  for (const [name, value] of Object.entries(headers)) {
    const at = [...path, name];
    const texts = isJsonArray(value) ? value : [value];
    if (isSecretHeader(name) && texts.some(isWrittenOut)) found.push({ kind: "header", path: at });
    else search(value, at, found);
  }
}

/** *Documented*: AWS's unique identifiers, key ids begin with AKIA or ASIA; those of its examples end with EXAMPLE. */
const keyId = /\bA[KS]IA[A-Z0-9]{16}\b/;
/** *Documented* by AWS's examples: forty characters of base64. */
const secretKey =
  /(?<![A-Za-z0-9/+])(?=[A-Za-z0-9/+]*[0-9])(?=[A-Za-z0-9/+]*[a-z])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/;
const privateKey = /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----/;
/** All of a text, or of one in quotation marks within an expression. A token of sixteen letters without a digit is a word. */
const token =
  /(?:^|["'])(?:Bearer|Basic) +(?=[A-Za-z._~+/-]*[0-9=])[A-Za-z0-9._~+/-]{16,}={0,2}(?:$|["'])/i;
const urlPassword = /\b[a-z][a-z0-9+.-]{1,30}:\/\/[^\s/:@"'?#]*:([^\s/@"'?#]+)@/i;
/** What stands for a value that is put in its place, or keeps it secret. */
const placeholder = /[<>{}$]|\*{3}|^(?:x+|\.+)$|…/i;

function kindOf(text: string): SecretKind | undefined {
  if (privateKey.test(text)) return "privateKey";
  if (isKeyId(text) && secretKey.test(text)) return "accessKey";
  if (token.test(text)) return "token";
  const [, password] = urlPassword.exec(text) ?? [];
  return password === undefined || placeholder.test(password) ? undefined : "password";
}

function isKeyId(text: string): boolean {
  const [id] = keyId.exec(text) ?? [];
  return id !== undefined && !id.endsWith("EXAMPLE");
}

/** Our choice: what is shorter is no key. */
const shortestKey = 8;

function isWrittenOut(value: JsonValue | undefined): boolean {
  return (
    typeof value === "string" &&
    value.trim().length >= shortestKey &&
    !placeholder.test(value) &&
    !value.startsWith("States.")
  );
}
