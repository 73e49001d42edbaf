import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { keys } from "../../../api/keys.ts";
import { useDefaultRole } from "../../workflows/new-workflow.ts";
import { useWorkflows } from "../../workflows/use-workflows.ts";
import { runStarter } from "./run-starter.ts";
import type { NamedStarter } from "./starters/starters.ts";
import { freeNameOf } from "./workflow-name.ts";

/** Saves and starts the starter that it is given, and goes to the execution. */
export function useRunStarter() {
  const navigate = useNavigate();
  const client = useQueryClient();
  const workflows = useWorkflows();
  const role = useDefaultRole();
  return useMutation({
    mutationFn: async (starter: NamedStarter) => {
      const { data = [] } = await workflows.refetch();
      const name = freeNameOf(starter.id, new Set(data.map((each) => each.name)));
      return runStarter(starter, name, role);
    },
    onSuccess: (arn) => void navigate({ to: "/executions/$arn", params: { arn } }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.workflows }),
  });
}
