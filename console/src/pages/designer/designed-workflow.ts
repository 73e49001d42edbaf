import type { StateMachine } from "../workflows/state-machine.ts";

/** The workflow whose definition is open. */
export interface DesignedWorkflow {
  /** As it is saved; absent: it is new. */
  readonly machine: StateMachine | undefined;
  readonly type: "STANDARD" | "EXPRESS";
  /** The definition that the text began with. */
  readonly base: string;
}
