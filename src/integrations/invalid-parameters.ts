import type { Payload } from "../expression/payload.ts";
import type { TaskOutcome } from "../ports/task-handler.ts";

/** The parameters can never start the task. *Observed* wording; `problems` are sentences such as {@link unsupportedField}. */
export function invalidParameters(parameters: Payload, problems: readonly string[]): TaskOutcome {
  return { type: "rejected", cause: refusalText(parameters, problems) };
}

/** The same before the task is scheduled: why it cannot be; `undefined` if there are no problems. */
export function parametersRefusal(
  parameters: Payload,
  problems: readonly string[],
): string | undefined {
  return problems.length === 0 ? undefined : refusalText(parameters, problems);
}

function refusalText(parameters: Payload, problems: readonly string[]): string {
  return `The Parameters '${parameters.text}' could not be used to start the Task: [${problems.join(", ")}]`;
}

/** *Documented* wording of the same check when a state machine is created. */
export function missingField(field: string): string {
  return `The field '${field}' is required but was missing`;
}

/** *Documented* wording of the same check when a state machine is created. */
export function unsupportedField(field: string): string {
  return `The field '${field}' is not supported by Step Functions`;
}

/** *Observed* wording. */
export function invalidField(field: string): string {
  return `The value of the field '${field}' has an invalid format`;
}
