import type {
  BatchGetItemCommandInput,
  BatchWriteItemCommandInput,
  TransactGetItemsCommandInput,
  TransactWriteItem,
  TransactWriteItemsCommandInput,
} from "@aws-sdk/client-dynamodb";
import type { MemoryOperations } from "../memory-operation.ts";
import { ServiceRefusal } from "../service-refusal.ts";
import { type Item, itemBytes, shownItem } from "./attribute.ts";
import { capacityList } from "./consumed-capacity.ts";
import { checkKey } from "./item-key.ts";
import {
  ConditionFailed,
  prepareCheck,
  prepareDelete,
  type PreparedWrite,
  preparePut,
  prepareUpdate,
} from "./prepare-write.ts";
import { readItem } from "./read-attribute.ts";
import { projectionOf } from "./read-operations.ts";
import { readExpressions } from "./request-expressions.ts";
import type { Table } from "./table.ts";
import type { Tables } from "./tables.ts";
import { invalid, notBuilt } from "./validation.ts";

/** *Documented*: items of one request. */
const most = { read: 100, written: 25, inTransaction: 100 } as const;

/** The operations on several items: batches, of which each item is for itself, and transactions. */
export function batchOperations(tables: Tables): MemoryOperations {
  function prepared(item: TransactWriteItem): PreparedWrite {
    if (item.Put !== undefined) return preparePut(tables, item.Put);
    if (item.Update !== undefined) return prepareUpdate(tables, item.Update);
    if (item.Delete !== undefined) return prepareDelete(tables, item.Delete);
    if (item.ConditionCheck !== undefined) return prepareCheck(tables, item.ConditionCheck);
    throw invalid(
      "Invalid Request: TransactWriteRequest should contain Delete or Put or Update request",
    );
  }

  return {
    BatchGetItem(input: BatchGetItemCommandInput) {
      const requests = Object.entries(input.RequestItems ?? {});
      const count = requests.reduce((sum, [, { Keys: keys = [] }]) => sum + keys.length, 0);
      if (count > most.read) {
        throw invalid("Too many items requested for the BatchGetItem call");
      }
      const used: { readonly table: Table; readonly units: number }[] = [];
      const responses = requests.map(([name, request]) => {
        const keys = (request.Keys ?? []).map((key) => readItem(key));
        const shape = readExpressions(request, ["ProjectionExpression"], (names) =>
          projectionOf(request, names),
        );
        const table = tables.get(name);
        for (const key of keys) checkKey(key, table);
        refuseTwice(
          keys.map((key) => ({ table, key })),
          "Provided list of item keys contains duplicates",
        );
        const items = keys.flatMap((key) => table.get(key) ?? []);
        for (const item of items) {
          const units = Math.max(1, Math.ceil(itemBytes(item) / 4096));
          used.push({ table, units: request.ConsistentRead === true ? units : units / 2 });
        }
        return [name, items.map((item) => shownItem(shape(item)))] as const;
      });
      return {
        Responses: Object.fromEntries(responses),
        UnprocessedKeys: {},
        ...capacityList(used, input),
      };
    },

    BatchWriteItem(input: BatchWriteItemCommandInput) {
      const requests = Object.entries(input.RequestItems ?? {}).flatMap(([TableName, list]) =>
        list.map((request) => ({ TableName, ...request })),
      );
      if (requests.length > most.written) {
        throw invalid("Too many items requested for the BatchWriteItem call");
      }
      const writes = requests.map(({ TableName, PutRequest, DeleteRequest }) => {
        if ((PutRequest === undefined) === (DeleteRequest === undefined)) {
          throw invalid(
            "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes",
          );
        }
        return PutRequest === undefined
          ? prepareDelete(tables, { TableName, Key: DeleteRequest?.Key })
          : preparePut(tables, { TableName, Item: PutRequest.Item });
      });
      refuseTwice(writes, "Provided list of item keys contains duplicates");
      tables.write(writes);
      return { UnprocessedItems: {}, ...capacityList(unitsOf(writes, 1), input) };
    },

    TransactWriteItems(input: TransactWriteItemsCommandInput) {
      const items = input.TransactItems ?? [];
      if (items.length > most.inTransaction) {
        throw invalid(
          `1 validation error detected: Value at 'transactItems' failed to satisfy constraint: Member must have length less than or equal to ${most.inTransaction}`,
        );
      }
      const writes: PreparedWrite[] = [];
      const reasons = items.map((item) => {
        try {
          writes.push(prepared(item));
          return "None";
        } catch (error) {
          if (error instanceof ConditionFailed) return "ConditionalCheckFailed";
          throw error;
        }
      });
      refuseTwice(writes, "Transaction request cannot include multiple operations on one item");
      if (writes.length < items.length) {
        throw new ServiceRefusal(
          "TransactionCanceledException",
          `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.join(", ")}]`,
        );
      }
      tables.write(writes);
      return capacityList(unitsOf(writes, 2), input);
    },

    TransactGetItems(input: TransactGetItemsCommandInput) {
      const items = input.TransactItems ?? [];
      const Responses = items.map(({ Get: get }) => {
        if (get === undefined) throw notBuilt("a TransactGetItem without Get");
        const key = readItem(get.Key ?? {});
        const shape = readExpressions(get, ["ProjectionExpression"], (names) =>
          projectionOf(get, names),
        );
        const table = tables.get(get.TableName as string);
        checkKey(key, table);
        const item = table.get(key);
        return item === undefined ? {} : { Item: shownItem(shape(item)) };
      });
      return { Responses };
    },
  };
}

function unitsOf(writes: readonly PreparedWrite[], factor: number) {
  return writes.map(({ table, old, next }) => {
    const bytes = Math.max(old ? itemBytes(old) : 0, next ? itemBytes(next) : 0);
    return { table, units: Math.max(1, Math.ceil(bytes / 1024)) * factor };
  });
}

function refuseTwice(
  requests: readonly { readonly table: Table; readonly key: Item }[],
  problem: string,
): void {
  const seen = new Set<string>();
  for (const { table, key } of requests) {
    const text = `${table.arn} ${JSON.stringify(shownItem(table.keyOf(key)))}`;
    if (seen.has(text)) throw invalid(problem);
    seen.add(text);
  }
}
