import type { ItemNode, MemberNode } from "../definition-document.ts";
import { columnOf, indentOf, isFirstOnLine, lineEnd, lineStart } from "../lines.ts";

/** An entry of a YAML block with the comments that belong to it. */
export interface EntryExtent {
  /** Where its first line begins; the entry itself if something else is before it on the line (a dash). */
  readonly lead: number;
  /** The end of its last line, with the comment there. */
  readonly to: number;
}

/**
 * Comments belong to an entry if they stand directly above it in its column, or behind it on its last line. The comments at
 * the head of a file belong to the file.
 */
export function entryExtent(
  text: string,
  entry: MemberNode | ItemNode,
  isOfRoot: boolean,
): EntryExtent {
  const { to } = entry.value;
  const comment = /^[ \t]+#[^\r\n]*/.exec(text.slice(to, lineEnd(text, to)))?.[0] ?? "";
  return { lead: leadOf(text, entry.from, isOfRoot), to: to + comment.length };
}

function leadOf(text: string, from: number, isOfRoot: boolean): number {
  if (!isFirstOnLine(text, from)) return from;
  const column = columnOf(text, from);
  let lead = lineStart(text, from);
  while (lead > 0) {
    const above = lineStart(text, lead - 1);
    const indent = indentOf(text, above);
    if (text.charAt(above + indent.length) !== "#" || indent.length !== column) break;
    // The head of the file.
    if (above === 0 && isOfRoot) return lineStart(text, from);
    lead = above;
  }
  return lead;
}
