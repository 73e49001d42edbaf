import { useQuery } from "@tanstack/react-query";
import { server } from "../../api/client.ts";

export const workflowFactsKey = ["workflow-facts"] as const;
/** Our choice: others change workflows seldom; what this page changes is read at once. */
const refreshMs = 15_000;

/** Tags, aliases and times of change of every workflow; `undefined` while they are read. */
export function useWorkflowFacts() {
  const { data } = useQuery({
    queryKey: workflowFactsKey,
    queryFn: server.workflowFacts,
    refetchInterval: refreshMs,
  });
  return data;
}
