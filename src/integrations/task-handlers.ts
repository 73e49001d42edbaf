import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FunctionLogReader } from "../ports/function-logs.ts";
import type { ResourceChecks } from "../ports/resource-checks.ts";
import type { TaskHandler, TaskRequest } from "../ports/task-handler.ts";
import { everybodyMay } from "../ports/authorizer.ts";
import { authorizedHandler } from "./access/authorized-handler.ts";
import { anyServiceOfSdk } from "./aws-sdk/any-service.ts";
import { stepFunctionsOfSdk } from "./aws-sdk/step-functions.ts";
import { createResourceChecks } from "./check-resource.ts";
import { awsCall } from "./aws/aws-call.ts";
import { createSdkClients } from "./aws/sdk-clients.ts";
import type { Service } from "./described/service-call.ts";
import { describedHandler } from "./described/described-handler.ts";
import { descriptions } from "./descriptions/descriptions.ts";
import { createHttpServices } from "./http/http-services.ts";
import type { IntegrationOptions } from "./integration-options.ts";
import { lambdaFunction } from "./lambda/lambda-function.ts";
import { lambdaInvoke } from "./lambda/lambda-invoke.ts";
import { createLambdaService, type LambdaService } from "./lambda/lambda-service.ts";
import { LocalJobs } from "./local-jobs/local-jobs.ts";
import { withEventBridgeHere } from "./memory/event-bridge-here.ts";
import { createMemoryServices, type MemoryServices } from "./memory/memory-services.ts";
import { notAvailable } from "./not-available.ts";
import { createOwnServices } from "./own/own-services.ts";
import { createReferredUrls, type ReferredUrls } from "./references/referred-url.ts";
import { createSecretValues } from "./references/secret-values.ts";
import { redactedHandler } from "./redaction/redacted-handler.ts";
import { standInHandler } from "./stand-ins/stand-in-handler.ts";
import { engineCall } from "./step-functions/engine-call.ts";

/** Every service integration, found by what a Task's `Resource` names. */
export interface TaskHandlers {
  /** Never nothing: for what is not built there is a handler that says so. */
  find(resource: TaskRequest["resource"]): TaskHandler;
  /** Looks at Tasks of new state machines. */
  readonly checks: ResourceChecks;
  /** The functions that run here, for Lambda's API. */
  readonly lambda: Pick<LambdaService, "invokeHere" | "deployed">;
  /** What a local function printed last, for people to read. */
  functionLog(functionName: string): string;
  /** The same by the attempt that called it. */
  readonly functionLogs: FunctionLogReader;
  /** The URL of a database of the configuration, as the `sql` tasks have it; or a sentence on why there is none. */
  databaseUrl(name: string): ReturnType<ReferredUrls["of"]>;
  /** The services that are answered in this process, to be looked into; absent: none is. */
  readonly memory?: MemoryServices;
  /** Ends the functions' processes and the connections at once; calls that run are answered as stopped. */
  close(): void;
}

/** The one registry: handlers of their own for what no description can say, and one for each description. */
export function createTaskHandlers(options: IntegrationOptions): TaskHandlers {
  const memory =
    options.standInServices === "memory"
      ? createMemoryServices({ ...options, configuration: options.memory })
      : undefined;
  if (memory !== undefined) {
    options.logger.info(
      "SQS, SNS, EventBridge and DynamoDB are answered from memory: a double to try definitions with, not an emulator; everything in it is gone after a restart",
    );
  }
  const found = options.clients ?? createSdkClients(options);
  const answered = memory?.instead(found) ?? found;
  const { eventBridge } = options;
  const clients =
    eventBridge === undefined ? answered : withEventBridgeHere(answered, eventBridge, options);
  const lambda = createLambdaService(options, clients.roles);
  const references = {
    environment: process.env,
    folder: options.configurationFolder ?? process.cwd(),
  };
  const secrets = createSecretValues({
    secretsManager: awsCall("secretsmanager", clients, options),
    parameterStore: awsCall("ssm", clients, options),
    clock: options.clock,
    references,
  });
  const urls = createReferredUrls(secrets.as(undefined), references, options.redactor);
  const http = createHttpServices(options, clients, secrets);
  const jobs = new LocalJobs(options.jobsFolder ?? join(tmpdir(), "stepwell-jobs"));
  const own = createOwnServices(options, jobs, lambda.printed, urls);
  const handlers: readonly TaskHandler[] = [
    lambdaFunction(lambda, options),
    lambdaInvoke(lambda, options),
    ...descriptions.map((description) => {
      const { calls } = description;
      const ours = engineCall(options);
      // Whose task calls this engine says where it is.
      const serviceOf = (client: string | undefined): Service =>
        calls === "this engine" ? () => ours : awsCall(client ?? calls.client, clients, options);
      return describedHandler(description, serviceOf, options);
    }),
    ...http.handlers,
    ...own.handlers,
    stepFunctionsOfSdk(options),
    anyServiceOfSdk(clients, options),
    notAvailable,
  ];
  const original = (resource: TaskRequest["resource"]): TaskHandler =>
    handlers.find((handler) => handler.handles(resource)) ?? notAvailable;
  const standIns = standInHandler(options, { lambda, jobs, original });
  const serving = (resource: TaskRequest["resource"]): TaskHandler =>
    standIns.handles(resource) ? standIns : original(resource);
  const { authorizer = everybodyMay, ids, redactor } = options;
  const allowed: typeof serving =
    authorizer === everybodyMay
      ? serving
      : (resource) => authorizedHandler(serving(resource), { authorizer, clients, ids });
  return {
    find:
      redactor === undefined ? allowed : (resource) => redactedHandler(allowed(resource), redactor),
    checks: createResourceChecks(
      clients,
      (resource) => resource.kind !== "activity" && standIns.handles(resource),
    ),
    ...(memory && { memory }),
    databaseUrl(name) {
      const { databases = {} } = options;
      const url = Object.hasOwn(databases, name) ? databases[name] : undefined;
      return url === undefined
        ? Promise.resolve({ problem: "the configuration has none of this name" })
        : urls.of(url);
    },
    lambda,
    functionLog: (functionName) => lambda.log(functionName),
    functionLogs: lambda.logs,
    close() {
      void standIns.close?.();
      lambda.close();
      http.close();
      own.close();
      clients.close();
    },
  };
}
