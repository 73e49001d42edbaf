import { vi } from "vitest";
import type { JsonObject, JsonValue } from "../../src/expression/json.ts";
import { Payload } from "../../src/expression/payload.ts";
import type { SdkClients } from "../../src/integrations/aws/sdk-clients.ts";
import { createTaskHandlers, type TaskHandlers } from "../../src/integrations/task-handlers.ts";
import { parseResource } from "../../src/asl/resources/parse-resource.ts";
import type { Clock } from "../../src/ports/clock.ts";
import { ServerLeaves, type TaskOutcome, type TaskRequest } from "../../src/ports/task-handler.ts";
import { systemIds } from "../../src/runtime/system-ids.ts";

/** Performs tasks against whatever answers for AWS. */
export interface AwsTasks {
  /** A task of this resource, `ecs:runTask.sync`, to its end. */
  run(resource: string, parameters: JsonValue): Promise<TaskOutcome>;
  /** A task whose outcome no longer matters once it has submitted its job; resolves when it has seen to that. */
  abort(resource: string, parameters: JsonValue): Promise<JsonObject>;
  /** A task whose server leaves once the job is submitted, and that another server takes up. */
  resume(resource: string, parameters: JsonValue): Promise<TaskOutcome>;
  close(): void;
}

const scope = "us-east-1:123456789012";

/** The AWS SDK's configuration for a server that answers for AWS. */
export function stubAwsEnvironment(url: string): void {
  for (const [name, value] of Object.entries({
    AWS_ENDPOINT_URL: url,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_PROFILE: undefined,
    AWS_CONFIG_FILE: "/nonexistent",
    AWS_SHARED_CREDENTIALS_FILE: "/nonexistent",
    AWS_EC2_METADATA_DISABLED: "true",
  })) {
    vi.stubEnv(name, value);
  }
}

/** `clients` in place of those that the AWS SDK has. */
export function awsTasks(clients?: SdkClients): AwsTasks {
  const servers: TaskHandlers[] = [];
  const handlers = server();

  function server(): TaskHandlers {
    const made = createTaskHandlers({
      clock: hastyClock(),
      ids: systemIds,
      logger: { debug() {}, info() {}, warn() {}, error() {} },
      stepFunctions: { call: () => Promise.reject(new Error("no call was expected")) },
      region: "us-east-1",
      accountId: "123456789012",
      ...(clients === undefined ? {} : { clients }),
    });
    servers.push(made);
    return made;
  }

  /** Runs a task until its job is submitted, and then ends it for the reason. */
  async function submit(resource: string, parameters: JsonValue, reason: unknown) {
    const request = taskRequest(resource, parameters);
    const control = new AbortController();
    let submission: Payload | undefined;
    const outcome = await handlers.find(request.resource).run(request, {
      signal: control.signal,
      submitted(output) {
        submission = output;
        control.abort(reason);
        return Promise.resolve();
      },
    });
    if (submission === undefined) throw new Error(`not submitted: ${JSON.stringify(outcome)}`);
    return { request, submission };
  }

  return {
    run(resource, parameters) {
      const request = taskRequest(resource, parameters);
      return handlers.find(request.resource).run(request, control());
    },
    async abort(resource, parameters) {
      const { submission } = await submit(resource, parameters, undefined);
      return submission.value as JsonObject;
    },
    async resume(resource, parameters) {
      const { request, submission } = await submit(resource, parameters, new ServerLeaves());
      const next = server().find(request.resource);
      const outcome = await next.resume?.(request, submission, control());
      if (outcome === undefined) throw new Error(`${resource} cannot be taken up`);
      return outcome;
    },
    close: () => servers.forEach((made) => made.close()),
  };
}

function control() {
  return { signal: new AbortController().signal, submitted: () => Promise.resolve() };
}

function taskRequest(resource: string, parameters: JsonValue): TaskRequest {
  const parsed = parseResource(`arn:aws:states:::${resource}`).resource;
  if (parsed === undefined || parsed.kind === "activity") throw new Error(resource);
  return {
    resource: parsed,
    parameters: Payload.ofValue(parameters),
    executionArn: `arn:aws:states:${scope}:execution:machine:one`,
    stateMachineArn: `arn:aws:states:${scope}:stateMachine:machine`,
    stateName: "Call",
    taskId: 3,
    taskToken: "token",
    timeoutSeconds: undefined,
    credentialsRoleArn: undefined,
    roleArn: "arn:aws:iam::123456789012:role/role",
  };
}

/** A clock that is at a time as soon as something is scheduled for it: nobody waits between two looks. */
function hastyClock(): Clock {
  let now = Date.now();
  return {
    now: () => now,
    schedule(at, wake) {
      const timer = setTimeout(() => {
        now = Math.max(now, at);
        wake();
      }, 1);
      return () => clearTimeout(timer);
    },
  };
}
