import { useQuery } from "@tanstack/react-query";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";

/** How each version of a workflow did in the last 24 hours; `undefined` while it is read. */
export function useVersionOutcomes(stateMachineArn: string) {
  const { data } = useQuery({
    // Its name begins as that of the list: what happens makes both be read again.
    queryKey: [...keys.workflows, stateMachineArn, "outcomes"],
    queryFn: () => server.versionOutcomes(stateMachineArn, 24),
  });
  return data;
}
