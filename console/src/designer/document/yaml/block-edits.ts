import type {
  ArrayNode,
  ItemNode,
  MemberNode,
  ObjectNode,
  TextEdit,
} from "../definition-document.ts";
import { EditRefusal } from "../edit-refusal.ts";
import type { NewEntry } from "../flow-edits.ts";
import type { Layout } from "../layout.ts";
import { columnOf, isFirstOnLine, isMultiline } from "../lines.ts";
import type { NewValue } from "../new-value.ts";
import { entriesOf } from "../tree.ts";
import { entryExtent } from "./entry-extent.ts";
import { blockPrinter } from "./print-block.ts";

export interface BlockContext {
  readonly text: string;
  readonly layout: Layout;
  /** The root container, whose first comments belong to the file. */
  readonly root: unknown;
}

type Container = ObjectNode | ArrayNode;
type Entry = MemberNode | ItemNode;

/** Puts an entry into a block that has at least one: behind the one before it, so that what stands between stays with the next. */
export function insertInBlock(
  context: BlockContext,
  container: Container,
  index: number,
  { name, value }: NewEntry,
): TextEdit {
  const { text, layout } = context;
  const entries = entriesOf(container);
  const [first, second] = entries;
  const before = entries[index - 1];
  if (first === undefined) throw new EditRefusal("notation");
  entries.forEach((entry) => requireSimple(text, entry));
  const indent = " ".repeat(columnOf(text, first.from));
  const printer = blockPrinter(layout);
  const printed =
    name === undefined ? printer.item(value, indent) : printer.member(name, value, indent);
  const blank =
    second !== undefined && isSpaced(context, container, first, second) ? layout.eol : "";
  if (before !== undefined) {
    const at = extent(context, container, before).to;
    return { from: at, to: at, insert: blank + layout.eol + indent + printed };
  }
  const at = isFirstOnLine(text, first.from)
    ? extent(context, container, first).lead + indent.length
    : first.from;
  return { from: at, to: at, insert: printed + blank + layout.eol + indent };
}

/** Takes entries out, with their lines and the comments that belong to them. Not all of them. */
export function removeFromBlock(
  context: BlockContext,
  container: Container,
  isRemoved: (index: number) => boolean,
): readonly TextEdit[] {
  const entries = entriesOf(container);
  const edits: TextEdit[] = [];
  let first: Entry | undefined;
  for (const [index, entry] of entries.entries()) {
    if (isRemoved(index)) {
      requireSimple(context.text, entry);
      first ??= entry;
    } else if (first !== undefined) {
      edits.push(removeBefore(context, container, first, entry));
      first = undefined;
    }
  }
  const last = entries.at(-1);
  if (first !== undefined && last !== undefined) {
    edits.push(removeTail(context, container, first, last));
  }
  return edits;
}

/** From an entry up to the next one that stays, whose comments stay with it. */
function removeBefore(
  context: BlockContext,
  container: Container,
  first: Entry,
  next: Entry,
): TextEdit {
  const { text } = context;
  const { lead } = extent(context, container, first);
  const to = extent(context, container, next).lead;
  if (isFirstOnLine(text, first.from)) return { from: lead, to, insert: "" };
  return { from: first.from, to: to + leadingBlanks(text, to), insert: "" };
}

function removeTail(
  context: BlockContext,
  container: Container,
  first: Entry,
  last: Entry,
): TextEdit {
  const { text } = context;
  const { lead } = extent(context, container, first);
  const { to } = extent(context, container, last);
  return { from: text.slice(0, lead).trimEnd().length, to, insert: "" };
}

/** Puts another value behind a colon or a dash; with no entry, in the place of the root. */
export function replaceInBlock(
  context: BlockContext,
  container: Container | undefined,
  entry: Entry | undefined,
  old: Entry["value"],
  value: NewValue,
): TextEdit {
  const { text, layout } = context;
  const printer = blockPrinter(layout);
  if (entry === undefined || container === undefined) {
    // A comment behind it would become a part of a literal.
    const comment = /^[ \t]+#[^\r\n]*/.exec(text.slice(old.to))?.[0] ?? "";
    return { from: old.from, to: old.to + comment.length, insert: printer.value(value, "") };
  }
  requireSimple(text, entry);
  const indent = " ".repeat(columnOf(text, entry.from));
  const isMember = "key" in entry;
  const printed = isMember
    ? printer.behindColon(value, indent)
    : printer.item(value, indent).slice(1);
  const from = isMember ? entry.colon + 1 : entry.from + 1;
  const isOneLine = !isMultiline(printed, 0, printed.length);
  if (isOneLine && old.from > from && !isMultiline(text, from, old.from)) {
    // The blanks, and an anchor that nobody uses, stay.
    return { from: old.from, to: old.to, insert: printed.trimStart() };
  }
  const { to } = extent(context, container, entry);
  const comment = text.slice(old.to, to);
  return { from, to, insert: commented(printed, comment, layout.eol) };
}

/** The order of the entries from one index to another, as texts that take each other's places. */
export function permuteBlock(
  context: BlockContext,
  container: Container,
  order: readonly number[],
): readonly TextEdit[] {
  const { text } = context;
  const places = entriesOf(container).map((entry) => {
    requireSimple(text, entry);
    const { lead, to } = extent(context, container, entry);
    return { from: isFirstOnLine(text, entry.from) ? lead + leadingBlanks(text, lead) : lead, to };
  });
  return order.flatMap((source, target) => {
    const [from, to] = [places[source], places[target]];
    if (source === target || from === undefined || to === undefined) return [];
    return [{ ...to, insert: text.slice(from.from, from.to) }];
  });
}

function extent(context: BlockContext, container: Container, entry: Entry) {
  return entryExtent(context.text, entry, container === context.root);
}

/** `? key` and keys with anchors or tags in front are left to who has written them. */
function requireSimple(text: string, entry: Entry): void {
  if ("key" in entry ? entry.from !== entry.key.from || text.charAt(entry.colon) !== ":" : false) {
    throw new EditRefusal("notation");
  }
}

function isSpaced(
  context: BlockContext,
  container: Container,
  first: Entry,
  second: Entry,
): boolean {
  const between = context.text.slice(
    extent(context, container, first).to,
    extent(context, container, second).lead,
  );
  return (between.match(/\n/g)?.length ?? 0) > 1;
}

/** A comment that stood behind a value stands behind the first line of the next. */
function commented(printed: string, comment: string, eol: string): string {
  if (comment === "") return printed;
  const [first = "", ...rest] = printed.split(eol);
  return [first + comment, ...rest].join(eol);
}

function leadingBlanks(text: string, at: number): number {
  return /^[ \t]*/.exec(text.slice(at, at + 1000))?.[0].length ?? 0;
}
