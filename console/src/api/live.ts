import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import type { ExecutionRow, StreamFrame } from "../../../src/console/view-types.ts";
import { basePath } from "./client.ts";
import { applyChange } from "./apply-change.ts";

export type LiveState = "connecting" | "live" | "reconnecting" | "polling";

interface Topics {
  readonly executions: boolean;
  /** ARN and the event that what is shown has come to. */
  readonly execution?: { readonly arn: string; readonly from: number };
}

/** After so many failures in a row, what is shown is asked for every few seconds. */
const failuresBeforePolling = 3;
const pollMs = 5_000;
/** Until one is asked for again that was answered with something else than a stream. */
const reopenMs = 2_000;
const leastBetweenReadsMs = 2_000;

let state: LiveState = "connecting";
const stateListeners = new Set<() => void>();

function become(next: LiveState): void {
  if (state === next) return;
  state = next;
  for (const listener of stateListeners) listener();
}

export function useLiveState(): LiveState {
  return useSyncExternalStore(
    (listener) => {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
    () => state,
  );
}

const rowListeners = new Set<(rows: readonly ExecutionRow[]) => void>();

/** Tells of rows that have changed, while the page that shows them is open. */
export function useChangedRows(listener: (rows: readonly ExecutionRow[]) => void): void {
  useEffect(() => {
    rowListeners.add(listener);
    return () => void rowListeners.delete(listener);
  }, [listener]);
}

/** Keeps what is shown up to date while the page is: one stream for each tab. */
export function useLive(topics: Topics): void {
  const client = useQueryClient();
  const arn = topics.execution?.arn;
  const from = topics.execution?.from ?? 0;
  const { executions } = topics;
  const isReady = arn === undefined || from > 0;
  useEffect(() => {
    if (!isReady) return undefined;
    return follow(client, executions, arn === undefined ? undefined : `${arn}@${from}`);
    // A stream goes on from where it began: `from` is only where a new one starts.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [client, executions, arn, isReady]);
}

function follow(client: QueryClient, executions: boolean, execution: string | undefined) {
  const search = new URLSearchParams();
  if (executions) search.set("executions", "");
  if (execution !== undefined) search.set("execution", execution);
  let failures = 0;
  let wasOpen = false;
  let poll: ReturnType<typeof setInterval> | undefined;
  let frames: StreamFrame[] = [];
  let scheduled = 0;
  let again: ReturnType<typeof setTimeout> | undefined;
  let reopening: ReturnType<typeof setTimeout> | undefined;
  let lastRead = -leastBetweenReadsMs;
  let source = open();

  function open(): EventSource {
    const opened = new EventSource(`${basePath}/api/stream?${search}`);
    opened.addEventListener("open", () => {
      failures = 0;
      clearInterval(poll);
      poll = undefined;
      become("live");
    });
    opened.addEventListener("error", () => {
      failures++;
      become(failures < failuresBeforePolling ? "reconnecting" : "polling");
      if (failures >= failuresBeforePolling) {
        poll ??= setInterval(() => void client.invalidateQueries(), pollMs);
      }
      // It tries again by itself when a connection breaks; an answer that is no stream ends it for good.
      if (opened.readyState === EventSource.CLOSED) {
        reopening = setTimeout(() => (source = open()), reopenMs);
      }
    });
    opened.addEventListener("message", ({ data }) => {
      frames.push(JSON.parse(String(data)) as StreamFrame);
      schedule();
    });
    return opened;
  }

  function schedule(): void {
    // What comes together is drawn together. A hidden tab draws nothing, and asks for no frame.
    if (document.hidden) apply();
    else scheduled ||= requestAnimationFrame(apply);
  }

  /** However often the server asks for it: what is shown is read once in a while. */
  function readAnew(): void {
    again ??= setTimeout(
      () => {
        again = undefined;
        void client.invalidateQueries();
      },
      Math.max(0, lastRead + leastBetweenReadsMs - performance.now()),
    );
    lastRead = performance.now();
  }

  function apply(): void {
    scheduled = 0;
    // What is being read may be older than what is told, and would take it back: that is told when the other has come.
    if (client.isFetching() > 0) return;
    const due = frames;
    frames = [];
    for (const frame of due) {
      if (frame.topic === "reload") {
        // The first one comes with what has just been read.
        if (wasOpen) readAnew();
        wasOpen = true;
      } else if (frame.topic === "executions") {
        for (const listener of rowListeners) listener(frame.rows);
      } else applyChange(client, frame.change);
    }
  }

  const stopWaiting = client.getQueryCache().subscribe(() => {
    if (frames.length > 0 && client.isFetching() === 0) schedule();
  });

  return () => {
    source.close();
    stopWaiting();
    clearInterval(poll);
    clearTimeout(again);
    clearTimeout(reopening);
    cancelAnimationFrame(scheduled);
  };
}
