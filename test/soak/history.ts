import type { Api } from "./api.ts";

/** An event of GetExecutionHistory, as far as it is looked at. */
export interface HistoryEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly type: string;
  readonly timestamp: number;
  readonly stateEnteredEventDetails?: { readonly name: string };
  readonly mapIterationStartedEventDetails?: { readonly index: number };
  readonly executionRedrivenEventDetails?: { readonly redriveCount: number };
  readonly lambdaFunctionScheduledEventDetails?: { readonly input: string };
  readonly taskScheduledEventDetails?: { readonly resource: string };
  readonly taskSubmittedEventDetails?: { readonly output: string };
  readonly lambdaFunctionSucceededEventDetails?: { readonly output: string };
  readonly taskSucceededEventDetails?: { readonly resource: string; readonly output: string };
  readonly activitySucceededEventDetails?: { readonly output: string };
  readonly lambdaFunctionFailedEventDetails?: { readonly error?: string; readonly cause?: string };
  readonly taskFailedEventDetails?: { readonly error?: string; readonly cause?: string };
}

/** The whole history of an execution. */
export async function historyOf(api: Api, executionArn: string): Promise<readonly HistoryEvent[]> {
  const events: HistoryEvent[] = [];
  let nextToken: unknown;
  do {
    const answer = await api.call("GetExecutionHistory", {
      executionArn,
      maxResults: 1_000,
      ...(nextToken === undefined ? {} : { nextToken }),
    });
    if (answer.type !== "ok") throw new Error(`GetExecutionHistory: ${JSON.stringify(answer)}`);
    events.push(...(answer.body["events"] as HistoryEvent[]));
    nextToken = answer.body["nextToken"];
  } while (nextToken !== undefined);
  return events;
}
