import { isExpressExecution } from "../machine/arns.ts";
import type { JournalEvent } from "../machine/journal/journal-event.ts";
import { redriveStatus } from "../machine/redrive/redrive-status.ts";
import { CustomerKeyUnavailable } from "../ports/customer-keys.ts";
import type { ExecutionRecord } from "../ports/store.ts";
import type { ServiceContext } from "./operation.ts";

/** What it takes to know whether an execution can be redriven. */
export interface RedrivabilityParts {
  readonly clock: Pick<ServiceContext["clock"], "now">;
  readonly limits: Pick<ServiceContext["limits"], "standardSeconds" | "historyEvents">;
  readonly engine: {
    readonly directory: Pick<ServiceContext["engine"]["directory"], "get">;
    readonly history: ServiceContext["engine"]["history"];
  };
}

/** Whether an execution can be run again from where it failed, and by whom. */
export interface Redrivability {
  readonly status: "REDRIVABLE" | "NOT_REDRIVABLE" | "REDRIVABLE_BY_MAP_RUN";
  /** Why not, in AWS's words. */
  readonly reason?: string;
}

/**
 * What DescribeExecution says of it and what RedriveExecution goes by.
 *
 * Documented: the reasons, and that both operations agree. A child of a Map Run is run again by its run when the parent is
 * redriven; an Express one is started anew, so that neither its history nor its time counts. Our choice: the order in
 * which the reasons are looked for.
 */
export async function redrivability(
  context: RedrivabilityParts,
  record: ExecutionRecord,
): Promise<Redrivability> {
  const { reason } = redriveStatus(record.status, record.stopDate, context.clock.now());
  if (reason !== undefined) return notRedrivable(reason);
  const [machineArn = ""] = record.stateMachineArn.split("/");
  const machine = await context.engine.directory.get(machineArn);
  if (machine === undefined || machine.record.status === "DELETING") {
    return notRedrivable("State machine is in DELETING status");
  }
  if (!isExpressExecution(record.executionArn)) {
    const exhausted = await exhaustedLimit(context, record);
    if (exhausted !== undefined) return notRedrivable(exhausted);
  }
  return { status: record.mapRun === undefined ? "REDRIVABLE" : "REDRIVABLE_BY_MAP_RUN" };
}

function notRedrivable(reason: string): Redrivability {
  return { status: "NOT_REDRIVABLE", reason };
}

/** Documented: how long an execution may be open counts from its first start, and its history needs room for a redrive. */
async function exhaustedLimit(
  { clock, engine, limits }: RedrivabilityParts,
  { executionArn, startDate }: ExecutionRecord,
): Promise<string | undefined> {
  if (clock.now() - startDate > limits.standardSeconds * 1000) {
    return "Execution has exceeded the max execution time";
  }
  const last = await lastEvent(engine, executionArn);
  return (last?.id ?? 0) >= limits.historyEvents - 1
    ? "Execution history event limit exceeded"
    : undefined;
}

/** `undefined` also where its customer's key cannot be had: whoever redrives it is told of that. */
async function lastEvent(
  engine: RedrivabilityParts["engine"],
  executionArn: string,
): Promise<JournalEvent | undefined> {
  try {
    const page = await engine.history(executionArn, { limit: 1, reverse: true });
    return page?.events[0];
  } catch (thrown) {
    if (thrown instanceof CustomerKeyUnavailable) return undefined;
    throw thrown;
  }
}
