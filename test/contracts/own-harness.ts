import { randomUUID } from "node:crypto";
import { onTestFinished } from "vitest";
import { parseResource } from "../../src/asl/resources/parse-resource.ts";
import type { JsonValue } from "../../src/expression/json.ts";
import { Payload } from "../../src/expression/payload.ts";
import type { IntegrationOptions } from "../../src/integrations/integration-options.ts";
import { createTaskHandlers } from "../../src/integrations/task-handlers.ts";
import type { TaskOutcome, TaskRequest } from "../../src/ports/task-handler.ts";
import { systemClock } from "../../src/runtime/system-clock.ts";

export type RunOwn = (
  name: string,
  parameters: JsonValue,
  options?: { readonly signal?: AbortSignal; readonly timeoutSeconds?: number },
) => Promise<TaskOutcome>;

/** Runs tasks of `arn:stepwell:states:::…`, by the name behind the prefix. */
export function ownTasks(options: Partial<IntegrationOptions> = {}): RunOwn {
  const handlers = createTaskHandlers({
    clock: systemClock,
    ids: { uuid: () => randomUUID(), seed: () => 1 },
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    stepFunctions: { call: () => Promise.reject(new Error("no call was expected")) },
    region: "eu-west-1",
    accountId: "123456789012",
    ...options,
  });
  onTestFinished(() => handlers.close());
  return async (name, parameters, { signal, timeoutSeconds } = {}) => {
    const arn = `arn:stepwell:states:::${name}`;
    const { resource } = parseResource(arn);
    if (resource === undefined || resource.kind === "activity") throw new Error(arn);
    const request: TaskRequest = {
      resource,
      parameters: Payload.ofValue(parameters),
      executionArn: "arn:aws:states:eu-west-1:123456789012:execution:machine:one",
      stateMachineArn: "arn:aws:states:eu-west-1:123456789012:stateMachine:machine",
      stateName: "Call",
      taskId: 3,
      taskToken: "token",
      timeoutSeconds,
      credentialsRoleArn: undefined,
      roleArn: "arn:aws:iam::123456789012:role/role",
    };
    return handlers.find(resource).run(request, {
      signal: signal ?? new AbortController().signal,
      submitted: () => Promise.resolve(),
    });
  };
}

/** The value of a result; the outcome if there is none. */
export function outputOf(outcome: TaskOutcome): JsonValue | TaskOutcome {
  return outcome.type === "succeeded" ? outcome.output.value : outcome;
}
