import type {
  ArrayNode,
  ItemNode,
  MemberNode,
  ObjectNode,
  TextEdit,
} from "./definition-document.ts";
import type { Layout } from "./layout.ts";
import { indentOf, isMultiline, lineStart } from "./lines.ts";
import type { NewValue } from "./new-value.ts";
import { printFlow, printMember, type FlowNotation, type FlowPlace } from "./print-flow.ts";
import { entriesOf } from "./tree.ts";

/** What an edit in flow style needs to know of the text around it. */
export interface FlowContext {
  readonly text: string;
  readonly layout: Layout;
  readonly notation: FlowNotation;
}

type Container = ObjectNode | ArrayNode;

/** A value that is put in, with its name if the container is an object. */
export interface NewEntry {
  readonly name?: string;
  readonly value: NewValue;
}

/** Puts an entry before the one that has the index, or behind all. */
export function insertInFlow(
  context: FlowContext,
  container: Container,
  index: number,
  entry: NewEntry,
): TextEdit {
  const entries = entriesOf(container);
  const next = entries[index];
  const last = entries.at(-1);
  if (last === undefined) return fillFlow(context, container, entry);
  const separator = separatorBefore(context, container, next ?? last);
  const place = placeIn(context, container, separator, entry.value);
  const printed = printEntry(entry, place);
  const comma = separator === "" ? context.layout.comma : `,${separator}`;
  if (next !== undefined) return { from: next.from, to: next.from, insert: printed + comma };
  return { from: last.value.to, to: last.value.to, insert: comma + printed };
}

/** The first entry of an empty container. */
function fillFlow(context: FlowContext, container: Container, entry: NewEntry): TextEdit {
  const { from, to } = container;
  const value: NewValue =
    container.kind === "object" ? { [entry.name ?? ""]: entry.value } : [entry.value];
  const indent = indentOf(context.text, from);
  const mode = context.layout.isMultiline ? "fitting" : "inline";
  return { from, to, insert: printFlow(value, { ...context, indent, mode }) };
}

/** Takes entries out, with their commas and, where they have lines of their own, these. */
export function removeFromFlow(
  container: Container,
  isRemoved: (index: number) => boolean,
): readonly TextEdit[] {
  const entries = entriesOf(container);
  const kept = [...entries.keys()].filter((index) => !isRemoved(index));
  if (kept.length === entries.length) return [];
  const lastKept = kept.at(-1);
  if (lastKept === undefined) {
    return [{ from: container.from + 1, to: container.to - 1, insert: "" }];
  }
  const edits: TextEdit[] = [];
  let from: number | undefined;
  for (const [index, entry] of entries.entries()) {
    if (isRemoved(index)) from ??= entry.from;
    else if (from !== undefined) {
      edits.push({ from, to: entry.from, insert: "" });
      from = undefined;
    }
  }
  if (from !== undefined) {
    const before = entries[lastKept]?.value.to ?? from;
    edits.push({ from: before, to: entries.at(-1)?.value.to ?? before, insert: "" });
  }
  return edits;
}

/** Puts another value in the place of one. */
export function replaceInFlow(
  context: FlowContext,
  container: Container | undefined,
  old: { readonly from: number; readonly to: number },
  value: NewValue,
): TextEdit {
  const { text, layout } = context;
  const isInLines = container === undefined || isMultiline(text, container.from, container.to);
  const wasInLines = isMultiline(text, old.from, old.to);
  const mode = wasInLines ? "lines" : isInLines && layout.isMultiline ? "fitting" : "inline";
  const place: FlowPlace = { ...context, indent: indentOf(text, old.from), mode };
  // YAML: nothing stands behind the colon, or not even a colon behind the key.
  const isMissing = old.from === old.to;
  const before = isMissing
    ? /:[ \t]*$/.test(text.slice(lineStart(text, old.from), old.from))
      ? " "
      : ": "
    : "";
  return { from: old.from, to: old.to, insert: before + printFlow(value, place) };
}

/** The line end and indent in front of an entry, or "" if it is on the line of what is before it. */
function separatorBefore(
  { text, layout }: FlowContext,
  container: Container,
  entry: MemberNode | ItemNode,
): string {
  let from = entry.from;
  while (from > container.from + 1 && /\s/.test(text.charAt(from - 1))) from--;
  const blanks = text.slice(from, entry.from);
  const line = blanks.lastIndexOf("\n");
  return line < 0 ? "" : layout.eol + blanks.slice(line + 1);
}

/** A new container has lines of its own if those beside it have, and is on one line if they are. */
function placeIn(
  context: FlowContext,
  container: Container,
  separator: string,
  value: NewValue,
): FlowPlace {
  const { text, layout } = context;
  if (separator === "") {
    return { ...context, indent: indentOf(text, container.from), mode: "inline" };
  }
  const kind = Array.isArray(value) ? "array" : "object";
  const beside = entriesOf(container)
    .slice(0, 20)
    .map((entry) => entry.value)
    .filter((each) => each.kind === kind && entriesOf(each as Container).length > 0);
  const inLines = beside.filter(({ from, to }) => isMultiline(text, from, to));
  const mode = inLines.length * 2 > beside.length ? "lines" : "fitting";
  return { ...context, indent: separator.slice(layout.eol.length), mode };
}

function printEntry({ name, value }: NewEntry, place: FlowPlace): string {
  return name === undefined ? printFlow(value, place) : printMember(name, value, place);
}
