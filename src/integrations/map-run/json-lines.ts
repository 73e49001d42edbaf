import { parseJsonText } from "../../asl/diagnostics/json-text.ts";
import { parseJson } from "../../expression/parse-json.ts";
import type { Row } from "./item-batch.ts";
import { itemTooLarge } from "./json-items.ts";
import { readerFailure } from "./reader-failure.ts";
import { textChunks } from "./text-chunks.ts";

/** One JSON value on each line. Lines with nothing but white space are none. */
export async function* jsonLines(
  bytes: AsyncIterable<Uint8Array>,
  itemLength: number,
): AsyncGenerator<readonly Row[]> {
  let parts: string[] = [];
  let length = 0;
  let number = 0;

  for await (const text of textChunks(bytes)) {
    const rows: Row[] = [];
    let from = 0;
    for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", from)) {
      add(text.slice(from, end));
      from = end + 1;
      take(rows);
    }
    add(text.slice(from));
    if (rows.length > 0) yield rows;
  }
  const rows: Row[] = [];
  take(rows);
  if (rows.length > 0) yield rows;

  function add(part: string): void {
    length += part.length;
    if (length > itemLength) throw readerFailure(itemTooLarge(itemLength));
    parts.push(part);
  }

  function take(rows: Row[]): void {
    const line = parts.length === 1 ? (parts[0] as string) : parts.join("");
    parts = [];
    length = 0;
    number++;
    if (line.trim() === "") return;
    try {
      rows.push({ value: parseJson(line) });
    } catch {
      const message = parseJsonText(line).error?.message;
      throw readerFailure(`Line ${number} is not valid JSON: ${message}.`);
    }
  }
}
