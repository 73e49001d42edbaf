import type { JsonValue } from "../../expression/json.ts";
import { parseJson } from "../../expression/parse-json.ts";

/** A template as the texts between its variables. */
export interface InputTemplate {
  readonly pieces: readonly TemplatePiece[];
  /** Whether it is an object or a list; else it is a text. */
  readonly isJson: boolean;
}

type TemplatePiece =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "variable"; readonly name: string; readonly isQuoted: boolean };

/** What the variables of a template make it longer than any target takes. */
export class InputTooLong extends Error {
  override readonly name = "InputTooLong";

  constructor() {
    super(`The transformed input is longer than ${longestInput} characters`);
  }
}

/** Our choice: as long as the longest event. A template may name the whole event again and again. */
const longestInput = 1024 * 1024;

/** Splits a template at its `<variables>`. *Documented*: the characters cannot be escaped; what is no name stays as it is. */
export function parseInputTemplate(text: string): InputTemplate {
  const pieces: TemplatePiece[] = [];
  let isQuoted = false;
  let piece = "";
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    const name = character === "<" ? variableAt(text, at) : undefined;
    if (name !== undefined) {
      if (piece !== "") pieces.push({ type: "text", text: piece });
      pieces.push({ type: "variable", name, isQuoted });
      piece = "";
      at += name.length + 1;
      continue;
    }
    piece += character;
    if (character === '"') isQuoted = !isQuoted;
    else if (character === "\\" && at + 1 < text.length) piece += text.charAt(++at);
  }
  if (piece !== "") pieces.push({ type: "text", text: piece });
  return { pieces, isJson: /^\s*[[{]/.test(text) };
}

/** The names of the variables that are named in it. */
export function variablesOf(template: InputTemplate): readonly string[] {
  return template.pieces.flatMap((piece) => (piece.type === "variable" ? [piece.name] : []));
}

/**
 * Puts values where the variables are. Throws {@link InputTooLong}.
 *
 * In quotes a text stands as it is, unescaped (*documented*), and of an object or a list its JSON without quotes (*observed* by others);
 * elsewhere a value is JSON. What is not there is an empty text. JSON is minified (*documented*); if it has become none, because a value has
 * quotes for example, it is given as it is, and the target may refuse it.
 */
export function renderTemplate(
  { pieces, isJson }: InputTemplate,
  valueOf: (name: string) => JsonValue | undefined,
): string {
  let result = "";
  for (const piece of pieces) {
    result += piece.type === "text" ? piece.text : shown(valueOf(piece.name) ?? "", piece.isQuoted);
    if (result.length > longestInput) throw new InputTooLong();
  }
  return isJson ? minified(result) : result;
}

function variableAt(text: string, at: number): string | undefined {
  const name = /^<([^<>"]{1,256})>/.exec(text.slice(at, at + 258))?.[1];
  return name !== undefined && /^[\w.\-$[\]*'/]+$/.test(name) ? name : undefined;
}

function shown(value: JsonValue, isQuoted: boolean): string {
  if (!isQuoted) return JSON.stringify(value);
  return typeof value === "string" ? value : JSON.stringify(value).replaceAll('"', "");
}

function minified(text: string): string {
  try {
    return JSON.stringify(parseJson(text));
  } catch {
    return text;
  }
}
