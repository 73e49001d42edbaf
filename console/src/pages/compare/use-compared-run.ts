import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useVisits } from "../execution/panes/use-visits.ts";

/** Our choice: how often an execution that still runs is read anew. */
const followMs = 3_000;

/** One of the two: what it is, its states, and what stands for their documents. */
export function useComparedRun(arn: string) {
  const client = useQueryClient();
  const view = useQuery({
    queryKey: keys.execution(arn),
    queryFn: () => server.execution(arn),
    refetchInterval: ({ state }) => (state.data?.status === "RUNNING" ? followMs : false),
  });
  const lastEventId = view.data?.lastEventId;
  const read = useVisits(arn);
  const before = useRef(lastEventId);
  useEffect(() => {
    const hasMoved = before.current !== undefined && before.current !== lastEventId;
    before.current = lastEventId;
    if (hasMoved) void client.invalidateQueries({ queryKey: keys.visits(arn) });
  }, [client, arn, lastEventId]);
  const digests = useQuery({
    enabled: lastEventId !== undefined,
    queryKey: ["execution", arn, "digests", lastEventId],
    queryFn: () => server.digests(arn),
    staleTime: Infinity,
    placeholderData: (before) => before,
  });
  return { arn, view, read, digests: digests.data?.digests };
}

export type ComparedRun = ReturnType<typeof useComparedRun>;
