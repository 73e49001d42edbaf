import type { ConsumedCapacity, ReturnConsumedCapacity } from "@aws-sdk/client-dynamodb";
import { type Item, itemBytes } from "./attribute.ts";
import type { PreparedWrite } from "./prepare-write.ts";
import type { Table } from "./table.ts";

interface Asking {
  readonly ReturnConsumedCapacity?: ReturnConsumedCapacity | undefined;
}

/** *Documented*: a unit for each KB of the larger of what was there and what is; indexes are not counted. */
export function writtenCapacity(writes: readonly PreparedWrite[], asking: Asking): object {
  return capacity(
    writes.map(({ table, old, next }) => {
      const bytes = Math.max(old ? itemBytes(old) : 0, next ? itemBytes(next) : 0);
      return { table, units: Math.max(1, Math.ceil(bytes / 1024)) };
    }),
    asking,
  );
}

/** *Documented*: half a unit for each 4 KB, a whole one where the read is consistent. */
export function readCapacity(
  reads: readonly { readonly table: Table; readonly items: readonly Item[] }[],
  isConsistent: boolean | undefined,
  asking: Asking,
): object {
  return capacity(
    reads.map(({ table, items }) => {
      const bytes = items.reduce((sum, item) => sum + itemBytes(item), 0);
      const units = Math.max(1, Math.ceil(bytes / 4096)) * (isConsistent === true ? 1 : 0.5);
      return { table, units };
    }),
    asking,
  );
}

function capacity(
  used: readonly { readonly table: Table; readonly units: number }[],
  { ReturnConsumedCapacity: wanted = "NONE" }: Asking,
): object {
  if (wanted === "NONE") return {};
  const [first] = used;
  return first === undefined ? {} : { ConsumedCapacity: shown(first.table, first.units) };
}

/** As the operations on several items answer it: a list. */
export function capacityList(
  used: readonly { readonly table: Table; readonly units: number }[],
  { ReturnConsumedCapacity: wanted = "NONE" }: Asking,
): object {
  if (wanted === "NONE") return {};
  const byTable = Map.groupBy(used, ({ table }) => table);
  return {
    ConsumedCapacity: [...byTable].map(([table, each]) =>
      shown(
        table,
        each.reduce((sum, { units }) => sum + units, 0),
      ),
    ),
  };
}

function shown(table: Table, units: number): ConsumedCapacity {
  return { TableName: table.schema.name, CapacityUnits: units };
}
