import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { missingPermissions } from "../../../api/permissions.ts";
import { useDesigner, useWorkflowSettings } from "../use-designer.ts";
import type { RolePermissions } from "./permission-problems.ts";

/**
 * What the role that is chosen does not allow a definition to do; `undefined` where nobody can say, or the caller may not know. The
 * definition is the one that was looked at last; "" is none.
 */
export function usePermissions(definition: string): RolePermissions | undefined {
  const { workflow } = useDesigner();
  const { name, type, roleArn, logging, tracing } = useWorkflowSettings();
  const stateMachineArn = workflow.machine?.stateMachineArn;
  const logs = logging.level !== "OFF";
  const isAsked = definition !== "" && roleArn !== "";
  const query = useQuery({
    queryKey: ["permissions", stateMachineArn ?? name, type, roleArn, logs, tracing, definition],
    queryFn: async () => ({
      ...(await missingPermissions({
        definition,
        roleArn,
        type,
        logs,
        traces: tracing,
        ...(stateMachineArn === undefined ? name !== "" && { name } : { stateMachineArn }),
      })),
      roleArn,
    }),
    enabled: isAsked,
    placeholderData: keepPreviousData,
    // Somebody else may give the role more meanwhile.
    staleTime: 30_000,
    gcTime: 10_000,
    // Who may not know is told so at once.
    retry: false,
  });
  return isAsked ? query.data : undefined;
}
