import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import type { ExecutionRow } from "../../../src/console/view-types.ts";
import { LiveTab, type LiveStatus, type Topics } from "./live-tab.ts";

let tab: LiveTab | undefined;

/** A page has one client, and so one of these. */
function tabOf(client: QueryClient): LiveTab {
  return (tab ??= new LiveTab(client));
}

/** How what is shown is kept up to date. */
export function useLiveStatus(): LiveStatus {
  const live = tabOf(useQueryClient());
  return useSyncExternalStore(
    (listener) => {
      live.onStatus.add(listener);
      return () => live.onStatus.delete(listener);
    },
    () => live.status,
  );
}

/** Tells of rows that have changed, while the page that shows them is open. */
export function useChangedRows(listener: (rows: readonly ExecutionRow[]) => void): void {
  const live = tabOf(useQueryClient());
  useEffect(() => {
    live.onRows.add(listener);
    return () => void live.onRows.delete(listener);
  }, [live, listener]);
}

/** Keeps what is shown up to date while the page is: it is one topic more of the stream that all tabs share. */
export function useLive(topics: Topics): void {
  const live = tabOf(useQueryClient());
  const arn = topics.execution?.arn;
  const from = topics.execution?.from ?? 0;
  const { executions } = topics;
  const isReady = arn === undefined || from > 0;
  useEffect(() => {
    if (!isReady) return undefined;
    return live.follow({ executions, ...(arn !== undefined && { execution: { arn, from } }) });
    // It is followed from where it began to be: `from` grows with what is told.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [live, executions, arn, isReady]);
}
