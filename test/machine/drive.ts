import { parseDefinition } from "../../src/asl/parse-definition.ts";
import type { JsonValue } from "../../src/expression/json.ts";
import { Payload } from "../../src/expression/payload.ts";
import type { Activation } from "../../src/machine/activation.ts";
import type { Command } from "../../src/machine/command.ts";
import { nextDeadline } from "../../src/machine/deadline.ts";
import { decide, type Decision } from "../../src/machine/decide.ts";
import { evolve } from "../../src/machine/evolve.ts";
import { isPublic } from "../../src/machine/journal/history.ts";
import type { JournalEvent } from "../../src/machine/journal/journal-event.ts";
import { awsLimits, type Limits } from "../../src/machine/limits.ts";
import type { Machine } from "../../src/machine/machine.ts";
import { type ExecutionSnapshot, newSnapshot } from "../../src/machine/snapshot.ts";

export const startOfTime = Date.UTC(2026, 0, 1);

/** The types of the events that end an execution. */
export const endOfExecution = /^Execution(?:Succeeded|Failed|Aborted|TimedOut)$/;

/** A machine for tests: every activity exists, tokens are readable. */
export function machineOf(
  definition: object,
  options: { type?: "STANDARD" | "EXPRESS"; limits?: Partial<Limits> } = {},
): Machine {
  const parsed = parseDefinition(JSON.stringify(definition));
  if (parsed.definition === undefined) throw new Error(JSON.stringify(parsed.diagnostics, null, 2));
  return {
    definition: parsed.definition,
    type: options.type ?? "STANDARD",
    limits: { ...awsLimits, ...options.limits },
    identity: {
      executionArn: "arn:aws:states:us-east-1:000000000000:execution:Test:run",
      name: "run",
      stateMachineArn: "arn:aws:states:us-east-1:000000000000:stateMachine:Test",
      stateMachineName: "Test",
      roleArn: "arn:aws:iam::000000000000:role/Test",
      region: "us-east-1",
    },
    environment: {
      taskToken: (_arn, taskId) => `token-${taskId}`,
      activityExists: (arn) => !arn.endsWith(":missing"),
      refuseParameters: () => undefined,
    },
  };
}

/** What happens, without its time and seed. */
export type Told = Activation extends infer A
  ? A extends Activation
    ? Omit<A, "at" | "seed">
    : never
  : never;

/** An execution under a step clock: nothing happens but what the test says. */
export class Drive {
  readonly machine: Machine;
  snapshot: ExecutionSnapshot = newSnapshot();
  readonly journal: JournalEvent[] = [];
  readonly commands: Command[] = [];
  now = startOfTime;
  seed = 1;

  constructor(machine: Machine) {
    this.machine = machine;
  }

  when(told: Told): Decision {
    const activation = { ...told, at: this.now, seed: this.seed++ } as Activation;
    const decision = decide(this.machine, this.snapshot, activation);
    this.journal.push(...decision.events);
    this.commands.push(...decision.commands);
    return decision;
  }

  start(input: JsonValue = {}): this {
    this.when({ type: "ExecutionStarted", input: Payload.ofValue(input) });
    return this;
  }

  succeed(taskId: number, output: JsonValue = {}): Decision {
    return this.when({ type: "TaskSucceeded", taskId, output: Payload.ofValue(output) });
  }

  fail(taskId: number, error: string, cause?: string): Decision {
    return this.when({
      type: "TaskFailed",
      taskId,
      error,
      ...(cause === undefined ? {} : { cause }),
    });
  }

  /** Moves the clock to the next deadline and fires. */
  wait(): Decision {
    const deadline = nextDeadline(this.machine, this.snapshot);
    if (deadline === undefined) throw new Error("the execution has ended");
    this.now = Math.max(this.now, deadline);
    return this.when({ type: "TimerFired" });
  }

  /** Moves the clock. */
  pass(ms: number): Decision {
    this.now += ms;
    return this.when({ type: "TimerFired" });
  }

  /** Ids of the tasks that were invoked and have no outcome yet. */
  get openTasks(): number[] {
    return [...this.snapshot.branches.values()].flatMap(({ waiting }) =>
      waiting?.type === "task" ? [waiting.taskId] : [],
    );
  }

  /** The public history, one line an event: `4<3 TaskStateExited`. */
  get history(): string[] {
    return this.journal
      .filter(isPublic)
      .map((event) => `${event.id}<${event.previousEventId} ${event.type}`);
  }

  get output(): JsonValue | undefined {
    return this.snapshot.output?.value;
  }

  /** The snapshot as the journal alone gives it. */
  folded(): ExecutionSnapshot {
    return this.journal.reduce((snapshot, event) => evolve(snapshot, event), newSnapshot());
  }
}

/** A snapshot in a form that compares by value. */
export function plain(snapshot: ExecutionSnapshot): unknown {
  return JSON.parse(
    JSON.stringify(snapshot, (_key, value: unknown) => {
      if (value instanceof Payload) return { payload: value.text };
      if (value instanceof Map) return [...value.entries()];
      return value;
    }),
  );
}
