import type { TaskHandler, TaskRequest } from "../ports/task-handler.ts";
import { createSdkClients } from "./aws/sdk-clients.ts";
import { awsSdk } from "./aws-sdk.ts";
import { awsSdkSfn } from "./aws-sdk-sfn.ts";
import { dynamodbItem } from "./dynamodb-item.ts";
import { eventsPutEvents } from "./events-put-events.ts";
import type { IntegrationOptions } from "./integration-options.ts";
import { lambdaFunction } from "./lambda/lambda-function.ts";
import { lambdaInvoke } from "./lambda/lambda-invoke.ts";
import { createLambdaService } from "./lambda/lambda-service.ts";
import { notAvailable } from "./not-available.ts";
import { snsPublish } from "./sns-publish.ts";
import { sqsSendMessage } from "./sqs-send-message.ts";
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
  const clients = createSdkClients(options);
  const handlers: readonly TaskHandler[] = [
    lambdaFunction(lambda),
    lambdaInvoke(lambda),
    statesStartExecution(options),
    sqsSendMessage(clients, options),
    snsPublish(clients, options),
    dynamodbItem(clients, options),
    eventsPutEvents(clients, options),
    awsSdkSfn(options),
    awsSdk(clients, options),
    notAvailable,
  ];
  return {
    find: (resource) => handlers.find((handler) => handler.handles(resource)) ?? notAvailable,
    functionLog: (functionName) => lambda.log(functionName),
    close() {
      lambda.close();
      clients.close();
    },
  };
}
