import { wording } from "../asl/diagnostics/wording.ts";
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

/** The wordings of the same checks when a state machine is created. */
export const missingField = wording.fieldMissing;
export const unsupportedField = wording.fieldUnsupported;

/** *Observed* wording. */
export function invalidField(field: string): string {
  return `The value of the field '${field}' has an invalid format`;
}
