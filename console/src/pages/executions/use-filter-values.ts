import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { ExecutionPage, ExecutionRow } from "../../../../src/console/view-types.ts";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { statusOfGroup } from "./error-filter.ts";
import { knownValues, type FilterValues } from "./filter-completion.ts";

const unfiltered: readonly ExecutionRow[] = [];

/** What fields may be compared with: names that are there, whatever the filter picks just now. */
export function useFilterValues(isWanted: boolean): FilterValues {
  const workflows = useQuery({
    queryKey: keys.workflows,
    queryFn: server.workflows,
    enabled: isWanted,
  });
  const all = useQuery<ExecutionPage>({
    queryKey: keys.executions(""),
    queryFn: () => server.executions(""),
    enabled: isWanted,
  });
  return useMemo(() => {
    const rows = all.data?.rows ?? unfiltered;
    const errors = all.data?.errors ?? [];
    return {
      ...knownValues,
      workflow: distinct((workflows.data ?? []).map(({ name }) => name)),
      error: distinct(
        errors.flatMap((group) => (statusOfGroup(group) === undefined ? [group.error] : [])),
      ),
      state: distinct(errors.map(({ failedState }) => failedState)),
      version: distinct(rows.map(({ version }) => version)),
      alias: distinct(rows.map(({ alias }) => alias)),
    };
  }, [workflows.data, all.data]);
}

function distinct(values: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(values)].filter((value) => value !== undefined).sort();
}
