import { itemTooLarge } from "./json-items.ts";
import { readerFailure } from "./reader-failure.ts";
import { textChunks } from "./text-chunks.ts";

export interface CsvFormat {
  readonly delimiter: string;
  /** Characters of the longest record. */
  readonly recordLength: number;
}

const quote = 0x22;
const backslash = 0x5c;
const newline = 0x0a;
const carriageReturn = 0x0d;

/**
 * The records of delimited text, each a list of its fields.
 *
 * *Documented*: a newline ends a record; quotes are optional and protect delimiters and newlines; a backslash takes a
 * backslash, a quote or a delimiter literally and is dropped before anything else. *Observed*: a doubled quote is one
 * quote, also in a field without quotes. *Our choice*: another quote that does not begin its field is an ordinary
 * character, CR LF is a newline, and a line with nothing in it is a record with one empty field.
 */
export async function* csvRecords(
  bytes: AsyncIterable<Uint8Array>,
  format: CsvFormat,
): AsyncGenerator<readonly (readonly string[])[]> {
  const parser = createCsvParser(format);
  for await (const text of textChunks(bytes)) {
    const records = parser.push(text, false);
    if (records.length > 0) yield records;
  }
  const records = parser.push("", true);
  if (records.length > 0) yield records;
}

function createCsvParser(format: CsvFormat): {
  push(text: string, last: boolean): readonly (readonly string[])[];
} {
  const delimiter = format.delimiter.charCodeAt(0);
  let records: string[][] = [];
  let record: string[] = [];
  let field = "";
  let length = 0;
  let inQuotes = false;
  /** The field has quotes: it is there even if there is nothing in it. */
  let wasQuoted = false;
  /** A last character whose meaning depends on the next. */
  let held = "";

  return {
    push(more, last) {
      records = [];
      const text = held + more;
      const end = last ? text.length : text.length - heldBack(text);
      held = text.slice(end);
      if (held.length > format.recordLength) throw readerFailure(itemTooLarge(format.recordLength));
      scan(text, end);
      if (last && (record.length > 0 || field !== "" || wasQuoted)) endRecord();
      return records;
    },
  };

  function scan(text: string, end: number): void {
    let from = 0;
    let at = 0;
    while (at < end) {
      const code = text.charCodeAt(at);
      if (code === backslash) {
        add(text, from, at);
        const next = text.charCodeAt(at + 1);
        from = at + 1;
        at += next === backslash || next === quote || next === delimiter ? 2 : 1;
      } else if (code === quote && inQuotes) {
        add(text, from, at);
        const doubled = text.charCodeAt(at + 1) === quote;
        inQuotes = doubled;
        from = at + 1;
        at += doubled ? 2 : 1;
      } else if (inQuotes) {
        at++;
      } else if (code === quote && at === from && field === "" && !wasQuoted) {
        inQuotes = true;
        wasQuoted = true;
        at++;
        from = at;
      } else if (code === quote && text.charCodeAt(at + 1) === quote) {
        add(text, from, at);
        from = at + 1;
        at += 2;
      } else if (code === delimiter) {
        add(text, from, at);
        endField();
        at++;
        from = at;
      } else if (code === newline || (code === carriageReturn && isNewline(text, at + 1))) {
        add(text, from, at);
        endRecord();
        at += code === newline ? 1 : 2;
        from = at;
      } else {
        at++;
      }
    }
    add(text, from, end);
  }

  function add(text: string, from: number, to: number): void {
    if (from >= to) return;
    length += to - from;
    if (length > format.recordLength) throw readerFailure(itemTooLarge(format.recordLength));
    field += text.slice(from, to);
  }

  function endField(): void {
    record.push(field);
    field = "";
    wasQuoted = false;
  }

  function endRecord(): void {
    endField();
    records.push(record);
    record = [];
    length = 0;
  }
}

function isNewline(text: string, at: number): boolean {
  return text.charCodeAt(at) === newline;
}

/** How many characters at the end must wait for what follows them. */
function heldBack(text: string): number {
  const last = text.charCodeAt(text.length - 1);
  if (last === carriageReturn) return 1;
  if (last !== quote && last !== backslash) return 0;
  // A run of these is read in pairs, so all of it waits: it is short, or the record is too long anyway.
  let at = text.length - 1;
  while (at > 0 && isQuoteOrBackslash(text.charCodeAt(at - 1))) at--;
  return text.length - at;
}

function isQuoteOrBackslash(code: number): boolean {
  return code === quote || code === backslash;
}
