import { setMember, type JsonValue } from "../../expression/json.ts";
import type { EvaluatedReaderConfig } from "../../ports/map-run-io.ts";
import { csvRecords } from "./csv-records.ts";
import { hashMapOrder } from "./hash-map-order.ts";
import type { Row } from "./item-batch.ts";
import { readerFailure } from "./reader-failure.ts";
import type { ReaderLimits } from "./reader-limits.ts";

const delimiters: { readonly [name: string]: string } = {
  COMMA: ",",
  PIPE: "|",
  SEMICOLON: ";",
  SPACE: " ",
  TAB: "\t",
};

export interface CsvOptions {
  /** Absent: the first record has the names. */
  readonly headers?: readonly string[] | undefined;
  readonly delimiter?: string | undefined;
  readonly limits: ReaderLimits;
}

/** What a reader's configuration says about CSV. */
export function csvOptions(config: EvaluatedReaderConfig, limits: ReaderLimits): CsvOptions {
  const headers = config.CSVHeaderLocation === "FIRST_ROW" ? undefined : config.CSVHeaders;
  return { headers, delimiter: delimiters[config.CSVDelimiter ?? "COMMA"], limits };
}

/**
 * The rows of delimited text: objects of strings. *Documented*: fields that are missing are `""`, those beyond the
 * header are dropped.
 */
export async function* csvItems(
  bytes: AsyncIterable<Uint8Array>,
  options: CsvOptions,
): AsyncGenerator<readonly Row[]> {
  const { limits } = options;
  let makeRow = options.headers && rowMaker(options.headers, limits);
  const format = { delimiter: options.delimiter ?? ",", recordLength: limits.itemBytes };
  for await (const records of csvRecords(bytes, format)) {
    const rows: Row[] = [];
    for (const record of records) {
      if (makeRow === undefined) makeRow = rowMaker(record, limits);
      else rows.push({ value: makeRow(record) });
    }
    if (rows.length > 0) yield rows;
  }
}

function rowMaker(
  headers: readonly string[],
  limits: ReaderLimits,
): (record: readonly string[]) => JsonValue {
  const bytes = headers.reduce((sum, header) => sum + Buffer.byteLength(header) + 1, 0);
  if (bytes > limits.csvHeaderBytes) {
    throw readerFailure(
      `The CSV headers exceed the maximum size of ${limits.csvHeaderBytes} bytes.`,
    );
  }
  // *Observed* wording.
  if (new Set(headers).size < headers.length) {
    throw readerFailure("CSV headers cannot contain duplicates.");
  }
  const columns = hashMapOrder(headers).map((index) => [headers[index] as string, index] as const);
  return (record) => {
    const row: Record<string, JsonValue> = {};
    for (const [header, index] of columns) setMember(row, header, record[index] ?? "");
    return row;
  };
}
