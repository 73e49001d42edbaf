import type { TaskState } from "../../asl/states/task.ts";
import type { DynamicField } from "../../asl/definition.ts";
import { EvaluationError } from "../../expression/evaluation.ts";
import { isJsonObject, ownMember } from "../../expression/json.ts";
import type { Payload } from "../../expression/payload.ts";
import {
  assignVariables,
  dynamicValue,
  effectiveInput,
  inspected,
  stateOutput,
  workInput,
} from "../data-flow.ts";
import { exitState } from "../exit-state.ts";
import { executionCause, requireDocument, StateFailure } from "../failure/failure.ts";
import type { Branch } from "../snapshot.ts";
import { StateScope } from "../state-scope.ts";
import type { Turn } from "../turn.ts";

/**
 * Task: computes the call's parameters, records that it is scheduled, and asks for it. The event of being started
 * is recorded with it, because nothing happens in between that could be told apart; only an activity is started
 * later, when a worker takes it.
 */
export function enterTask(turn: Turn, branch: Branch, state: TaskState): void {
  const resource = state.Resource;
  const taskId = turn.snapshot.lastEventId + 1;
  const scope = new StateScope(turn, branch, tokenExtras(turn, state, taskId));
  const parameters = workInput(state, branch.input, scope);
  requireDocument(parameters, state.Name, turn.machine.limits);
  const timeoutSeconds = seconds(branch, state, state.TimeoutSeconds, scope);
  const heartbeatSeconds = seconds(branch, state, state.HeartbeatSeconds, scope);
  const roleArn = credentialsRole(branch, state, scope);
  const timeouts = {
    ...(timeoutSeconds === undefined ? {} : { timeoutInSeconds: timeoutSeconds }),
    ...(heartbeatSeconds === undefined ? {} : { heartbeatInSeconds: heartbeatSeconds }),
  };
  const taskCredentials = roleArn === undefined ? {} : { taskCredentials: { roleArn } };
  const previous = branch.lastEventId;

  if (resource.kind === "activity") {
    if (!turn.machine.environment.activityExists(resource.arn, state.Name)) {
      throw new EvaluationError("States.Runtime", `The activity ${resource.arn} does not exist.`);
    }
    const details = { resource: resource.arn, ...timeouts };
    turn.emit("ActivityScheduled", branch.id, previous, parameters, details, undefined);
    turn.command({
      type: "ScheduleActivity",
      taskId,
      activityArn: resource.arn,
      input: parameters,
    });
    return;
  }

  const refusal = turn.machine.environment.refuseParameters(resource, parameters);
  if (refusal !== undefined) throw new EvaluationError("States.Runtime", refusal);
  if (resource.kind === "lambda") {
    const { heartbeatInSeconds: _, ...timeout } = timeouts;
    const details = { resource: resource.arn, ...timeout, ...taskCredentials };
    turn.emit("LambdaFunctionScheduled", branch.id, previous, parameters, details, undefined);
    turn.emit("LambdaFunctionStarted", branch.id, taskId, undefined, {}, undefined);
  } else {
    const reference = { resourceType: resource.resourceType, resource: resource.resource };
    const { region } = turn.machine.identity;
    const details = { ...reference, region, ...timeouts, ...taskCredentials };
    turn.emit("TaskScheduled", branch.id, previous, parameters, details, undefined);
    turn.emit("TaskStarted", branch.id, taskId, undefined, reference, undefined);
  }
  turn.command({
    type: "InvokeTask",
    taskId,
    stateName: state.Name,
    resource,
    parameters,
    timeoutSeconds,
    heartbeatSeconds,
    credentialsRoleArn: roleArn,
  });
}

/** Leaves the state with what the task returned. */
export function finishTask(turn: Turn, branch: Branch, state: TaskState, result: Payload): void {
  const scope = new StateScope(turn, branch);
  inspected("result", result, scope);
  const output = stateOutput(state, branch.input, result, scope);
  const states =
    state.Assign === undefined ? undefined : { input: branch.input.value, result: result.value };
  const assigned = states && assignVariables(state.Assign, result, states, scope);
  exitState(turn, branch, state, output, assigned, state.Next);
}

/**
 * A task that waits for something sees its token, and is completed by it. *Observed*: a job (`.sync`) has one, too, so that
 * what it started can answer for it.
 */
function tokenExtras(turn: Turn, state: TaskState, taskId: number) {
  const { Resource: resource } = state;
  if (resource.kind !== "service" || resource.pattern === "requestResponse") return undefined;
  const { environment, identity } = turn.machine;
  return { taskToken: environment.taskToken(identity.executionArn, taskId) };
}

/** Longest time-out and heartbeat. Documented: ASL, Task. */
const longestSeconds = 99_999_999;

function seconds(
  branch: Branch,
  state: TaskState,
  field: DynamicField<number> | undefined,
  scope: StateScope,
): number | undefined {
  if (field === undefined) return undefined;
  if (field.kind === "constant") return field.value;
  const value = dynamicValue<number>(field, state, branch.input, scope);
  if (typeof value === "number") {
    const whole = field.kind === "jsonata" ? Math.floor(value) : value;
    if (Number.isInteger(whole) && whole > 0 && whole <= longestSeconds) return whole;
  }
  const shown = JSON.stringify(value);
  throw field.kind === "path"
    ? new EvaluationError(
        "States.Runtime",
        `The ${field.field} parameter does not reference a positive integer: ${field.path.text} == ${shown}`,
      )
    : new EvaluationError(
        "States.QueryEvaluationError",
        `The field '${field.field}' must be a positive integer but was: ${shown}`,
        field.field,
      );
}

/** The role of `Credentials`, which must come out as an object with a `RoleArn` string. */
function credentialsRole(branch: Branch, state: TaskState, scope: StateScope): string | undefined {
  const { Credentials: credentials } = state;
  if (credentials === undefined) return undefined;
  const value =
    credentials.kind === "payloadTemplate"
      ? credentials.evaluate(
          state.QueryLanguage === "JSONPath"
            ? effectiveInput(state, branch.input, scope).value
            : branch.input.value,
          scope,
        )
      : credentials.evaluate({ input: branch.input.value }, scope);
  const roleArn = isJsonObject(value) ? ownMember(value, "RoleArn") : undefined;
  if (typeof roleArn === "string" && roleArn !== "") return roleArn;
  throw new StateFailure({
    error: "States.Runtime",
    cause: executionCause(
      { name: state.Name, enteredEventId: branch.enteredEventId },
      "The field 'RoleArn' of Credentials must be a string that is not empty.",
    ),
  });
}
