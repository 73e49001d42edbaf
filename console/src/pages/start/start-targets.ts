import { useQuery } from "@tanstack/react-query";
import { regionOf, server } from "../../api/client.ts";

/** Aliases and versions that a workflow can be started by, the newest first: one page of each. */
export function useStartTargets(stateMachineArn: string): {
  readonly aliases: readonly string[];
  readonly versions: readonly string[];
} {
  const { data } = useQuery({
    queryKey: ["state-machine", stateMachineArn, "targets"],
    queryFn: async () => {
      const region = regionOf(stateMachineArn);
      const input = { stateMachineArn, maxResults: 100 };
      const [aliases, versions] = await Promise.all([
        server.call<{
          readonly stateMachineAliases: readonly { readonly stateMachineAliasArn: string }[];
        }>("ListStateMachineAliases", input, region),
        server.call<{
          readonly stateMachineVersions: readonly { readonly stateMachineVersionArn: string }[];
        }>("ListStateMachineVersions", input, region),
      ]);
      return {
        aliases: aliases.stateMachineAliases.map((alias) => alias.stateMachineAliasArn),
        versions: versions.stateMachineVersions.map((version) => version.stateMachineVersionArn),
      };
    },
  });
  return data ?? { aliases: [], versions: [] };
}
