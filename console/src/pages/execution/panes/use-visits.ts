import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import type { VisitPage, VisitView } from "../../../../../src/console/view-types.ts";
import { server } from "../../../api/client.ts";
import { keys } from "../../../api/keys.ts";

/** How many are read at first, and with each `loadMore`. */
const visitsAtOnce = 2_000;
/** The most that the server tells in one answer. */
const pageSize = 1_000;

export interface Visits {
  readonly visits: readonly VisitView[];
  /** How many there are. */
  readonly total: number;
  readonly isLoading: boolean;
  readonly error: Error | null;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly loadMore: () => void;
}

const noVisits: readonly VisitView[] = [];

/** An execution's visits, in the order of entry: the first 2,000, and more when they are asked for. */
export function useVisits(executionArn: string): Visits {
  const client = useQueryClient();
  const [isLoadingMore, setIsLoadingMore] = useState(false);
  /** How many from the first one on are known without a gap: the stream brings others from the end. */
  const inTurn = useRef(visitsAtOnce);
  const queryKey = keys.visits(executionArn);
  const query = useQuery({
    queryKey,
    async queryFn() {
      // What was read before is read again, to its end: it has changed throughout.
      const known = client.getQueryData<VisitPage>(queryKey)?.visits.length ?? 0;
      inTurn.current = Math.max(visitsAtOnce, known);
      return read(executionArn, 0, inTurn.current);
    },
    // The stream keeps it up to date while the page is open; what was left here by an earlier one is older than the view.
    staleTime: Infinity,
    refetchOnMount: "always",
  });

  const loadMore = useCallback(() => {
    const key = keys.visits(executionArn);
    setIsLoadingMore(true);
    void (async () => {
      const more = await read(executionArn, inTurn.current, visitsAtOnce);
      inTurn.current += more.visits.length;
      client.setQueryData<VisitPage>(key, (before) => joined(before, more));
    })().finally(() => setIsLoadingMore(false));
  }, [client, executionArn]);

  const visits = query.data?.visits ?? noVisits;
  const total = query.data?.total ?? 0;
  return {
    visits,
    total,
    isLoading: query.isPending,
    error: query.error,
    hasMore: visits.length < total,
    isLoadingMore,
    loadMore,
  };
}

async function read(arn: string, offset: number, count: number): Promise<VisitPage> {
  const first = await server.visits(arn, { offset, limit: pageSize });
  const end = Math.min(offset + count, first.total);
  const offsets: number[] = [];
  for (let next = offset + pageSize; next < end; next += pageSize) offsets.push(next);
  const pages = await Promise.all(
    offsets.map((next) => server.visits(arn, { offset: next, limit: pageSize })),
  );
  return { visits: [first, ...pages].flatMap(({ visits }) => visits), total: first.total };
}

function joined(before: VisitPage | undefined, more: VisitPage): VisitPage {
  const all = new Map(before?.visits.map((visit) => [visit.id, visit]));
  for (const visit of more.visits) all.set(visit.id, visit);
  return { visits: [...all.values()].sort((a, b) => a.id - b.id), total: more.total };
}
