import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useRef } from "react";
import type { ApprovalView, ExecutionRow } from "../../../../src/console/view-types.ts";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useChangedRows, useLive } from "../../api/live.ts";

/** Changes of what is asked come as changes of rows: a list is read again once in this time at most. */
const refetchMs = 1_000;

export function useLiveApprovals(
  read: readonly ApprovalView[] | undefined,
  executionArn: string | undefined,
): void {
  const client = useQueryClient();
  const execution = useQuery({
    queryKey: keys.execution(executionArn ?? ""),
    queryFn: () => server.execution(executionArn ?? ""),
    enabled: executionArn !== undefined,
  });
  const from = execution.data?.lastEventId;
  useLive({
    executions: true,
    ...(executionArn !== undefined &&
      from !== undefined && { execution: { arn: executionArn, from } }),
  });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const known = useMemo(() => new Set(read?.map(({ executionArn: arn }) => arn)), [read]);
  useChangedRows(
    useCallback(
      (rows: readonly ExecutionRow[]) => {
        const isOurs = rows.some(
          ({ executionArn: arn, waitingFor }) => waitingFor !== undefined || known.has(arn),
        );
        if (!isOurs) return;
        timer.current ??= setTimeout(() => {
          timer.current = undefined;
          void client.invalidateQueries({ queryKey: keys.approvals });
        }, refetchMs);
      },
      [client, known],
    ),
  );
}
