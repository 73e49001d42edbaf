import type {
  DeleteItemCommandInput,
  PutItemCommandInput,
  ReturnValue,
  UpdateItemCommandInput,
} from "@aws-sdk/client-dynamodb";
import type { MemoryOperations } from "../memory-operation.ts";
import { shownItem } from "./attribute.ts";
import { writtenCapacity } from "./consumed-capacity.ts";
import { project } from "./expressions/paths.ts";
import { prepareDelete, type PreparedWrite, preparePut, prepareUpdate } from "./prepare-write.ts";
import type { Tables } from "./tables.ts";
import { invalid } from "./validation.ts";

/** `PutItem`, `UpdateItem` and `DeleteItem`. */
export function writeOperations(tables: Tables): MemoryOperations {
  function written(
    write: PreparedWrite,
    input: Pick<PutItemCommandInput, "ReturnValues" | "ReturnConsumedCapacity">,
  ): object {
    tables.write([write]);
    return { ...attributes(write, input.ReturnValues), ...writtenCapacity([write], input) };
  }

  return {
    PutItem(input: PutItemCommandInput) {
      checkReturnValues(input.ReturnValues, ["ALL_OLD", "NONE"]);
      return written(preparePut(tables, input), input);
    },
    DeleteItem(input: DeleteItemCommandInput) {
      checkReturnValues(input.ReturnValues, ["ALL_OLD", "NONE"]);
      return written(prepareDelete(tables, input), input);
    },
    UpdateItem(input: UpdateItemCommandInput) {
      checkReturnValues(input.ReturnValues, returnValues);
      return written(prepareUpdate(tables, input), input);
    },
  };
}

const returnValues = ["ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW"] as const;

function checkReturnValues(given: ReturnValue | undefined, allowed: readonly ReturnValue[]): void {
  if (given === undefined || allowed.includes(given)) return;
  if (returnValues.includes(given)) throw invalid("ReturnValues can only be ALL_OLD or NONE");
  throw invalid(
    `1 validation error detected: Value '${String(given)}' at 'returnValues' failed to satisfy constraint: Member must satisfy enum value set: [${returnValues.join(", ")}]`,
  );
}

/** *Documented*: what of the item is answered. What there is nothing of is absent. */
function attributes(
  { old, next, paths }: PreparedWrite,
  wanted: ReturnValue | undefined = "NONE",
): object {
  if (wanted === "NONE") return {};
  const item = wanted.endsWith("_OLD") ? old : next;
  if (item === undefined) return {};
  const shown = wanted.startsWith("ALL_") ? item : project(item, paths);
  return shown.size === 0 ? {} : { Attributes: shownItem(shown) };
}
