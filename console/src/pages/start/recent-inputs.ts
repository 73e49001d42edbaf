import { useQueries, useQuery } from "@tanstack/react-query";
import { server } from "../../api/client.ts";
import { filterText } from "../../../../src/console/filter.ts";

export interface RecentInput {
  readonly executionName: string;
  readonly startDate: number;
  readonly input: string;
}

/** Our choice: as many as are looked over at a glance. */
const mostRecent = 6;

/** Inputs of the newest executions of a workflow, each once; `undefined` while they are read. */
export function useRecentInputs(stateMachineArn: string): readonly RecentInput[] | undefined {
  const name = stateMachineArn.split(":")[6] ?? "";
  const filter = filterText([{ field: "workflow", value: name }]);
  const executions = useQuery({
    queryKey: ["start", "recent", stateMachineArn],
    queryFn: () => server.executions(filter),
  });
  const rows = (executions.data?.rows ?? [])
    .filter((row) => row.stateMachineArn === stateMachineArn)
    .slice(0, 2 * mostRecent);
  const first = useQueries({
    queries: rows.map(({ executionArn }) => ({
      queryKey: ["start", "input", executionArn],
      queryFn: () => server.events(executionArn, { limit: 1, data: true }),
      // What an execution was started with stays as it is.
      staleTime: Infinity,
    })),
  });
  if (executions.isPending || first.some(({ isPending }) => isPending)) return undefined;
  const found = new Map<string, RecentInput>();
  for (const [index, { name: executionName, startDate }] of rows.entries()) {
    const input = inputOf(first[index]?.data?.events[0]?.["executionStartedEventDetails"]);
    if (input !== undefined && !found.has(input)) {
      found.set(input, { executionName, startDate, input });
    }
  }
  return [...found.values()].slice(0, mostRecent);
}

/** The input in the details of an ExecutionStarted event. */
export function inputOf(details: unknown): string | undefined {
  const { input } = (details ?? {}) as { readonly input?: unknown };
  return typeof input === "string" ? input : undefined;
}
