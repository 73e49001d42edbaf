import { redriveStatus } from "../../machine/redrive/redrive-status.ts";
import type { EpochMs } from "../../machine/ids.ts";
import { checkExecutionArn } from "../arns.ts";
import { errors } from "../errors/errors.ts";
import type { Operation, ServiceContext } from "../operation.ts";
import { epochSeconds } from "../timestamps.ts";

/**
 * Runs an execution again from where it failed.
 *
 * Documented: it must be one that failed, timed out or was aborted in the last 14 days, with room in its history, of a
 * machine that is not being deleted; the same client token within 15 minutes is the same redrive.
 */
export const redriveExecution: Operation<"RedriveExecution"> = async (input, context) => {
  const { executionArn, clientToken } = input;
  checkExecutionArn(executionArn);
  return context.serial(executionArn, async () => {
    const repeated = repeatedRedrive(context, executionArn, clientToken);
    if (repeated !== undefined) return { redriveDate: epochSeconds(repeated) };
    await checkRedrivable(context, executionArn);
    const redriveDate = await context.engine.redriveExecution(executionArn);
    if (redriveDate === undefined) throw errors.notRedrivable(executionArn, "Execution is RUNNING");
    if (clientToken !== undefined) remember(context, executionArn, clientToken, redriveDate);
    return { redriveDate: epochSeconds(redriveDate) };
  });
};

async function checkRedrivable(context: ServiceContext, executionArn: string): Promise<void> {
  const record = await context.store.execution(executionArn);
  if (record === undefined) throw errors.executionDoesNotExist(executionArn);
  const { reason } = redriveStatus(record.status, record.stopDate, context.clock.now());
  if (reason !== undefined) throw errors.notRedrivable(executionArn, reason);
  const machine = await context.store.stateMachine(record.stateMachineArn.split("/")[0] as string);
  if (machine === undefined || machine.status === "DELETING") {
    throw errors.notRedrivable(executionArn, "State machine is in DELETING status");
  }
  const last = await context.engine.history(executionArn, { limit: 1, reverse: true });
  if ((last?.events[0]?.id ?? 0) >= context.limits.historyEvents - 1) {
    throw errors.notRedrivable(executionArn, "Execution history event limit exceeded");
  }
}

interface TokenRecord {
  readonly token: string;
  readonly redriveDate: EpochMs;
}

/** Documented: the last ten tokens of an execution count, for fifteen minutes. */
const tokensKept = 10;
const tokenLifeMs = 15 * 60 * 1000;

/** Our choice: tokens are remembered in memory; after a restart a repeated redrive is refused because it runs. */
const tokens = new WeakMap<ServiceContext, Map<string, TokenRecord[]>>();

function repeatedRedrive(
  context: ServiceContext,
  executionArn: string,
  token: string | undefined,
): EpochMs | undefined {
  if (token === undefined) return undefined;
  const known = tokens.get(context)?.get(executionArn) ?? [];
  const found = known.find((record) => record.token === token);
  if (found === undefined || context.clock.now() - found.redriveDate > tokenLifeMs)
    return undefined;
  return found.redriveDate;
}

function remember(
  context: ServiceContext,
  executionArn: string,
  token: string,
  redriveDate: EpochMs,
): void {
  const byExecution = tokens.get(context) ?? new Map<string, TokenRecord[]>();
  tokens.set(context, byExecution);
  const known = byExecution.get(executionArn) ?? [];
  byExecution.set(executionArn, [...known, { token, redriveDate }].slice(-tokensKept));
}
