import type {
  MemoryConfiguration,
  MemoryTable,
} from "../integrations/memory/memory-configuration.ts";
import { type Check, either, isString, mapOf, objectOf, wrong } from "./config-checks.ts";

/** Whether the value names services that can stand in. */
export function isStandInServicesName(value: unknown): value is "memory" {
  return value === "memory";
}

export const isStandInServices: Check = (value) =>
  isStandInServicesName(value) ? undefined : wrong('must be "memory"');

const isKeyType: Check = (value) =>
  value === "S" || value === "N" || value === "B" ? undefined : wrong('must be "S", "N" or "B"');

const isKey = either(
  isString,
  objectOf({ name: isString, type: isKeyType }),
  'must be the name of an attribute, or { "name": …, "type": "S", "N" or "B" }',
);

const keys = { partitionKey: isKey, sortKey: isKey } satisfies {
  readonly [K in "partitionKey" | "sortKey"]: Check;
};

/** Of an object that has a partition key. */
function withPartitionKey(check: Check): Check {
  return (value) =>
    check(value) ??
    (Object.hasOwn(value as object, "partitionKey")
      ? undefined
      : wrong("must have a partitionKey"));
}

const table = {
  ...keys,
  indexes: mapOf(withPartitionKey(objectOf(keys))),
} satisfies { readonly [K in keyof Required<MemoryTable>]: Check };

export const isMemory = objectOf({
  tables: mapOf(withPartitionKey(objectOf(table))),
} satisfies { readonly [K in keyof Required<MemoryConfiguration>]: Check });
