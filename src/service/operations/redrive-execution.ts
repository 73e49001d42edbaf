import type { EpochMs } from "../../machine/ids.ts";
import { checkExecutionArn } from "../arns.ts";
import { errors } from "../errors/errors.ts";
import { startedByOf } from "../access/started-by.ts";
import type { Operation, ServiceContext } from "../operation.ts";
import { redrivability } from "../redrivability.ts";
import { epochSeconds } from "../timestamps.ts";

/**
 * Runs an execution again from where it failed.
 *
 * Documented: it must be {@link redrivability redrivable}; the same client token within 15 minutes is the same redrive.
 * Our choice: the child of a Map Run is refused, as it would run beside its run, which has counted it as ended.
 */
export const redriveExecution: Operation<"RedriveExecution"> = async (input, context, request) => {
  const { executionArn, clientToken } = input;
  checkExecutionArn(executionArn);
  return context.serial(executionArn, async () => {
    const repeated =
      clientToken === undefined
        ? undefined
        : await repeatedRedrive(context, executionArn, clientToken);
    if (repeated !== undefined) return { redriveDate: epochSeconds(repeated) };
    await checkRedrivable(context, executionArn);
    const redriveDate = await context.engine.redriveExecution(executionArn, {
      clientToken,
      by: startedByOf(request),
    });
    if (redriveDate === undefined) throw errors.notRedrivable(executionArn, "Execution is RUNNING");
    return { redriveDate: epochSeconds(redriveDate) };
  });
};

async function checkRedrivable(context: ServiceContext, executionArn: string): Promise<void> {
  const record = await context.store.execution(executionArn);
  if (record === undefined) throw errors.executionDoesNotExist(executionArn);
  const { status, reason } = await redrivability(context, record);
  if (reason !== undefined) throw errors.notRedrivable(executionArn, reason);
  if (status === "REDRIVABLE_BY_MAP_RUN") {
    throw errors.notRedrivable(executionArn, "Execution is redriven by its Map Run");
  }
}

/** Documented: the last ten tokens of an execution count, for fifteen minutes. */
const tokensKept = 10;
const tokenLifeMs = 15 * 60 * 1000;
/** Events that are read at a time; a redrive is seldom far from the end of a history. */
const eventsRead = 500;

/** When the execution was redriven with this token, if it was. The journal remembers: it outlives the process. */
async function repeatedRedrive(
  context: ServiceContext,
  executionArn: string,
  token: string,
): Promise<EpochMs | undefined> {
  const since = context.clock.now() - tokenLifeMs;
  const record = await context.store.execution(executionArn);
  if (record?.redriveDate === undefined || record.redriveDate < since) return undefined;
  let redrives = 0;
  let from: number | undefined;
  for (;;) {
    const range = { limit: eventsRead, reverse: true, ...(from === undefined ? {} : { from }) };
    const page = await context.engine.history(executionArn, range);
    for (const event of page?.events ?? []) {
      if (event.at < since) return undefined;
      if (event.type !== "ExecutionRedriven") continue;
      if (event.internal?.clientToken === token) return event.at;
      if (++redrives === tokensKept) return undefined;
    }
    const last = page?.events.at(-1);
    if (page?.more !== true || last === undefined) return undefined;
    from = last.id - 1;
  }
}
