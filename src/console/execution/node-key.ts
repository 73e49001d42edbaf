/**
 * Names a state of a definition by its way through the states that hold it: `/Pack items/Label and weigh[0]/Print`.
 * A Parallel's branch is `[i]` behind its state; what a Map runs is right below it.
 */
export function nodeKey(scope: string, name: string): string {
  return `${scope}/${name}`;
}

/** The scope of a Parallel's branch. */
export function branchScope(parallel: string, branch: number): string {
  return `${parallel}[${branch}]`;
}

export const rootScope = "";
