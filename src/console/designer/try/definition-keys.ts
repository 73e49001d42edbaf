import type { StateGraph } from "../../../asl/definition.ts";
import { branchScope, nodeKey, rootScope } from "../../execution/node-key.ts";

/** The keys of all states of a definition, in the order of the text. */
export function definitionKeys({ States }: StateGraph, scope = rootScope): readonly string[] {
  return [...States.values()].flatMap((state) => {
    const key = nodeKey(scope, state.Name);
    if (state.Type === "Map") return [key, ...definitionKeys(state.ItemProcessor, key)];
    if (state.Type !== "Parallel") return [key];
    const branches = state.Branches.flatMap((branch, index) =>
      definitionKeys(branch, branchScope(key, index)),
    );
    return [key, ...branches];
  });
}
