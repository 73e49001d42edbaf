import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef } from "react";
import type { ExecutionRow } from "../../../../src/console/view-types.ts";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useChangedRows, useLive } from "../../api/live.ts";

/** Our choice: what a workflow's numbers are read again after, however much happens. */
const refreshMs = 2_000;

/** Every workflow with how it does, kept up to date. */
export function useWorkflows() {
  return useQuery({ queryKey: keys.workflows, queryFn: server.workflows });
}

/** Reads again what the workflows' numbers come from when executions change: of one workflow, or of any. */
export function useLiveWorkflows(stateMachineArn?: string): void {
  const client = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useLive({ executions: true });
  useEffect(() => () => clearTimeout(timer.current), []);
  useChangedRows(
    useCallback(
      (rows: readonly ExecutionRow[]) => {
        const isOurs = ({ stateMachineArn: arn }: ExecutionRow) =>
          stateMachineArn === undefined || arn === stateMachineArn;
        if (timer.current !== undefined || !rows.some(isOurs)) return;
        timer.current = setTimeout(() => {
          timer.current = undefined;
          void client.invalidateQueries({ queryKey: keys.workflows });
          if (stateMachineArn !== undefined) {
            void client.invalidateQueries({ queryKey: workflowKeys.errors(stateMachineArn) });
          }
        }, refreshMs);
      },
      [client, stateMachineArn],
    ),
  );
}

/** Names of what only a workflow's page reads. */
export const workflowKeys = {
  /** Begins the names of all below. */
  machine: (arn: string) => ["state-machine", arn] as const,
  /** The current definition, or that of a version. */
  described: (arn: string, qualified: string) => ["state-machine", arn, "is", qualified] as const,
  versions: (arn: string) => ["state-machine", arn, "versions"] as const,
  aliases: (arn: string) => ["state-machine", arn, "aliases"] as const,
  alias: (arn: string, alias: string) => ["state-machine", arn, "alias", alias] as const,
  tags: (arn: string) => ["state-machine", arn, "tags"] as const,
  errors: (arn: string) => ["workflow-errors", arn] as const,
  executions: (arn: string) => ["workflow-executions", arn] as const,
};
