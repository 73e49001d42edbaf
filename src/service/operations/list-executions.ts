import type { ExecutionRecord } from "../../ports/store.ts";
import type { JsonValue } from "../../expression/json.ts";
import { errors } from "../errors.ts";
import { notAvailable } from "../not-available.ts";
import type { Operation } from "../operation.ts";
import { storePage } from "../paging.ts";
import { existingStateMachine } from "../state-machines.ts";
import { epochSeconds } from "../timestamps.ts";

/** Documented: exactly one of the two ARNs; two of the filters are for map runs only. The wordings are ours. */
export const listExecutions: Operation<"ListExecutions"> = async (input, context) => {
  const { stateMachineArn, mapRunArn, statusFilter, redriveFilter } = input;
  if ((stateMachineArn === undefined) === (mapRunArn === undefined)) {
    throw errors.validation("Exactly one of stateMachineArn and mapRunArn must be specified");
  }
  if (stateMachineArn === undefined) {
    throw notAvailable("The parameter mapRunArn of the operation ListExecutions");
  }
  if (redriveFilter !== undefined) {
    throw errors.validation("redriveFilter can only be specified together with mapRunArn");
  }
  if (statusFilter === "PENDING_REDRIVE") {
    throw errors.validation(
      "The statusFilter PENDING_REDRIVE can only be specified together with mapRunArn",
    );
  }
  const { record } = await existingStateMachine(context, stateMachineArn);
  if (record.type === "EXPRESS") throw errors.typeNotSupported();
  const filter = { stateMachineArn, ...(statusFilter !== undefined && { status: statusFilter }) };
  return storePage(
    context,
    input,
    `ListExecutions ${stateMachineArn} ${statusFilter ?? ""}`,
    "executions",
    (page) => context.store.executions(filter, page),
    shown,
  );
};

function shown(record: ExecutionRecord): JsonValue {
  const item: Record<string, JsonValue> = {
    executionArn: record.executionArn,
    stateMachineArn: record.stateMachineArn,
    name: record.name,
    status: record.status,
    startDate: epochSeconds(record.startDate),
    redriveCount: 0,
  };
  if (record.stopDate !== undefined) item["stopDate"] = epochSeconds(record.stopDate);
  for (const member of ["stateMachineVersionArn", "stateMachineAliasArn"] as const) {
    const value = record[member];
    if (value !== undefined) item[member] = value;
  }
  return item;
}
