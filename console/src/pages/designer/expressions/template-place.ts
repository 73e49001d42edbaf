import type { CompletedLanguage } from "../../../designer/completion/candidate.ts";
import type { QueryLanguage } from "../../../designer/edits/fragment.ts";

/** The expression of a template's text that the cursor is in. */
export interface TemplatePlace {
  readonly language: CompletedLanguage;
  /** Where its text begins in the JSON text. */
  readonly from: number;
  readonly text: string;
  readonly cursor: number;
}

/** A JSON string that is open at the end of the text, with the member's name before it. */
const openString = /(?:"((?:[^"\\\n]|\\.)*)"\s*:\s*)?"((?:[^"\\\n])*)$/;

/**
 * The expression around the cursor in the JSON text of a template: within `{% %}`, or in the value of a member whose name ends with
 * `.$`. `undefined`: there is none, or its text has escapes, whose places are others.
 */
export function templatePlace(
  json: string,
  cursor: number,
  language: QueryLanguage,
): TemplatePlace | undefined {
  const line = json.slice(json.lastIndexOf("\n", cursor - 1) + 1, cursor);
  const found = openString.exec(line);
  if (found === null || isWithinName(line, found.index)) return undefined;
  const [, name = "", before = ""] = found;
  const rest = /^(?:[^"\\\n])*/.exec(json.slice(cursor))?.[0] ?? "";
  const from = cursor - before.length;
  if (language === "JSONPath") {
    if (!name.endsWith(".$")) return undefined;
    const text = before + rest;
    const isPath = text.startsWith("$") || text === "";
    return { language: isPath ? "jsonpath" : "intrinsic", from, text, cursor: before.length };
  }
  const opened = /^\s*\{%/.exec(before)?.[0].length;
  if (opened === undefined) return undefined;
  const text = (before + rest).slice(opened).replace(/%\}\s*$/, "");
  const at = before.length - opened;
  return at > text.length
    ? undefined
    : { language: "jsonata", from: from + opened, text, cursor: at };
}

/** An even number of quotes before it: the string that is open begins there, and none ends. */
function isWithinName(line: string, at: number): boolean {
  const quotes = line.slice(0, at).match(/(?<!\\)"/g)?.length ?? 0;
  return quotes % 2 === 1;
}
