import { isContainer, parseJson } from "./json-value.ts";

/** What a value is beside the text or number that it is written as. */
export type Recognised =
  /** JSON in a text: its value. */
  | { readonly kind: "json"; readonly value: unknown }
  | { readonly kind: "time"; readonly at: number }
  | { readonly kind: "arn"; readonly arn: string; readonly parts: ArnParts }
  /** Base64: what it is of. */
  | { readonly kind: "base64"; readonly text: string };

export interface ArnParts {
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

/** Our choice: longer texts are not looked into, so that a line costs little. */
const longest = 300_000;

/** What a scalar of a document can be opened as; nothing, if it is only what it is. */
export function recognise(value: unknown): Recognised | undefined {
  if (typeof value === "number") return timeOfNumber(value);
  if (typeof value !== "string" || value.length > longest) return undefined;
  return jsonIn(value) ?? arnIn(value) ?? timeIn(value) ?? base64In(value);
}

function jsonIn(text: string): Recognised | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const value = parseJson(text);
    return isContainer(value) ? { kind: "json", value } : undefined;
  } catch {
    return undefined;
  }
}

function arnIn(arn: string): Recognised | undefined {
  const found = /^arn:[a-z-]+:([a-z0-9-]+):([a-z0-9-]*):(\d{12}|aws|):([^\s]+)$/.exec(arn);
  if (found === null) return undefined;
  const [, service = "", region = "", account = "", resource = ""] = found;
  return { kind: "arn", arn, parts: { service, region, account, resource } };
}

function timeIn(text: string): Recognised | undefined {
  if (!/^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|z|[+-]\d\d:?\d\d)$/.test(text)) {
    return undefined;
  }
  const at = Date.parse(text.replace(" ", "T"));
  return Number.isNaN(at) ? undefined : { kind: "time", at };
}

/** Times in seconds or milliseconds between 2001 and 2100: other numbers that large are rare. */
function timeOfNumber(value: number): Recognised | undefined {
  if (value >= 1e12 && value < 4.1e12 && Number.isInteger(value))
    return { kind: "time", at: value };
  if (value >= 1e9 && value < 4.1e9) return { kind: "time", at: Math.round(value * 1_000) };
  return undefined;
}

/** Short words are base64, too: only what is text once it is decoded counts, and nothing that looks like a name or digits. */
function base64In(text: string): Recognised | undefined {
  if (text.length < 16 || text.length % 4 !== 0) return undefined;
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined;
  if (!/[A-Z]/.test(text) || !/[a-z]/.test(text) || !/[0-9+/=]/.test(text)) return undefined;
  try {
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    const decoded = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    // eslint-disable-next-line no-control-regex -- that is what tells bytes from text
    return /[\u0000-\u0008\u000e-\u001f]/.test(decoded)
      ? undefined
      : { kind: "base64", text: decoded };
  } catch {
    return undefined;
  }
}
