import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef } from "react";
import type { TimeWindow } from "../../../../src/console/view-types.ts";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useChangedRows, useLive } from "../../api/live.ts";

/** Our choice: while executions change, the page is read again so often at most. */
const rereadMs = 2_000;

/** What the home page shows, read again while anything changes. */
export function useHome(window: TimeWindow | undefined) {
  const client = useQueryClient();
  const home = useQuery({
    queryKey: keys.homeOf(window),
    queryFn: () => server.home(window),
    placeholderData: keepPreviousData,
  });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
  useLive({ executions: true });
  useChangedRows(
    useCallback(() => {
      timer.current ??= setTimeout(() => {
        timer.current = undefined;
        void client.invalidateQueries({ queryKey: keys.home });
      }, rereadMs);
    }, [client]),
  );
  return home;
}
