import type { TaskResource } from "../asl/resources/resource.ts";
import type { JsonObject } from "../expression/json.ts";

/** A Task of a definition, before any is started. */
export interface CheckedTask {
  readonly resource: TaskResource;
  /** As they are written: members that are computed have names with `.$`, or values that are expressions. */
  readonly parameters: JsonObject | undefined;
  readonly language: "JSONPath" | "JSONata";
}

/** What is found out about a Task when a state machine with it is created. */
export interface TaskFindings {
  /** Whether what it calls has this operation; what is not known is believed. */
  readonly isRecognized: boolean;
  /** Parameters at any depth that the operation does not have. */
  readonly unsupportedFields: readonly string[];
  /** What keeps it from running here, and what to do about it: for whoever runs the server. */
  readonly advice?: string;
}

/** Looks at the Tasks of a new state machine with what is known of the services that they call. */
export interface ResourceChecks {
  check(task: CheckedTask): Promise<TaskFindings>;
}
