import type { Payload } from "../expression/payload.ts";
import type { Branch, ExecutionSnapshot } from "./snapshot.ts";

/** Gives a variable of the branch's scope its value. The sum of all is kept: to ask each branch for it at each `Assign` takes quadratic time. */
export function setVariable(
  snapshot: ExecutionSnapshot,
  branch: Branch,
  name: string,
  value: Payload,
): void {
  snapshot.variablesBytes += value.bytes - (branch.variables.get(name)?.bytes ?? 0);
  branch.variables.set(name, value);
}

/** The branch is gone, and its variables with it. */
export function removeBranch(snapshot: ExecutionSnapshot, branch: Branch): void {
  for (const value of branch.variables.values()) snapshot.variablesBytes -= value.bytes;
  snapshot.branches.delete(branch.id);
}
