import type { JsonValue } from "../../expression/json.ts";

/** An item without its source: the value, and its name where it is a member of an object. */
export interface Row {
  readonly value: JsonValue;
  readonly key?: string;
}

/** Rows as they come out of one piece of a file: one promise for many of them. */
export type RowBatches = AsyncIterable<readonly Row[]>;
