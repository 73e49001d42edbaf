import type { MemoryOperations } from "../memory-operation.ts";
import { batchOperations } from "./batch-operations.ts";
import { readOperations } from "./read-operations.ts";
import { tableOperations } from "./table-operations.ts";
import type { Tables } from "./tables.ts";
import { writeOperations } from "./write-operations.ts";

/** What is built of DynamoDB. */
export function dynamodbOperations(tables: Tables): MemoryOperations {
  return {
    ...writeOperations(tables),
    ...readOperations(tables),
    ...batchOperations(tables),
    ...tableOperations(tables),
  };
}
