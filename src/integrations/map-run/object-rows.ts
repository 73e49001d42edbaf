import type { EvaluatedReaderConfig } from "../../ports/map-run-io.ts";
import type { ObjectAddress, ObjectStore } from "../../ports/object-store.ts";
import { csvItems, csvOptions } from "./csv-items.ts";
import type { RowBatches } from "./item-batch.ts";
import { jsonItems } from "./json-items.ts";
import { jsonLines } from "./json-lines.ts";
import { objectContent } from "./object-content.ts";
import { parquetItems } from "./parquet-items.ts";
import { readerFailure } from "./reader-failure.ts";
import type { ReaderLimits } from "./reader-limits.ts";

/** The records in one object, as `InputType` says that they are written. */
export function objectRows(
  store: ObjectStore,
  address: ObjectAddress,
  config: EvaluatedReaderConfig,
  limits: ReaderLimits,
): RowBatches {
  if (config.InputType === "PARQUET") return parquetItems(store, address, limits);
  const content = objectContent(store, address, limits);
  switch (config.InputType) {
    case "JSON":
      return jsonItems(content, { pointer: config.ItemsPointer, itemLength: limits.itemBytes });
    case "JSONL":
      return jsonLines(content, limits.itemBytes);
    case "CSV":
      return csvItems(content, csvOptions(config, limits));
    default:
      throw readerFailure(
        `The InputType ${config.InputType ?? "(absent)"} is not one that can be read here.`,
      );
  }
}
