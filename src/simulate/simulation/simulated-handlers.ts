import { isJsonObject, ownMember, setMember, type JsonValue } from "../../expression/json.ts";
import { Payload } from "../../expression/payload.ts";
import type { TaskHandlers } from "../../integrations/task-handlers.ts";
import type { TaskHandler, TaskRequest } from "../../ports/task-handler.ts";
import { simulationCase } from "./read-mocks.ts";
import { startsExecution } from "./simulation-mocks.ts";

type Finds = Pick<TaskHandlers, "find">;

/**
 * What performs the tasks of a simulation that have no mock. Executions are started in it, of the machines that it has;
 * everything else is what `outside` does, or nothing at all.
 */
export function simulatedHandlers(
  own: Finds,
  outside: Finds | undefined,
  machineArns: ReadonlyMap<string, string>,
): Finds {
  return {
    find(resource) {
      const handler = own.find(resource);
      if (machineArns.size > 0 && startsExecution(resource)) return within(handler, machineArns);
      return outside?.find(resource) ?? closed(handler);
    },
  };
}

/** Says what can never work as the handler does, and calls nothing. */
function closed(handler: TaskHandler): TaskHandler {
  return {
    handles: () => true,
    ...refusing(handler),
    run: async () => ({ type: "rejected", cause: "Nothing is called in this simulation." }),
  };
}

/** Starts a machine of the simulation, whatever account and Region its ARN has, with its mocks. */
function within(handler: TaskHandler, machineArns: ReadonlyMap<string, string>): TaskHandler {
  return {
    handles: () => true,
    ...refusing(handler),
    run: (request, control) => handler.run(insideOf(request, machineArns), control),
  };
}

function refusing(handler: TaskHandler): Pick<TaskHandler, "refuseParameters"> {
  return {
    ...(handler.refuseParameters && {
      refuseParameters: (...asked) => handler.refuseParameters?.(...asked),
    }),
  };
}

function insideOf(request: TaskRequest, machineArns: ReadonlyMap<string, string>): TaskRequest {
  const parameters = request.parameters.value;
  if (!isJsonObject(parameters)) return request;
  const asked = ownMember(parameters, "StateMachineArn");
  const [, name = ""] = /:stateMachine:([^:#]+)/.exec(typeof asked === "string" ? asked : "") ?? [];
  const arn = machineArns.get(name);
  if (arn === undefined) return request;
  const inside: Record<string, JsonValue> = {};
  for (const [member, value] of Object.entries(parameters)) setMember(inside, member, value);
  inside["StateMachineArn"] = `${arn}#${simulationCase}`;
  const { resource, executionArn, stateMachineArn, stateName, taskId, taskToken } = request;
  const { timeoutSeconds, credentialsRoleArn, roleArn } = request;
  return {
    resource,
    parameters: Payload.ofValue(inside),
    executionArn,
    stateMachineArn,
    stateName,
    taskId,
    taskToken,
    timeoutSeconds,
    credentialsRoleArn,
    roleArn,
  };
}
