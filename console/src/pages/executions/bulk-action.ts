import type { ExecutionRow } from "../../../../src/console/view-types.ts";
import { regionOf, server } from "../../api/client.ts";

export type BulkAction = "stop" | "redrive";

/** Why an action does nothing for an execution. */
export type Unfit = "ended" | "running" | "succeeded" | "express" | "pending";

/** As far as its row tells; the server has the last word. */
export function unfitFor(
  action: BulkAction,
  { type, status }: Pick<ExecutionRow, "type" | "status">,
): Unfit | undefined {
  if (type === "EXPRESS") return "express";
  if (action === "stop") return status === "RUNNING" ? undefined : "ended";
  if (status === "RUNNING") return "running";
  if (status === "SUCCEEDED") return "succeeded";
  return status === "PENDING_REDRIVE" ? "pending" : undefined;
}

export interface StopReason {
  readonly error: string;
  readonly cause: string;
}

export function perform(
  action: BulkAction,
  { executionArn }: ExecutionRow,
  { error, cause }: StopReason,
): Promise<unknown> {
  const region = regionOf(executionArn);
  if (action === "stop") {
    const reason = { ...(error !== "" && { error }), ...(cause !== "" && { cause }) };
    return server.call("StopExecution", { executionArn, ...reason }, region);
  }
  // A token of its own: what is sent twice on the way is redriven once.
  const clientToken = crypto.getRandomValues(new BigUint64Array(2)).join("-");
  return server.call("RedriveExecution", { executionArn, clientToken }, region);
}

/** Our choice: as many as a browser asks at once without holding up the rest of the page. */
export const mostAtOnce = 8;

/** Does something with each, a few at a time, in order, until it is told to begin no more. */
export async function runEach<T>(
  items: readonly T[],
  run: (item: T) => Promise<void>,
  signal: AbortSignal,
  atOnce = mostAtOnce,
): Promise<void> {
  const rest = items.values();
  const worker = async () => {
    while (!signal.aborted) {
      const { value, done } = rest.next();
      if (done === true) return;
      await run(value);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
}
