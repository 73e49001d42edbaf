import { parseJsonText } from "../../asl/diagnostics/json-text.ts";
import type { JsonValue } from "../../expression/json.ts";
import type { Row } from "./item-batch.ts";
import { createJsonScanner } from "./json-scanner.ts";
import { notIterable, readerFailure } from "./reader-failure.ts";
import { textChunks } from "./text-chunks.ts";

export interface JsonItemsOptions {
  /** RFC 6901, already checked. Absent: the document itself. */
  readonly pointer?: string | undefined;
  /** Characters of the largest item. */
  readonly itemLength: number;
}

/**
 * The elements of the array, or the members of the object, that the pointer selects in a JSON document.
 *
 * Only the item that is being read is in memory: a scanner finds where it ends, and {@link parseJsonText} reads it. What the
 * pointer passes by is skipped unread, and so is what comes after the selected value. Of members with the same name
 * the first counts.
 *
 * *Observed*: a document that is an object has no items (`Attempting to map over non-iterable node.`). *Documented*
 * since: an object that `ItemsPointer` selects is iterated as pairs. So an object takes a pointer, which may be `""`.
 */
export async function* jsonItems(
  bytes: AsyncIterable<Uint8Array>,
  options: JsonItemsOptions,
): AsyncGenerator<readonly Row[]> {
  const parser = createItemParser(options);
  for await (const text of textChunks(bytes)) {
    const rows = parser.push(text);
    if (rows.length > 0) yield rows;
    // With a pointer the rest of the document is none of our business.
    if (parser.isDone() && options.pointer !== undefined) return;
  }
  parser.end();
}

/** What may come next in the container that is being read. */
type Expected = "value" | "valueOrEnd" | "key" | "keyOrEnd" | "colon" | "commaOrEnd" | "nothing";

interface Frame {
  readonly isArray: boolean;
  /** Index of the element that comes next. */
  index: number;
  /** Name of the member whose value comes next. */
  name: string;
}

function createItemParser(options: JsonItemsOptions): {
  push(text: string): readonly Row[];
  isDone(): boolean;
  end(): void;
} {
  const path = pointerTokens(options.pointer ?? "");
  const scanner = createJsonScanner();
  const frames: Frame[] = [];
  let expected: Expected = "value";
  /** What the value that goes on in the next piece is for. */
  let open: "key" | "item" | "skipped" | undefined;
  let parts: string[] = [];
  let length = 0;
  let rows: Row[] = [];

  return {
    push(text) {
      rows = [];
      let at = 0;
      while (at < text.length) at = open === undefined ? step(text, at) : scanned(text, at);
      return rows;
    },
    isDone: () => expected === "nothing",
    end() {
      if (expected !== "nothing") throw malformed("it ends too early");
    },
  };

  /** Reads one character of structure, or enters a value; gives where to go on. */
  function step(text: string, at: number): number {
    const character = text[at] as string;
    if (character === " " || character === "\n" || character === "\r" || character === "\t") {
      return at + 1;
    }
    const frame = frames.at(-1);
    const closes = frame !== undefined && character === (frame.isArray ? "]" : "}");
    switch (expected) {
      case "valueOrEnd":
      case "value":
        if (closes && expected === "valueOrEnd") return leave(at);
        return enterValue(text, at);
      case "keyOrEnd":
      case "key":
        if (closes && expected === "keyOrEnd") return leave(at);
        if (character !== '"') throw malformed(`a member's name is expected, not ${character}`);
        return begin("key", text, at);
      case "colon":
        if (character !== ":") throw malformed(`a colon is expected, not ${character}`);
        expected = "value";
        return at + 1;
      case "commaOrEnd":
        if (closes) return leave(at);
        if (character !== ",") throw malformed(`a comma is expected, not ${character}`);
        expected = frame?.isArray === true ? "value" : "key";
        return at + 1;
      case "nothing":
        if (options.pointer !== undefined) return text.length;
        throw malformed(`nothing is expected after the value, not ${character}`);
    }
  }

  function enterValue(text: string, at: number): number {
    const frame = frames.at(-1);
    const inTarget = frames.length > path.length;
    if (inTarget) return begin("item", text, at);
    if (frame !== undefined) {
      const token = path[frames.length - 1];
      const name = frame.isArray ? String(frame.index) : frame.name;
      if (name !== token) return begin("skipped", text, at);
    }
    const isArray = text[at] === "[";
    const isTarget = frames.length === path.length;
    const mayBeObject = !isTarget || options.pointer !== undefined;
    if (!isArray && !(text[at] === "{" && mayBeObject)) throw readerFailure(notIterable);
    frames.push({ isArray, index: 0, name: "" });
    expected = isArray ? "valueOrEnd" : "keyOrEnd";
    return at + 1;
  }

  function leave(at: number): number {
    // Another container than the selected one ends: what the pointer names is not in it.
    if (frames.length <= path.length) throw readerFailure(notIterable);
    expected = "nothing";
    return at + 1;
  }

  function begin(what: "key" | "item" | "skipped", text: string, at: number): number {
    open = what;
    parts = [];
    length = 0;
    return collect(text, at, scanner.start(text, at));
  }

  function scanned(text: string, at: number): number {
    return collect(text, at, scanner.resume(text, at));
  }

  function collect(text: string, from: number, end: number): number {
    const to = end === -1 ? text.length : end;
    if (open !== "skipped") {
      length += to - from;
      if (length > options.itemLength) throw readerFailure(itemTooLarge(options.itemLength));
      parts.push(text.slice(from, to));
    }
    if (end !== -1) finish();
    return to;
  }

  function finish(): void {
    const frame = frames.at(-1) as Frame;
    const what = open;
    open = undefined;
    if (what === "key") {
      frame.name = parse(parts) as string;
      expected = "colon";
      return;
    }
    expected = "commaOrEnd";
    frame.index++;
    if (what !== "item") return;
    const value = parse(parts);
    rows.push(frame.isArray ? { value } : { value, key: frame.name });
  }
}

/** The text of an item that is too large. Our wording. */
export function itemTooLarge(bytes: number): string {
  return `An item exceeds the maximum size of ${bytes} bytes.`;
}

function parse(parts: readonly string[]): JsonValue {
  const parsed = parseJsonText(parts.length === 1 ? (parts[0] as string) : parts.join(""));
  if (parsed.error !== undefined) throw malformed(parsed.error.message);
  return parsed.value;
}

function malformed(detail: string): Error {
  return readerFailure(`The JSON file is not valid: ${detail}.`);
}

function pointerTokens(pointer: string): readonly string[] {
  if (pointer === "") return [];
  return pointer
    .slice(1)
    .split("/")
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
}
