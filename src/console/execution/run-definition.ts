import type { Store } from "../../ports/store.ts";
import { childDefinitionText } from "../../machine/map-run/child-definition-text.ts";
import type { LiveExecution } from "./live-executions.ts";

/** The definition that an execution runs by, as text; `{}` if it is not known any more. */
export async function runDefinition(
  store: Pick<Store, "revision">,
  { record }: LiveExecution,
): Promise<string> {
  const { stateMachineArn, revisionId } = record;
  // A child of a Map Run runs a part of the definition: `…:stateMachine:MACHINE/LABEL`.
  const [machineArn = "", label] = stateMachineArn.split("/");
  const revision = await store.revision(machineArn, revisionId);
  if (revision?.unreadable !== undefined) throw revision.unreadable;
  const whole = revision?.definition ?? "{}";
  return label === undefined ? whole : (childDefinitionText(whole, machineArn, label) ?? "{}");
}
