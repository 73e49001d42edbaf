import type { State } from "../../asl/definition.ts";
import { errors } from "../errors/errors.ts";
import type { InputOf } from "../model/service-model.ts";
import { holdsState } from "./tested-state.ts";

/** Refuses a state that cannot be tested with this request. Observed unless a line says otherwise. */
export function checkState(state: State, request: InputOf<"TestState">): void {
  const { mock, roleArn, stateConfiguration } = request;
  if (mock === undefined) {
    if (state.Type === "Map" || state.Type === "Parallel") {
      throw errors.invalidDefinition(
        "TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]",
      );
    }
    if (state.Type === "Task") checkUnmockedTask(state, roleArn);
    return;
  }
  if (state.Type !== "Task" && state.Type !== "Map" && state.Type !== "Parallel") {
    throw errors.validation(`State type '${state.Type}' is not supported when a mock is specified`);
  }
  const { errorCausedByState: culprit } = stateConfiguration ?? {};
  if (culprit !== undefined && !holdsState(state, culprit)) {
    // Our wording.
    throw errors.validation(`State '${culprit}' of errorCausedByState not found in definition`);
  }
}

function checkUnmockedTask(
  { Resource: resource }: Extract<State, { Type: "Task" }>,
  roleArn: string | undefined,
): void {
  const waits = resource.kind === "service" && resource.pattern !== "requestResponse";
  if (resource.kind === "activity" || waits) {
    // Documented: the rule. Our wording, after that of Map and Parallel.
    throw errors.invalidDefinition(
      "TestState API does not support Activity tasks or the .sync and .waitForTaskToken service integration patterns unless a mock is specified",
    );
  }
  if (roleArn === undefined) {
    throw errors.validation("RoleArn must be specified when testing a Task state");
  }
}
