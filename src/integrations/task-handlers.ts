import type { TaskHandler, TaskRequest } from "../ports/task-handler.ts";
import { everybodyMay } from "../ports/authorizer.ts";
import { authorizedHandler } from "./access/authorized-handler.ts";
import { anyServiceOfSdk } from "./aws-sdk/any-service.ts";
import { stepFunctionsOfSdk } from "./aws-sdk/step-functions.ts";
import { awsCall } from "./aws/aws-call.ts";
import { createSdkClients } from "./aws/sdk-clients.ts";
import type { Service } from "./described/service-call.ts";
import { describedHandler } from "./described/described-handler.ts";
import { descriptions } from "./descriptions/descriptions.ts";
import type { IntegrationOptions } from "./integration-options.ts";
import { lambdaFunction } from "./lambda/lambda-function.ts";
import { lambdaInvoke } from "./lambda/lambda-invoke.ts";
import { createLambdaService } from "./lambda/lambda-service.ts";
import { notAvailable } from "./not-available.ts";
import { engineCall } from "./step-functions/engine-call.ts";

/** Every service integration, found by what a Task's `Resource` names. */
export interface TaskHandlers {
  /** Never nothing: for what is not built there is a handler that says so. */
  find(resource: TaskRequest["resource"]): TaskHandler;
  /** What a local function printed last, for people to read. */
  functionLog(functionName: string): string;
  /** Ends the functions' processes and the connections at once; calls that run are answered as stopped. */
  close(): void;
}

/** The one registry: handlers of their own for what no description can say, and one for each description. */
export function createTaskHandlers(options: IntegrationOptions): TaskHandlers {
  const lambda = createLambdaService(options);
  const clients = options.clients ?? createSdkClients(options);
  const handlers: readonly TaskHandler[] = [
    lambdaFunction(lambda),
    lambdaInvoke(lambda),
    ...descriptions.map((description) => {
      const { calls } = description;
      const ours = engineCall(options);
      // Whose task calls this engine says where it is.
      const service: Service =
        calls === "this engine" ? () => ours : awsCall(calls.client, clients, options);
      return describedHandler(description, service, options);
    }),
    stepFunctionsOfSdk(options),
    anyServiceOfSdk(clients, options),
    notAvailable,
  ];
  const serving = (resource: TaskRequest["resource"]): TaskHandler =>
    handlers.find((handler) => handler.handles(resource)) ?? notAvailable;
  const { authorizer = everybodyMay, ids } = options;
  return {
    find:
      authorizer === everybodyMay
        ? serving
        : (resource) => authorizedHandler(serving(resource), { authorizer, clients, ids }),
    functionLog: (functionName) => lambda.log(functionName),
    close() {
      lambda.close();
      clients.close();
    },
  };
}
