import type { StateMachine } from "../workflows/state-machine.ts";

/** The workflow whose definition is open. */
export interface DesignedWorkflow {
  /** As it is saved; absent: it is new. */
  readonly machine: StateMachine | undefined;
  /** What a new one is called unless somebody says otherwise; absent: it has no name yet. */
  readonly suggestedName?: string;
  readonly type: "STANDARD" | "EXPRESS";
  /** The definition that the text began with. */
  readonly base: string;
}

/**
 * What belongs to a workflow and is not in its definition, as it is to be saved: the members of CreateStateMachine and
 * UpdateStateMachine. `name` and `type` are settled when the workflow is made (documented: UpdateStateMachine has neither).
 */
export interface WorkflowSettings {
  readonly name: string;
  readonly type: "STANDARD" | "EXPRESS";
  /** "": nobody has chosen one for a new workflow. */
  readonly roleArn: string;
  readonly logging: LoggingSettings;
  readonly tracing: boolean;
  /** Absent: those of a saved workflow have not been read, or nobody has changed them. TagResource and UntagResource save them. */
  readonly tags?: readonly WorkflowTag[];
}

export interface LoggingSettings {
  readonly level: "OFF" | "ERROR" | "FATAL" | "ALL";
  readonly includeExecutionData: boolean;
  /** The ARN of a CloudWatch Logs group; "" without one. */
  readonly logGroupArn: string;
}

export interface WorkflowTag {
  readonly key: string;
  readonly value: string;
}
