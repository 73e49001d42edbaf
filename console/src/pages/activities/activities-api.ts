import type { ActivityRow } from "../../../../src/console/view-types.ts";
import { fetched, regionOf } from "../../api/client.ts";

export const activitiesKey = ["activities"] as const;

export function readActivities(): Promise<readonly ActivityRow[]> {
  return fetched<readonly ActivityRow[]>("activities");
}

/** What GetActivityTask answers; no token: no task came in time. */
export interface TakenTask {
  readonly taskToken: string | null;
  readonly input?: string;
}

/** Waits for a task as long as the server lets it; when the signal is aborted the server stops waiting, too. */
export function takeTask(activityArn: string, signal: AbortSignal): Promise<TakenTask> {
  const region = encodeURIComponent(regionOf(activityArn));
  return fetched<TakenTask>(`call/GetActivityTask?region=${region}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ activityArn, workerName: "console" }),
    signal,
  });
}
