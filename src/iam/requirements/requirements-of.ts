import { writtenStates } from "../../asl/resources/written-states.ts";
import { writtenTasks } from "../../asl/resources/written-tasks.ts";
import type { JsonValue } from "../../expression/json.ts";
import { machineRequirements } from "./machine-requirements.ts";
import { mapRequirements } from "./map-requirements.ts";
import type { MachineContext, Requirement } from "./requirement.ts";
import { taskRequirements } from "./task-requirements.ts";

/**
 * Which accesses a workflow needs, state by state. `definition` is JSON that is a definition without errors.
 *
 * It is what AWS needs of a role, too, as far as it is known: rights to pass a role on to what a task starts (`iam:PassRole` for
 * the role of an ECS task) are not.
 */
export function requirementsOf(
  definition: JsonValue,
  context: MachineContext,
): readonly Requirement[] {
  return [
    ...writtenTasks(definition).flatMap((task) => taskRequirements(task, context)),
    ...writtenStates(definition).flatMap((state) => mapRequirements(state, context)),
    ...machineRequirements(context),
  ];
}
