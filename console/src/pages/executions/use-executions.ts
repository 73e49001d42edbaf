import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useReducer, useRef, useState } from "react";
import { compileFilter } from "../../../../src/console/filter.ts";
import type { ExecutionPage, ExecutionRow } from "../../../../src/console/view-types.ts";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useChangedRows, useLive } from "../../api/live.ts";
import { serverNow } from "../../app/server-clock.ts";
import {
  addPage,
  changeRows,
  readList,
  reread,
  reveal,
  type ExecutionList,
} from "./execution-list.ts";
import { asksServer, rowTermsOf } from "./filter-pieces.ts";

type Step =
  | { readonly type: "read" | "more"; readonly filter: string; readonly page: ExecutionPage }
  | {
      readonly type: "changed";
      readonly rows: readonly ExecutionRow[];
      readonly matches: (row: ExecutionRow) => boolean;
    }
  | { readonly type: "reveal" }
  | { readonly type: "forget" };

function step(list: ExecutionList | undefined, taken: Step): ExecutionList | undefined {
  if (taken.type === "read") {
    return list?.filter === taken.filter
      ? reread(list, taken.page)
      : readList(taken.filter, taken.page);
  }
  if (list === undefined || taken.type === "forget") return undefined;
  if (taken.type === "reveal") return reveal(list);
  if (taken.type === "changed") return changeRows(list, taken.rows, taken.matches);
  return list.filter === taken.filter ? addPage(list, taken.page) : list;
}

/** Our choice: while executions change, sums and groups are read again so often at most. */
const rereadMs = 3_000;

/** The list that a filter picks: read by pages, kept up by the stream, and still where somebody looks at it. */
export function useExecutions(filter: string, isIdle: boolean) {
  const client = useQueryClient();
  const head = useQuery({
    queryKey: keys.executions(filter),
    queryFn: () => server.executions(filter),
    placeholderData: keepPreviousData,
  });
  const [list, take] = useReducer(step, undefined);
  const { data, isPlaceholderData } = head;
  useEffect(() => {
    if (data !== undefined && !isPlaceholderData) take({ type: "read", filter, page: data });
  }, [data, isPlaceholderData, filter]);

  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const readAgain = useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void client.invalidateQueries({ queryKey: keys.executions(filter), exact: true });
    }, rereadMs);
  }, [client, filter]);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [filter],
  );
  useLive({ executions: true });
  useChangedRows(
    useCallback(
      (rows) => {
        // `-2h` counts from now, so what matches is asked anew each time.
        // Where a row does not say all, the first page is asked anew which are meant.
        const matches = asksServer(filter)
          ? () => false
          : compileFilter(rowTermsOf(filter), serverNow());
        take({ type: "changed", rows, matches });
        readAgain();
      },
      [filter, readAgain],
    ),
  );

  const hasGap = list?.hasGap === true;
  const show = useCallback(() => {
    if (!hasGap) return take({ type: "reveal" });
    take({ type: "forget" });
    void client.resetQueries({ queryKey: keys.executions(filter), exact: true });
  }, [client, filter, hasGap]);
  const waitingCount = list?.waiting.length ?? 0;
  useEffect(() => {
    if (isIdle && waitingCount > 0) show();
  }, [isIdle, waitingCount, show]);

  const [isLoadingMore, setLoadingMore] = useState(false);
  const [moreError, setMoreError] = useState<Error>();
  const next = list?.next;
  const loadMore = useCallback(async () => {
    if (next === undefined) return;
    setLoadingMore(true);
    setMoreError(undefined);
    try {
      take({ type: "more", filter, page: await server.executions(filter, next) });
    } catch (error) {
      // The server, and what is between it and here, fail with errors.
      setMoreError(error as Error);
    } finally {
      setLoadingMore(false);
    }
  }, [filter, next]);

  return { head, list, show, loadMore, isLoadingMore, moreError };
}
