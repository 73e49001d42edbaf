import fc from "fast-check";
import { Payload } from "../../src/expression/payload.ts";
import { Drive, machineOf } from "./drive.ts";

/** Random machines of every state type, nested, with retries and catchers. */
const graph = (depth: number): fc.Arbitrary<object> =>
  fc
    .array(fc.tuple(fc.nat(7), fc.nat(3), fc.boolean()), { minLength: 1, maxLength: 4 })
    .chain((parts) =>
      fc.tuple(fc.constant(parts), depth > 0 ? graph(depth - 1) : fc.constant(undefined)),
    )
    .map(([parts, inner]) => {
      const names = parts.map((_, index) => `S${depth}${index}`);
      const states: Record<string, object> = {};
      for (const [index, [kind, number, flag]] of parts.entries()) {
        const next = names[index + 1];
        const transition = next === undefined ? { End: true } : { Next: next };
        states[names[index] as string] = state(kind, number, flag, inner, transition, depth);
      }
      return { StartAt: names[0], States: states };
    });

function state(
  kind: number,
  number: number,
  flag: boolean,
  inner: object | undefined,
  transition: object,
  depth: number,
): object {
  const handling = {
    Retry: [{ ErrorEquals: ["Retryable"], IntervalSeconds: 1 + number, MaxAttempts: number }],
    ...("Next" in transition && flag
      ? { Catch: [{ ErrorEquals: ["States.ALL"], Next: transition.Next, ResultPath: "$.error" }] }
      : {}),
  };
  switch (kind) {
    case 0:
      return { Type: "Pass", Parameters: { n: number, "from.$": "$" }, ...transition };
    case 1:
      return { Type: "Pass", Assign: { [`v${depth}`]: number }, ...transition };
    case 2:
      return { Type: "Wait", Seconds: number, ...transition };
    case 3:
      return {
        Type: "Task",
        Resource: "arn:aws:lambda:us-east-1:000000000000:function:f",
        TimeoutSeconds: 5 + number,
        ...handling,
        ...transition,
      };
    case 4:
      return {
        Type: "Task",
        Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
        Parameters: { FunctionName: "f", Payload: { "token.$": "$$.Task.Token" } },
        HeartbeatSeconds: 2,
        TimeoutSeconds: 9,
        ...handling,
        ...transition,
      };
    case 5:
      if (inner === undefined) return { Type: "Pass", ...transition };
      return {
        Type: "Parallel",
        Branches: [inner, renamed(inner, "b")],
        ...handling,
        ...transition,
      };
    case 6:
      if (inner === undefined) return { Type: "Pass", ...transition };
      return {
        Type: "Map",
        ItemsPath: "$$.Execution.Input.items",
        MaxConcurrency: number,
        ItemProcessor: renamed(inner, "m"),
        ...handling,
        ...transition,
      };
    default:
      return {
        Type: "Task",
        Resource: "arn:aws:states:us-east-1:000000000000:activity:a",
        ...handling,
        ...transition,
      };
  }
}

/** State names are unique in the whole machine. */
function renamed(machine: object, prefix: string): object {
  const text = JSON.stringify(machine).replace(/"([bm]*S\d\d)"/g, `"${prefix}$1"`);
  return JSON.parse(text) as object;
}

/** Unique names even where one random graph holds several composites of the same inner graph. */
function uniquelyNamed(machine: object): object {
  let counter = 0;
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== "object" || value === null) return value;
    const object = value as Record<string, unknown>;
    if (!("StartAt" in object)) {
      return Object.fromEntries(
        Object.entries(object).map(([name, inner]) => [name, visit(inner)]),
      );
    }
    const tag = `u${counter++}`;
    const states = Object.entries(object["States"] as Record<string, object>);
    const rename = (name: unknown): unknown => (typeof name === "string" ? `${tag}${name}` : name);
    return {
      StartAt: rename(object["StartAt"]),
      States: Object.fromEntries(
        states.map(([name, inner]) => {
          const visited = visit(inner) as Record<string, unknown>;
          if ("Next" in visited) visited["Next"] = rename(visited["Next"]);
          if (Array.isArray(visited["Catch"])) {
            visited["Catch"] = visited["Catch"].map((catcher: Record<string, unknown>) => ({
              ...catcher,
              Next: rename(catcher["Next"]),
            }));
          }
          // Inner scopes may not assign what an outer one does.
          if ("Assign" in visited) visited["Assign"] = { [`${tag}v`]: 1 };
          return [rename(name), visited];
        }),
      ),
    };
  };
  return visit(machine) as object;
}

/** What the world does next, drawn by number. */
export function step(drive: Drive, choice: number): void {
  const open = drive.openTasks;
  const taskId = open[choice % Math.max(1, open.length)];
  if (taskId === undefined || choice % 5 === 0) {
    drive.wait();
    return;
  }
  switch (choice % 7) {
    case 0:
      drive.fail(taskId, "Retryable", "again");
      break;
    case 1:
      drive.fail(taskId, "Broken");
      break;
    case 2:
      drive.when({ type: "TaskHeartbeat", taskId });
      break;
    case 3:
      drive.when({ type: "TaskSubmitted", taskId, output: Payload.ofValue({ sent: true }) });
      break;
    case 4:
      drive.when({ type: "ActivityStarted", taskId, workerName: "w" });
      break;
    default:
      drive.succeed(taskId, { done: choice });
  }
}

/** A machine, and what happens to it. */
export const runs = fc.tuple(graph(2), fc.array(fc.nat(1000), { minLength: 1, maxLength: 60 }));

/** The execution of a machine, as far as the choices go. */
export function play(definition: object, choices: readonly number[]): Drive {
  const drive = started(definition);
  for (const choice of choices) {
    if (drive.snapshot.status !== "RUNNING") break;
    step(drive, choice);
  }
  return drive;
}

export function started(definition: object): Drive {
  return new Drive(machineOf(uniquelyNamed(definition))).start({ items: [1, "two", { three: 3 }] });
}
