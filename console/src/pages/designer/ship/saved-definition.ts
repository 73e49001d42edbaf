import { formatJson } from "../../../parts/format-json.ts";
import type { StateMachine } from "../../workflows/state-machine.ts";
import type { DesignedWorkflow } from "../designed-workflow.ts";

/** What the open text was the same as when it was read or saved last. */
export interface SavedDefinition {
  /** The text in the editor at that time: what is not this is not saved. */
  readonly text: string;
  /** What the server had then; empty of a workflow that is new. */
  readonly definition: string;
  /** The revision that has it, as it is shown: what a save is to replace. */
  readonly revisionId: string;
}

/** As DescribeStateMachine shows it: the revision that came with the create has no id, and is named by this one. */
const firstRevision = "INITIAL";

export function revisionOf({ revisionId }: Pick<StateMachine, "revisionId">): string {
  return revisionId ?? firstRevision;
}

export function savedOf({ machine, base }: DesignedWorkflow): SavedDefinition {
  return machine === undefined
    ? { text: base, definition: "", revisionId: "" }
    : { text: base, definition: machine.definition, revisionId: revisionOf(machine) };
}

/** Whether two texts are the same definition, however they are laid out. */
export function isSameDefinition(a: string, b: string): boolean {
  return a === b || formatJson(a) === formatJson(b);
}
