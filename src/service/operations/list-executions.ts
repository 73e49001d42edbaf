import type { ExecutionRecord } from "../../ports/store.ts";
import type { JsonObject, JsonValue } from "../../expression/json.ts";
import { parseArn } from "../arns.ts";
import { errors } from "../errors/errors.ts";
import type { Operation, ServiceContext } from "../operation.ts";
import { storePage } from "../paging/paging.ts";
import type { InputOf } from "../model/service-model.ts";
import { existingTarget } from "../state-machines.ts";
import { epochSeconds } from "../timestamps.ts";

/** Documented: exactly one of the two ARNs; two of the filters are for map runs only. The wordings are ours. */
export const listExecutions: Operation<"ListExecutions"> = async (input, context) => {
  const { stateMachineArn, mapRunArn, statusFilter, redriveFilter } = input;
  if ((stateMachineArn === undefined) === (mapRunArn === undefined)) {
    throw errors.validation("Exactly one of stateMachineArn and mapRunArn must be specified");
  }
  if (mapRunArn !== undefined) return listChildren(input, context, mapRunArn);
  if (stateMachineArn === undefined) throw errors.validation("stateMachineArn must be specified");
  if (redriveFilter !== undefined) {
    throw errors.validation("redriveFilter can only be specified together with mapRunArn");
  }
  if (statusFilter === "PENDING_REDRIVE") {
    throw errors.validation(
      "The statusFilter PENDING_REDRIVE can only be specified together with mapRunArn",
    );
  }
  const { stateMachine, routes, alias } = await existingTarget(context, stateMachineArn);
  const { record } = stateMachine;
  if (record.type === "EXPRESS") throw errors.typeNotSupported();
  const through =
    alias !== undefined
      ? { stateMachineAliasArn: stateMachineArn }
      : routes[0]?.version !== undefined
        ? { stateMachineVersionArn: stateMachineArn }
        : {};
  const filter = {
    stateMachineArn: record.stateMachineArn,
    ...through,
    ...(statusFilter !== undefined && { status: statusFilter }),
  };
  return storePage(
    context,
    input,
    `ListExecutions ${stateMachineArn} ${statusFilter ?? ""}`,
    "executions",
    (page) => context.store.executions(filter, page),
    shown,
  );
};

/** The children of a Map Run, in the order of their items. */
async function listChildren(
  input: InputOf<"ListExecutions">,
  context: ServiceContext,
  mapRunArn: string,
): Promise<JsonObject> {
  const { statusFilter, redriveFilter } = input;
  parseArn(mapRunArn, "mapRun");
  if ((await context.engine.mapRun(mapRunArn)) === undefined) {
    throw errors.resourceNotFound(mapRunArn);
  }
  const pending = await context.engine.pendingRedrives(mapRunArn);
  // The store knows such a child by what it failed as.
  const stored = statusFilter === "PENDING_REDRIVE" ? undefined : statusFilter;
  const filter = { mapRunArn, ...(stored !== undefined && { status: stored }) };
  const answer = await storePage(
    context,
    input,
    `ListExecutions ${mapRunArn} ${statusFilter ?? ""} ${redriveFilter ?? ""}`,
    "executions",
    (page) => context.store.mapRunChildren(filter, page),
    (record) => ({
      ...shown(record),
      ...(pending.has(record.executionArn) && { status: "PENDING_REDRIVE" }),
    }),
  );
  const executions = (answer["executions"] as readonly JsonObject[]).filter(
    ({ status, redriveCount }) =>
      (statusFilter === undefined || status === statusFilter) &&
      (redriveFilter === undefined ||
        (redriveCount as number) > 0 === (redriveFilter === "REDRIVEN")),
  );
  return { ...answer, executions };
}

function shown(record: ExecutionRecord): JsonObject {
  const item: Record<string, JsonValue> = {
    executionArn: record.executionArn,
    stateMachineArn: record.stateMachineArn,
    name: record.name,
    status: record.status,
    startDate: epochSeconds(record.startDate),
    redriveCount: record.redriveCount ?? 0,
  };
  if (record.stopDate !== undefined) item["stopDate"] = epochSeconds(record.stopDate);
  if (record.redriveDate !== undefined) item["redriveDate"] = epochSeconds(record.redriveDate);
  if (record.mapRun !== undefined) {
    item["mapRunArn"] = record.mapRun.mapRunArn;
    item["itemCount"] = record.mapRun.itemCount;
  }
  for (const member of ["stateMachineVersionArn", "stateMachineAliasArn"] as const) {
    const value = record[member];
    if (value !== undefined) item[member] = value;
  }
  return item;
}
