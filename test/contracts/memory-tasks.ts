import { afterEach, vi } from "vitest";
import { parseResource } from "../../src/asl/resources/parse-resource.ts";
import type { JsonObject, JsonValue } from "../../src/expression/json.ts";
import { Payload } from "../../src/expression/payload.ts";
import type { IntegrationOptions } from "../../src/integrations/integration-options.ts";
import type { MemoryServices } from "../../src/integrations/memory/memory-services.ts";
import { createTaskHandlers } from "../../src/integrations/task-handlers.ts";
import type { TaskOutcome } from "../../src/ports/task-handler.ts";
import { type StepClock, stepClock } from "../runtime/step-clock.ts";

/** Tasks whose services are in memory. */
export interface MemoryTasks {
  readonly clock: StepClock;
  readonly memory: MemoryServices;
  readonly warnings: string[];
  /** A task of this resource, `sqs:sendMessage`. */
  run(resource: string, parameters: JsonValue, signal?: AbortSignal): Promise<TaskOutcome>;
  /** The same, of which the result is wanted. */
  result(resource: string, parameters: JsonValue): Promise<JsonObject>;
}

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
  vi.unstubAllEnvs();
});

export const scope = "us-east-1:123456789012";

export function memoryTasks(
  options: Partial<Pick<IntegrationOptions, "memory" | "standIns" | "stepFunctions">> = {},
): MemoryTasks {
  // What is answered from memory asks for nothing of this.
  vi.stubEnv("AWS_CONFIG_FILE", "/nonexistent");
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent");
  const clock = stepClock();
  const warnings: string[] = [];
  let made = 0;
  const handlers = createTaskHandlers({
    clock,
    ids: {
      uuid: () => `00000000-0000-4000-8000-${String((made += 1)).padStart(12, "0")}`,
      seed: () => 1,
    },
    logger: { debug() {}, info() {}, warn: (text) => warnings.push(text), error() {} },
    stepFunctions: { call: () => Promise.reject(new Error("no call was expected")) },
    region: "us-east-1",
    accountId: "123456789012",
    standInServices: "memory",
    ...options,
  });
  cleanups.push(() => handlers.close());
  const { memory } = handlers;
  if (memory === undefined) throw new Error("nothing is in memory");

  async function run(
    resource: string,
    parameters: JsonValue,
    signal = new AbortController().signal,
  ): Promise<TaskOutcome> {
    const parsed = parseResource(`arn:aws:states:::${resource}`).resource;
    if (parsed === undefined || parsed.kind === "activity") throw new Error(resource);
    return handlers.find(parsed).run(
      {
        resource: parsed,
        parameters: Payload.ofValue(parameters),
        executionArn: `arn:aws:states:${scope}:execution:machine:one`,
        stateMachineArn: `arn:aws:states:${scope}:stateMachine:machine`,
        stateName: "Call",
        taskId: 3,
        taskToken: "token",
        timeoutSeconds: undefined,
        credentialsRoleArn: "arn:aws:iam::123456789012:role/other",
        roleArn: "arn:aws:iam::123456789012:role/role",
      },
      { signal, submitted: () => Promise.resolve() },
    );
  }

  return {
    clock,
    memory,
    warnings,
    run,
    async result(resource, parameters) {
      const outcome = await run(resource, parameters);
      if (outcome.type !== "succeeded") throw new Error(JSON.stringify(outcome));
      return outcome.output.value as JsonObject;
    },
  };
}
