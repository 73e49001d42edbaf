import type { Activation } from "../../machine/activation.ts";
import type { EpochMs, TaskId } from "../../machine/ids.ts";
import type {
  StateTest,
  StateTestResult,
  StateTestStep,
} from "../../machine/test-state/test-state.ts";
import type { ExecutionIdentity } from "../../machine/machine.ts";
import type {
  HttpExchange,
  TaskControl,
  TaskOutcome,
  TaskRequest,
} from "../../ports/task-handler.ts";
import type { ServiceContext } from "../operation.ts";

/** Documented: a test that takes longer fails with States.Timeout. */
const longestTestMs = 300_000;

export interface PerformedTest {
  readonly result: StateTestResult | "timedOut";
  /** What an HTTP Task sent and got. */
  readonly exchange: HttpExchange | undefined;
}

/** Runs a test to its end: what is not mocked is really called. */
export async function performTest(
  test: StateTest,
  identity: ExecutionIdentity,
  context: ServiceContext,
  options: { readonly revealSecrets: boolean; readonly signal: AbortSignal | undefined },
): Promise<PerformedTest> {
  const { clock, ids } = context;
  const startedAt = clock.now();
  let exchange: HttpExchange | undefined;
  let step = test.start(startedAt, ids.seed());
  while (step.type === "invoke") {
    const { command, dueAt } = step;
    const deadline = startedAt + longestTestMs;
    const until = Math.min(dueAt ?? deadline, deadline);
    const request = requestOf(command, identity);
    const outcome = await attempt(request, context, until, options, (seen) => {
      exchange = seen;
    });
    if (outcome === "late" && until === deadline) return { result: "timedOut", exchange };
    step = test.continue(activationOf(outcome, command.taskId, until, context));
  }
  return { result: step.result, exchange };
}

type Invocation = Extract<StateTestStep, { type: "invoke" }>["command"];

function requestOf(command: Invocation, identity: ExecutionIdentity): TaskRequest {
  const { taskId, resource, parameters, stateName, timeoutSeconds, credentialsRoleArn } = command;
  const { executionArn, stateMachineArn, roleArn } = identity;
  const state = { resource, parameters, stateName, timeoutSeconds, credentialsRoleArn };
  // Only calls whose answer is the result are made: nobody will use the token.
  return { ...state, taskId, executionArn, stateMachineArn, roleArn, taskToken: "" };
}

/** One attempt, given up at `until` or when the caller has gone. */
async function attempt(
  request: TaskRequest,
  { handlers, clock, logger }: ServiceContext,
  until: EpochMs,
  {
    revealSecrets,
    signal,
  }: { readonly revealSecrets: boolean; readonly signal: AbortSignal | undefined },
  exchanged: (exchange: HttpExchange) => void,
): Promise<TaskOutcome | "late"> {
  const handler = handlers.find(request.resource);
  if (handler === undefined) {
    const cause = `The resource '${request.resource.arn}' is not available in this version of Stepwell.`;
    return { type: "rejected", cause };
  }
  const controller = new AbortController();
  const late = Promise.withResolvers<"late">();
  const giveUp = (): void => {
    controller.abort();
    late.resolve("late");
  };
  const cancel = clock.schedule(until, giveUp);
  signal?.addEventListener("abort", giveUp, { once: true });
  const control: TaskControl = {
    signal: controller.signal,
    submitted: () => Promise.resolve(),
    trace: { revealSecrets, exchanged },
  };
  try {
    return await Promise.race([handler.run(request, control), late.promise]);
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    logger.error("a task handler failed", { resource: request.resource.arn, message });
    const cause = `The integration failed: ${message}`;
    return { type: "failed", error: "States.TaskFailed", cause };
  } finally {
    cancel();
    signal?.removeEventListener("abort", giveUp);
  }
}

function activationOf(
  outcome: TaskOutcome | "late",
  taskId: TaskId,
  until: EpochMs,
  { clock, ids }: ServiceContext,
): Activation {
  const base = { at: clock.now(), seed: ids.seed() };
  if (outcome === "late") return { ...base, at: Math.max(base.at, until), type: "TimerFired" };
  switch (outcome.type) {
    case "succeeded":
      return { ...base, type: "TaskSucceeded", taskId, output: outcome.output };
    case "failed": {
      const { error, cause } = outcome;
      return {
        ...base,
        type: "TaskFailed",
        taskId,
        error,
        ...(cause === undefined ? {} : { cause }),
      };
    }
    case "rejected":
      return { ...base, type: "TaskFailed", taskId, error: "States.Runtime", cause: outcome.cause };
    case "pending":
      throw new Error(`the handler of task ${taskId} left the answer to somebody else`);
  }
}
