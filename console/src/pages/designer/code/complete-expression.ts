import type { Completion, CompletionResult } from "@codemirror/autocomplete";
import type { EditorView } from "@codemirror/view";
import type { Candidate } from "../../../designer/completion/candidate.ts";
import { completions } from "../../../designer/completion/completions.ts";
import type { DefinitionDocument } from "../../../designer/document/definition-document.ts";
import type { CursorPlace } from "../../../designer/language/cursor-place.ts";
import type { ExpressionPlace } from "../../../designer/language/expression-place.ts";
import type { NodeKey } from "../../../graph/model.ts";
import type { CodeHelp } from "./code-help.ts";

/** Names within an expression, from what is pinned to its state. */
export function completeExpression(
  { format }: DefinitionDocument,
  { quote }: CursorPlace,
  expression: ExpressionPlace,
  help: CodeHelp,
  state: NodeKey | undefined,
): CompletionResult | null {
  const { from: start, ...question } = expression;
  // A text of JSON has escapes: what is before the cursor is read without them, and counted with them.
  const isEscaped = format === "json" || quote === '"';
  const before = question.text.slice(0, question.cursor);
  const [plain, after] = isEscaped
    ? [unescaped(before), unescaped(question.text.slice(question.cursor))]
    : [before, question.text.slice(question.cursor)];
  const found = completions({
    ...question,
    text: plain + after,
    cursor: plain.length,
    data: help.data(state),
  });
  if (found === undefined || found.candidates.length === 0) return null;
  const rawAt = (offset: number): number =>
    start + (isEscaped ? rawLength(before, offset) : offset);
  const escape = (text: string): string =>
    isEscaped
      ? JSON.stringify(text).slice(1, -1)
      : quote === "'"
        ? text.replaceAll("'", "''")
        : text;
  return {
    from: rawAt(found.from),
    to: start + question.cursor,
    filter: false,
    options: found.candidates.map((candidate) => optionOf(candidate, help, rawAt, escape)),
  };
}

function optionOf(
  candidate: Candidate,
  help: CodeHelp,
  rawAt: (offset: number) => number,
  escape: (text: string) => string,
): Completion {
  const { label, sample, signature, doc, insert, cursor, from } = candidate;
  const detail = sample?.text ?? signature;
  const info = doc === undefined ? undefined : help.text.expressionDocs[doc];
  return {
    label,
    ...(detail !== undefined && { detail }),
    ...(info !== undefined && { info }),
    apply: (view: EditorView, _: Completion, start: number, to: number) => {
      const begin = from === undefined ? start : rawAt(from);
      const text = escape(insert);
      const at = cursor === undefined ? text.length : escape(insert.slice(0, cursor)).length;
      view.dispatch({
        changes: { from: begin, to, insert: text },
        selection: { anchor: begin + at },
        userEvent: "input.complete",
      });
    },
  };
}

function unescaped(raw: string): string {
  try {
    return JSON.parse(`"${raw}"`) as string;
  } catch {
    return raw;
  }
}

/** How many characters of the written text stand for so many of what it means. */
function rawLength(raw: string, length: number): number {
  let at = 0;
  for (let count = 0; count < length && at < raw.length; count++) {
    at += raw.charAt(at) === "\\" ? (raw.charAt(at + 1) === "u" ? 6 : 2) : 1;
  }
  return at;
}
