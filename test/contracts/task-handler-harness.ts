import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, vi } from "vitest";
import type { TaskResource } from "../../src/asl/resources/resource.ts";
import type { JsonObject, JsonValue } from "../../src/expression/json.ts";
import { Payload } from "../../src/expression/payload.ts";
import type { FunctionConfiguration } from "../../src/integrations/functions/function-source.ts";
import type { IntegrationSettings } from "../../src/integrations/integration-options.ts";
import { createTaskHandlers, type TaskHandlers } from "../../src/integrations/task-handlers.ts";
import type { Authorizer } from "../../src/ports/authorizer.ts";
import type { StepFunctionsPort } from "../../src/ports/step-functions.ts";
import type { TaskControl, TaskOutcome, TaskRequest } from "../../src/ports/task-handler.ts";
import type { StandIns } from "../../src/integrations/stand-ins/stand-in.ts";

export type ServiceResource = Exclude<TaskResource, { kind: "activity" }>;

/** The handlers over a temporary folder of functions, removed after the test. */
export interface Harness {
  readonly folder: string;
  readonly handlers: TaskHandlers;
  readonly printed: string[];
  readonly warnings: string[];
  readonly told: string[];
  readonly submitted: JsonValue[];
  /** Writes files, by their path in the functions folder. */
  readonly write: (files: { readonly [path: string]: string }, mode?: number) => void;
  readonly run: (
    resource: ServiceResource,
    parameters: JsonValue,
    options?: RunOptions,
  ) => Promise<TaskOutcome>;
  /** Runs a function by its ARN and gives the result's value, or the outcome if it is none. */
  readonly call: (name: string, event: JsonValue) => Promise<JsonValue | TaskOutcome>;
}

interface RunOptions {
  readonly signal?: AbortSignal;
  /** The parameters as text, where their spelling matters. */
  readonly text?: string;
  readonly credentialsRoleArn?: string;
  readonly taskId?: number;
  /** Called in the moment in which a job was recorded as submitted. */
  readonly whenSubmitted?: () => Promise<void> | void;
  /** Takes up a job of which this was recorded, instead of running one. */
  readonly resumes?: JsonValue;
}

const cleanups: (() => void)[] = [];

// The machine's own AWS configuration must not be used.
beforeEach(() => {
  for (const name of [
    "AWS_ACCESS_KEY_ID",
    "AWS_PROFILE",
    "AWS_ENDPOINT_URL",
    "AWS_ENDPOINT_URL_LAMBDA",
  ]) {
    vi.stubEnv(name, undefined);
  }
  vi.stubEnv("AWS_CONFIG_FILE", "/nonexistent");
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent");
  vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
});

afterEach(() => {
  vi.unstubAllEnvs();
  for (const cleanup of cleanups.splice(0)) cleanup();
});

const now = Date.parse("2026-01-02T03:04:05.678Z");

export function harness(
  options: {
    readonly functions?: { readonly [name: string]: FunctionConfiguration };
    readonly stepFunctions?: StepFunctionsPort["call"];
    readonly authorizer?: Authorizer;
    readonly standIns?: StandIns;
    readonly commands?: IntegrationSettings["commands"];
    readonly aws?: IntegrationSettings["aws"];
    readonly clientsFolder?: string;
    readonly jobsFolder?: string;
    readonly containerEngine?: string;
  } = {},
): Harness {
  const folder = mkdtempSync(join(tmpdir(), "stepwell-functions-"));
  const printed: string[] = [];
  const warnings: string[] = [];
  const told: string[] = [];
  const submitted: JsonValue[] = [];
  const handlers = createTaskHandlers({
    clock: { now: () => now, schedule: () => () => {} },
    ids: { uuid: () => randomUUID(), seed: () => 1 },
    logger: {
      debug() {},
      info: (message) => void told.push(message),
      warn: (message, fields) => warnings.push(`${message} ${JSON.stringify(fields ?? {})}`),
      error: (message) => warnings.push(message),
    },
    stepFunctions: {
      call: options.stepFunctions ?? (() => Promise.reject(new Error("no call was expected"))),
    },
    region: "eu-west-1",
    accountId: "123456789012",
    functionsFolder: folder,
    configurationFolder: folder,
    functionLogs: (name, stream, text) => printed.push(`${name} ${stream} ${text}`),
    ...(options.functions === undefined ? {} : { functions: options.functions }),
    ...(options.authorizer === undefined ? {} : { authorizer: options.authorizer }),
    aws: options.aws,
    clientsFolder: options.clientsFolder,
    ...(options.commands === undefined ? {} : { commands: options.commands }),
    ...(options.standIns === undefined ? {} : { standIns: options.standIns }),
    ...(options.containerEngine === undefined ? {} : { containerEngine: options.containerEngine }),
    jobsFolder: options.jobsFolder ?? join(folder, ".jobs"),
  });
  cleanups.push(() => {
    handlers.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const run: Harness["run"] = (resource, parameters, runOptions = {}) => {
    const request: TaskRequest = {
      resource,
      parameters:
        runOptions.text === undefined
          ? Payload.ofValue(parameters)
          : Payload.ofText(runOptions.text),
      executionArn: "arn:aws:states:eu-west-1:123456789012:execution:machine:one",
      stateMachineArn: "arn:aws:states:eu-west-1:123456789012:stateMachine:machine",
      stateName: "Call",
      taskId: runOptions.taskId ?? 3,
      taskToken: "token",
      timeoutSeconds: undefined,
      credentialsRoleArn: runOptions.credentialsRoleArn,
      roleArn: "arn:aws:iam::123456789012:role/role",
    };
    const control: TaskControl = {
      signal: runOptions.signal ?? new AbortController().signal,
      submitted: async (output) => {
        submitted.push(output.value);
        await runOptions.whenSubmitted?.();
      },
    };
    const handler = handlers.find(resource);
    const { resumes } = runOptions;
    if (resumes === undefined) return handler.run(request, control);
    if (handler.resume === undefined) throw new Error("the handler takes nothing up");
    return handler.resume(request, Payload.ofValue(resumes), control);
  };
  return {
    folder,
    handlers,
    printed,
    warnings,
    told,
    submitted,
    write(files, mode) {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text, mode === undefined ? {} : { mode });
      }
    },
    run,
    async call(name, event) {
      const outcome = await run(functionResource(name), event);
      return outcome.type === "succeeded" ? outcome.output.value : outcome;
    },
  };
}

export function functionArn(name: string): string {
  return `arn:aws:lambda:eu-west-1:123456789012:function:${name}`;
}

export function functionResource(name: string): ServiceResource {
  return { kind: "lambda", arn: functionArn(name) };
}

export function serviceResource(
  resourceType: string,
  action: string,
  pattern: Extract<ServiceResource, { kind: "service" }>["pattern"] = "requestResponse",
): ServiceResource {
  const resource = pattern === "requestResponse" ? action : `${action}.${pattern}`;
  return {
    kind: "service",
    arn: `arn:aws:states:::${resourceType}:${resource}`,
    resourceType,
    action,
    pattern,
    resource,
  };
}

/** The error document in a failed outcome's cause. */
export function causeOf(outcome: JsonValue | TaskOutcome): JsonObject {
  if (typeof outcome !== "object" || outcome === null || !("cause" in outcome)) {
    throw new Error(`not a failure: ${JSON.stringify(outcome)}`);
  }
  return JSON.parse(outcome.cause as string) as JsonObject;
}
