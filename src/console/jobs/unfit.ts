import { redriveStatus } from "../../machine/redrive/redrive-status.ts";
import type { ExecutionRow, JobAction, Unfit } from "../view-types.ts";

/** Why an action does nothing for an execution, as far as its row tells; `undefined`: it can be asked for. */
export function unfitFor(
  action: JobAction,
  { type, status, stopDate }: Pick<ExecutionRow, "type" | "status" | "stopDate">,
  now: number,
): Unfit | undefined {
  if (type === "EXPRESS") return "express";
  if (action === "stop") return status === "RUNNING" ? undefined : "ended";
  switch (status) {
    case "RUNNING":
      return "running";
    case "SUCCEEDED":
      return "succeeded";
    case "PENDING_REDRIVE":
      return "pending";
    default:
      return redriveStatus(status, stopDate, now).reason === undefined ? undefined : "expired";
  }
}
