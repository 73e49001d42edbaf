import type { TaskHandler, TaskRequest } from "../ports/task-handler.ts";
import { awsSdkSfn } from "./aws-sdk-sfn.ts";
import type { IntegrationOptions } from "./integration-options.ts";
import { lambdaFunction } from "./lambda-function.ts";
import { lambdaInvoke } from "./lambda-invoke.ts";
import { createLambdaService } from "./lambda-service.ts";
import { notAvailable } from "./not-available.ts";
import { statesStartExecution } from "./states-start-execution.ts";

/** Every service integration, found by what a Task's `Resource` names. */
export interface TaskHandlers {
  /** Never nothing: for what is not built there is a handler that says so. */
  find(resource: TaskRequest["resource"]): TaskHandler;
  /** What a local function printed last, for people to read. */
  functionLog(functionName: string): string;
  /** Ends the functions' processes and the connections at once; calls that run are answered as stopped. */
  close(): void;
}

export function createTaskHandlers(options: IntegrationOptions): TaskHandlers {
  const lambda = createLambdaService(options);
  const handlers: readonly TaskHandler[] = [
    lambdaFunction(lambda),
    lambdaInvoke(lambda),
    statesStartExecution(options),
    awsSdkSfn(options),
    notAvailable,
  ];
  return {
    find: (resource) => handlers.find((handler) => handler.handles(resource)) ?? notAvailable,
    functionLog: (functionName) => lambda.log(functionName),
    close: () => lambda.close(),
  };
}
