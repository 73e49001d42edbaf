import type { JsonValue } from "../expression/json.ts";
import { Payload } from "../expression/payload.ts";
import type { TaskHandlers } from "../integrations/task-handlers.ts";
import type { TaskHandler, TaskOutcome, TaskRequest } from "../ports/task-handler.ts";
import type { Engine } from "../runtime/engine.ts";
import { startsExecution } from "../simulate/simulation/simulation-mocks.ts";
import { performed } from "./performed.ts";

/** What a mock knows of the attempt that it answers, beside the task's input. */
export interface MockedCall {
  /** From 0: how often this execution has called the state's task before, retries and iterations included. */
  readonly attempt: number;
  readonly executionArn: string;
  /** Completes a task that waits for its token, which a mock that answers `undefined` leaves to wait. */
  readonly taskToken: string;
}

/** What a state's task comes to: a value, or a function of its input. What that throws fails the task. */
export type Mock = JsonValue | ((input: JsonValue, call: MockedCall) => unknown);

/** Mocks by the state machine's name and the state's. */
export interface Mocks {
  readonly [stateMachine: string]: { readonly [state: string]: Mock };
}

/** The mocks of a server, which may change while it runs. */
export interface MockDesk {
  /** Mocks a state from now on. */
  set(stateMachine: string, state: string, mock: Mock): void;
  /** Inputs of the state's task, as often as it was called with a mock. */
  calls(stateMachine: string, state: string): readonly JsonValue[];
  /** Forgets all mocks and calls, as between two tests. */
  reset(): void;
}

export interface StateMocks extends MockDesk {
  around(
    handlers: Pick<TaskHandlers, "find">,
    engine: () => Promise<Pick<Engine, "completeTask">>,
  ): Pick<TaskHandlers, "find">;
}

interface NotedCall {
  readonly executionArn: string;
  readonly input: JsonValue;
}

export interface MockOptions {
  readonly mocks: Mocks;
  /** Whether a task without a mock is performed; executions that tasks start always are. */
  readonly mayCall: (request: TaskRequest) => boolean;
}

export function createStateMocks(options: MockOptions): StateMocks {
  const held = new Map<string, Mock>();
  const noted = new Map<string, NotedCall[]>();
  for (const [machine, states] of Object.entries(options.mocks)) {
    for (const [state, mock] of Object.entries(states)) held.set(keyOf(machine, state), mock);
  }

  function note(key: string, call: NotedCall): number {
    const before = noted.get(key) ?? [];
    noted.set(key, [...before, call]);
    return before.filter(({ executionArn }) => executionArn === call.executionArn).length;
  }

  async function answer(
    key: string,
    mock: Mock,
    request: TaskRequest,
    engine: Pick<Engine, "completeTask">,
  ): Promise<TaskOutcome> {
    const { executionArn, taskToken, parameters, resource } = request;
    const attempt = note(key, { executionArn, input: parameters.value });
    const call = { attempt, executionArn, taskToken };
    let isOpen = false;
    const outcome = await performed(async () => {
      const value = typeof mock === "function" ? await mock(parameters.value, call) : mock;
      isOpen = value === undefined;
      return value;
    });
    const waits = resource.kind === "service" && resource.pattern === "waitForTaskToken";
    if (!waits) return outcome;
    // Mocked is what the task comes to; what the call answers that hands out the token is seen by nobody.
    if (!isOpen) await complete(engine, taskToken, outcome);
    return { type: "succeeded", output: Payload.ofValue({}) };
  }

  return {
    set: (machine, state, mock) => void held.set(keyOf(machine, state), mock),
    calls: (machine, state) => (noted.get(keyOf(machine, state)) ?? []).map(({ input }) => input),
    reset() {
      held.clear();
      noted.clear();
    },
    around: (handlers, engine) => ({
      find(resource) {
        const usual = handlers.find(resource);
        return {
          handles: () => true,
          ...(usual.refuseParameters && {
            refuseParameters: (...asked) => usual.refuseParameters?.(...asked),
          }),
          async run(request, control) {
            const key = keyOf(machineNameOf(request.stateMachineArn), request.stateName);
            const mock = held.get(key);
            if (mock !== undefined) return await answer(key, mock, request, await engine());
            const performs = startsExecution(resource) || options.mayCall(request);
            return performs ? await usual.run(request, control) : unmocked(request);
          },
        } satisfies TaskHandler;
      },
    }),
  };
}

async function complete(
  engine: Pick<Engine, "completeTask">,
  taskToken: string,
  outcome: Extract<TaskOutcome, { type: "succeeded" | "failed" }>,
): Promise<void> {
  await engine.completeTask(
    taskToken,
    outcome.type === "succeeded"
      ? { type: "success", output: outcome.output }
      : { type: "failure", error: outcome.error, cause: outcome.cause ?? "" },
  );
}

function unmocked({ stateName, stateMachineArn, resource }: TaskRequest): TaskOutcome {
  const cause = `The state '${stateName}' of '${machineNameOf(stateMachineArn)}' would call ${resource.arn}, and a test calls nothing: mock the state, or set callServices.`;
  return { type: "rejected", cause };
}

function machineNameOf(stateMachineArn: string): string {
  return /:stateMachine:([^:#]+)/.exec(stateMachineArn)?.[1] ?? stateMachineArn;
}

function keyOf(stateMachine: string, state: string): string {
  return JSON.stringify([stateMachine, state]);
}
