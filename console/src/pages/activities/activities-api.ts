import type { ActivityRow } from "../../../../src/console/view-types.ts";
import { basePath, regionOf, ServerError } from "../../api/client.ts";

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

async function fetched<T>(path: string, init?: RequestInit): Promise<T> {
  const response = await fetch(`${basePath}/api/${path}`, init);
  const body = (await response.json()) as { readonly __type?: string; readonly message?: string };
  if (!response.ok) {
    throw new ServerError(response.status, body.__type ?? "Error", body.message ?? "");
  }
  return body as T;
}
