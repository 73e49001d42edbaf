import type { StateMachineDefinition } from "../../asl/definition.ts";
import { childDefinitionText } from "../../machine/map-run/child-definition-text.ts";
import { childDefinition } from "../../machine/map-run/map-run-item.ts";
import { mapLabel } from "../../machine/map-run/map-label.ts";
import type { RevisionRecord, StateMachineType } from "../../ports/store.ts";
import type { LoadedRevision } from "../../runtime/engine.ts";

/** A distributed Map of a state machine, as the state machine that its children run. */
export interface LabelledMachine {
  readonly label: string;
  readonly type: StateMachineType;
  /** That of the whole machine, with the Map's definition for its own. */
  readonly revision: RevisionRecord;
  readonly definition: StateMachineDefinition;
}

/** `…:stateMachine:MACHINE/LABEL`, split; without a label for any other ARN. */
export function splitLabel(arn: string): {
  readonly stateMachineArn: string;
  readonly label: string | undefined;
} {
  const [stateMachineArn = "", ...labels] = arn.split("/");
  return { stateMachineArn, label: labels.at(-1) };
}

/**
 * `undefined` if the machine has no such Map. Documented: the answer has the definition of the Map state. Our choice: its
 * processor, with the machine's language, so that it means by itself what the children run.
 */
export function labelledMachine(
  { revision, definition }: LoadedRevision,
  label: string,
): LabelledMachine | undefined {
  const { stateMachineArn } = revision;
  const child = childDefinition(definition, label, (state) => mapLabel(stateMachineArn, state));
  const text = childDefinitionText(revision.definition, stateMachineArn, label);
  if (child === undefined || text === undefined) return undefined;
  return { label, ...child, revision: { ...revision, definition: text } };
}
