import type { Random } from "./random.ts";

export interface GeneratedMachine {
  readonly name: string;
  /** JSON text. */
  readonly definition: string;
  /** It is only started by others. */
  readonly isChild: boolean;
}

const scope = "us-east-1:000000000000";
export const activityArns = ["a", "b"].map((name) => `arn:aws:states:${scope}:activity:${name}`);

export function machineArnOf(name: string): string {
  return `arn:aws:states:${scope}:stateMachine:${name}`;
}

/** How a function behaves: at once, after a while, not the first times, never. */
export const behaviours = ["quick", "slow", "flaky", "failing"] as const;
export type Behaviour = (typeof behaviours)[number];

type Kind =
  | "pass"
  | "choice"
  | "wait"
  | "task"
  | "parallel"
  | "map"
  | "nested"
  | "callback"
  | "activity"
  | "distributed";

const simple: readonly Kind[] = ["pass", "choice", "wait", "task", "task", "callback", "activity"];
const all: readonly Kind[] = [...simple, "parallel", "map", "nested", "distributed"];
/** Of which nothing can fail: what they give is known beforehand. */
const certain: readonly Kind[] = ["pass", "choice", "wait", "wait"];
const allCertain: readonly Kind[] = [...certain, "parallel", "map", "distributed", "distributed"];

/** Some state machines: a child that the others may start, and up to three that clients start. */
export function generateMachines(random: Random): GeneratedMachine[] {
  const machines = [{ name: "Child", definition: generate(random, 0), isChild: true }];
  const count = random.whole(1, 3);
  for (let index = 0; index < count; index++) {
    const definition = random.chance(0.25)
      ? generate(random, 1, certain, allCertain)
      : generate(random, 1);
    machines.push({ name: `M${index}`, definition, isChild: false });
  }
  return machines;
}

function generate(random: Random, depth: number, leaves = simple, kinds = all): string {
  let counter = 0;
  const newName = (): string => `S${counter++}`;

  function machine(left: number): { StartAt: string; States: Record<string, object> } {
    const names = Array.from({ length: random.whole(1, left > 0 ? 3 : 2) }, newName);
    const States: Record<string, object> = {};
    for (const [index, name] of names.entries()) {
      const next = names[index + 1];
      const transition = next === undefined ? { End: true } : { Next: next };
      const allowed = left > 0 ? kinds : leaves;
      States[name] = state(random.pick(allowed), transition, next, left);
    }
    return { StartAt: names[0] as string, States };
  }

  function handling(next: string | undefined): object {
    const Retry = [
      {
        ErrorEquals: [random.pick(["States.ALL", "Flaky", "Lambda.Unknown"])],
        IntervalSeconds: random.whole(1, 3),
        MaxAttempts: random.whole(1, 3),
        BackoffRate: 1,
      },
    ];
    const Catch = [{ ErrorEquals: ["States.ALL"], Next: next, ResultPath: "$.error" }];
    return {
      ...(random.chance(0.7) ? { Retry } : {}),
      ...(next !== undefined && random.chance(0.4) ? { Catch } : {}),
    };
  }

  function state(kind: Kind, transition: object, next: string | undefined, left: number): object {
    const kept = { ResultPath: "$.result", ...transition };
    switch (kind) {
      case "pass":
        return { Type: "Pass", Result: { passed: random.whole(0, 9) }, ...kept };
      case "choice":
        if (next === undefined) return { Type: "Pass", ...transition };
        return {
          Type: "Choice",
          Choices: [{ Variable: "$.n", NumericGreaterThan: 4, Next: next }],
          Default: next,
        };
      case "wait":
        return { Type: "Wait", Seconds: random.pick([0, 1, 1, 3, 5]), ...transition };
      case "task":
        return {
          Type: "Task",
          Resource: `arn:aws:lambda:${scope}:function:${random.pick(behaviours)}`,
          TimeoutSeconds: random.whole(4, 12),
          ...handling(next),
          ...kept,
        };
      case "callback":
        return {
          Type: "Task",
          Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
          Parameters: {
            FunctionName: random.pick(["quick", "slow"]),
            Payload: { "token.$": "$$.Task.Token" },
          },
          TimeoutSeconds: random.whole(6, 15),
          ...(random.chance(0.3) ? { HeartbeatSeconds: 4 } : {}),
          ...handling(next),
          ...kept,
        };
      case "activity":
        return {
          Type: "Task",
          Resource: random.pick(activityArns),
          // A heartbeat is waited for only from when a worker has it: one that nobody is given does not end.
          ...random.pick([
            { TimeoutSeconds: random.whole(6, 15) },
            { TimeoutSeconds: 900, HeartbeatSeconds: random.whole(5, 9) },
          ]),
          ...handling(next),
          ...kept,
        };
      case "nested":
        return {
          Type: "Task",
          Resource: "arn:aws:states:::states:startExecution.sync:2",
          Parameters: { StateMachineArn: machineArnOf("Child"), "Input.$": "$" },
          ...handling(next),
          ...kept,
        };
      case "parallel":
        return {
          Type: "Parallel",
          Branches: [machine(left - 1), machine(left - 1)],
          ...handling(next),
          ...kept,
        };
      case "map":
      case "distributed": {
        const isDistributed = kind === "distributed";
        return {
          Type: "Map",
          ItemsPath: "$.items",
          ItemSelector: { "n.$": "$$.Map.Item.Value", "items.$": "$.items" },
          MaxConcurrency: random.whole(0, 2),
          ...(isDistributed
            ? { Label: newName(), ToleratedFailureCount: random.pick([0, 1, 10]) }
            : {}),
          ItemProcessor: {
            ...(isDistributed
              ? { ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" } }
              : {}),
            ...machine(left - 1),
          },
          ...handling(next),
          ...kept,
        };
      }
    }
  }

  return JSON.stringify(machine(depth));
}
