import type { JsonValue } from "../../expression/json.ts";
import { createTaskMocks } from "../../integrations/mocks/task-mocks.ts";
import { rootBranch } from "../../machine/ids.ts";
import type { JournalEvent } from "../../machine/journal/journal-event.ts";
import { createStepwell } from "../../server/stepwell-server.ts";
import { ApiError } from "../../service/errors/api-error.ts";
import { createMemoryStore } from "../../store/memory/memory-store.ts";
import { consoleLogger, functionLogLines } from "../console-logger.ts";
import { CommandFailure } from "../errors.ts";
import { everyEvent } from "../every-event.ts";
import { isLast, type LastEvent, statusOf } from "../execute-definition.ts";
import { createMapRunIdleness } from "../map-run-idleness.ts";
import { readDefinition } from "../read-definition.ts";
import { createRunningTasks } from "../running-tasks.ts";
import type { Settings } from "../settings.ts";
import { createSkippingClock } from "../skipping-clock.ts";
import type { CaseOutcome } from "./expectation.ts";
import { mockableStates } from "./mockable-states.ts";
import type { PlannedCase, PlannedDefinition, TestPlan } from "./test-plan.ts";

export interface TestCaseOptions {
  readonly settings: Settings;
  /** Values for `${Name}` in definitions. */
  readonly defined: ReadonlyMap<string, string>;
}

/**
 * Runs one test case with the real engine over a store of its own in memory. Waits and retry delays take no time. Every
 * state machine of the plan is there to be started by another one. Rejects with a CommandFailure if it cannot be run.
 */
export async function runTestCase(
  plan: TestPlan,
  planned: PlannedCase,
  options: TestCaseOptions,
): Promise<CaseOutcome> {
  const { settings, defined } = options;
  const { configuration } = plan.file;
  const definitions = await readDefinitions(plan, defined);
  requireStates(plan, planned, definitions);

  const changed = (): void => clock.busyChanged();
  const tasks = createRunningTasks(changed);
  const mapRuns = createMapRunIdleness();
  const clock = createSkippingClock(() => tasks.running() > 0 || mapRuns.busy());
  const ended = Promise.withResolvers<LastEvent>();
  // A failure can come before anybody waits for the end.
  ended.promise.catch(() => {});
  const events: JournalEvent[] = [];
  const { engine, service, handlers } = await createStepwell({
    ...settings,
    store: createMemoryStore(),
    clock,
    // Time is skipped: waits that are shorter as well would only change what times out.
    waitTimeScale: 1,
    logger: consoleLogger(false),
    functionLogs: functionLogLines,
    mocks: createTaskMocks(configuration),
    around: (found) => tasks.watch(found),
    onFailure: ended.reject,
    subscribers: [
      everyEvent((record, batch) => {
        tasks.note(record.executionArn, batch);
        mapRuns.note(record, batch);
        if (record.name === executionName && record.testCase === planned.name) {
          events.push(...batch);
          const last = batch.find(isLast);
          if (last !== undefined) ended.resolve(last);
        }
        for (const { taskToken, timesOut } of tasks.openTokens()) {
          if (timesOut) continue;
          void engine.completeTask(taskToken, { type: "failure", ...unanswered });
        }
        changed();
      }),
    ],
  });
  const interrupted = (): void => {
    handlers.close();
    process.exit(130);
  };
  process.once("SIGINT", interrupted);
  try {
    for (const [name, { text, type }] of definitions) {
      const roleArn = `arn:aws:iam::${settings.accountId}:role/stepwell`;
      await call(
        name,
        service.call("CreateStateMachine", { name, definition: text, type, roleArn }),
      );
    }
    const { region, accountId } = settings;
    const arn = `arn:aws:states:${region}:${accountId}:stateMachine:${planned.stateMachineName}`;
    await call(
      planned.stateMachineName,
      service.call("StartExecution", {
        stateMachineArn: `${arn}#${planned.name}`,
        name: executionName,
        input: planned.input,
      }),
    );
    return outcomeOf(await ended.promise, events);
  } finally {
    process.off("SIGINT", interrupted);
    handlers.close();
    await engine.shutdown(0);
  }
}

const executionName = "test";

/** Our choice: what a task fails with that waits for a token which nobody can send back. */
const unanswered = {
  error: "Stepwell.Unanswered",
  cause: "The task waits for its token, which nobody sends back in a test: mock its state.",
};

interface ReadDefinition extends PlannedDefinition {
  readonly text: string;
  readonly value: JsonValue;
}

async function readDefinitions(
  plan: TestPlan,
  defined: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, ReadDefinition>> {
  const read = new Map<string, ReadDefinition>();
  for (const [name, planned] of plan.definitions) {
    const { content } = await readDefinition(planned.path, defined);
    if ("syntaxError" in content) {
      throw new CommandFailure(
        `${planned.path} is not a definition: ${content.syntaxError.message}\nTo see where: stepwell validate ${planned.path}`,
      );
    }
    read.set(name, { ...planned, ...content });
  }
  return read;
}

/** A misspelt name would leave the state unmocked, and its call would be made. */
function requireStates(
  { file }: TestPlan,
  { stateMachineName, name }: PlannedCase,
  definitions: ReadonlyMap<string, ReadDefinition>,
): void {
  const definition = definitions.get(stateMachineName);
  const mocked = file.configuration.stateMachines.get(stateMachineName)?.get(name);
  if (definition === undefined || mocked === undefined) return;
  const states = mockableStates(definition.value);
  const unknown = [...mocked.keys()].find((state) => !states.includes(state));
  if (unknown === undefined) return;
  const those = states.length === 0 ? "none" : states.join(", ");
  throw new CommandFailure(
    `The test case mocks '${unknown}', which is not a Task state of ${definition.path}. Those are: ${those}.`,
  );
}

async function call(name: string, answer: Promise<unknown>): Promise<void> {
  try {
    await answer;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw new CommandFailure(`${name}: ${error.message}`, { cause: error });
  }
}

function outcomeOf(last: LastEvent, events: readonly JournalEvent[]): CaseOutcome {
  const path = events.flatMap((event) =>
    isStateEntered(event)
      ? [{ name: event.details.name, nested: event.branch !== rootBranch }]
      : [],
  );
  const status = statusOf(last);
  if (last.type === "ExecutionSucceeded") {
    return { status, path, output: last.payload?.value ?? null };
  }
  return { status, path, ...last.details };
}

type StateEntered = Extract<JournalEvent, { readonly type: `${string}StateEntered` }>;

function isStateEntered(event: JournalEvent): event is StateEntered {
  return event.type.endsWith("StateEntered");
}
