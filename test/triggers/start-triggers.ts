import type { JsonObject } from "../../src/expression/json.ts";
import { awsLimits } from "../../src/machine/limits.ts";
import { everybodyMay } from "../../src/ports/authorizer.ts";
import type { Caller } from "../../src/ports/caller.ts";
import type { Clock } from "../../src/ports/clock.ts";
import { ServiceError, type ServiceMembers } from "../../src/ports/service-api.ts";
import type { Store } from "../../src/ports/store.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import {
  createTriggers,
  type Triggers,
  type TriggersOptions,
} from "../../src/triggers/create-triggers.ts";
import { type StepClock, stepClock } from "../runtime/step-clock.ts";

export const region = "us-east-1";
export const accountId = "123456789012";
export const roleArn = `arn:aws:iam::${accountId}:role/Trigger`;
export const machineArn = `arn:aws:states:${region}:${accountId}:stateMachine:Orders`;

/** An engine without executions, for status events that nobody makes. */
export const noExecutions: Omit<TriggersOptions["engine"], "ownership"> = {
  describeExecution: () => Promise.resolve(undefined),
  pendingRedrives: () => Promise.resolve(new Set()),
  history: () => Promise.resolve(undefined),
  directory: { get: () => Promise.resolve(undefined) },
};

/** One start of an execution, or another call of Step Functions. */
export interface Started {
  readonly operation: string;
  readonly input: JsonObject;
  readonly caller: Caller;
}

/** What an execution was started as. */
export function nameOf({ input }: Pick<Started, "input">): string {
  return input["name"] as string;
}

export interface TestTriggers {
  readonly triggers: Triggers;
  readonly clock: StepClock;
  readonly store: Store;
  readonly started: readonly Started[];
  /** What each call of a Task was given, by its resource. */
  readonly tasks: readonly { readonly resource: string; readonly parameters: JsonObject }[];
  readonly warnings: readonly string[];
  /** Performs an operation of EventBridge or Scheduler. */
  readonly call: (
    service: "events" | "scheduler",
    operation: string,
    members?: object,
  ) => Promise<ServiceMembers>;
  /** Lets all that is under way come to its end. */
  settled(): Promise<void>;
  /** Moves the clock, with all that comes of it. */
  advance(ms: number): Promise<void>;
}

export interface TestTriggersOptions extends Partial<TriggersOptions> {
  /** Instead of an execution: what the API answers. Throw a ServiceError to refuse. */
  readonly onStart?: (started: Started) => JsonObject;
  readonly onTask?: (resource: string) => "succeed" | "fail";
}

export const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** Triggers over a store in memory, which start nothing but notes. */
export function startTriggers(options: TestTriggersOptions = {}): TestTriggers {
  const clock = (options.clock as StepClock | undefined) ?? stepClock();
  const store = (options.store as Store | undefined) ?? createMemoryStore();
  const started: Started[] = [];
  const tasks: { resource: string; parameters: JsonObject }[] = [];
  const warnings: string[] = [];
  let ids = 0;
  const note = (message: string, fields?: object): void =>
    void warnings.push(`${message} ${JSON.stringify(fields)}`);
  const triggers: Triggers = createTriggers({
    store,
    engine: {
      ownership: { epochOf: () => 1 },
      ...noExecutions,
    },
    isShared: false,
    clock: clock as Clock,
    ids: {
      uuid: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, "0")}`,
      seed: () => 0,
    },
    logger: { ...silent, warn: note, error: note },
    accountId,
    limits: awsLimits,
    authorizer: everybodyMay,
    http: { send: () => Promise.resolve({ type: "timedOut" }) },
    putIntoEventBridge: () => Promise.resolve({ type: "taken", output: null }),
    stepFunctions(operation, input, caller) {
      const one = { operation, input, caller };
      started.push(one);
      return Promise.resolve().then(() => options.onStart?.(one) ?? {});
    },
    call: (service, operation, members) => call(service as "events", operation, members),
    tasks: {
      find: (resource) => ({
        handles: () => true,
        run(request) {
          tasks.push({
            resource: resource.arn.replace("arn:aws:states:::", ""),
            parameters: request.parameters.value as JsonObject,
          });
          return Promise.resolve(
            options.onTask?.(resource.arn) === "fail"
              ? { type: "failed", error: "Sqs.InternalError", cause: "try again" }
              : { type: "succeeded", output: request.parameters },
          );
        },
      }),
    },
    ...options,
  });
  triggers.start();

  async function call(
    service: "events" | "scheduler",
    operation: string,
    members: object = {},
  ): Promise<ServiceMembers> {
    const api = triggers.apis.find(({ signingName }) => signingName === service);
    const found = api?.operations[operation];
    if (found === undefined) throw new ServiceError("UnknownOperationException", operation);
    const caller: Caller = {
      partition: "aws",
      region,
      accountId,
      principal: { type: "owner" },
    };
    const prepared = found.prepare(
      { members: members as JsonObject },
      { caller, requestId: "r", signal: new AbortController().signal },
    );
    return (await prepared.perform()).members ?? {};
  }

  const settled = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  };

  return {
    triggers,
    clock,
    store,
    started,
    tasks,
    warnings,
    call,
    settled,
    async advance(ms) {
      clock.advance(ms);
      await settled();
    },
  };
}
