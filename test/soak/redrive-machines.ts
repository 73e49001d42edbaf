import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** One line of the file that the function writes: a call that happened. */
export interface StepCall {
  readonly execution: string;
  readonly state: string;
  /** Of the Map iteration; -1 outside of a Map. */
  readonly index: number;
  readonly redrive: number;
}

export const stepFunction = "arn:aws:lambda:us-east-1:000000000000:function:step";

const steps = ["First", "Second", "Third"];

function stepState(index: string | number, failures: string, then: object): object {
  return {
    Type: "Task",
    Resource: stepFunction,
    Parameters: {
      "execution.$": "$$.Execution.Id",
      "state.$": "$$.State.Name",
      [typeof index === "string" ? "index.$" : "index"]: index,
      "redrive.$": "$$.Execution.RedriveCount",
      // It fails until there were so many redrives.
      "failures.$": failures,
    },
    ResultPath: null,
    ...then,
  };
}

/**
 * Three tasks one after the other, and some in iterations: nothing is retried, only redrives go on. `items` of the input
 * says how many redrives each task needs.
 */
export const redriveMachines: { readonly [name: string]: object } = {
  "soak-redrive-line": {
    StartAt: steps[0],
    States: Object.fromEntries(
      steps.map((name, index) => {
        const next = steps[index + 1];
        const then = next === undefined ? { End: true } : { Next: next };
        return [name, stepState(-1, `$.items[${index}]`, then)];
      }),
    ),
  },
  "soak-redrive-map": {
    StartAt: "All",
    States: {
      All: {
        Type: "Map",
        ItemsPath: "$.items",
        MaxConcurrency: 2,
        ItemSelector: { "index.$": "$$.Map.Item.Index", "failures.$": "$$.Map.Item.Value" },
        ItemProcessor: {
          StartAt: "Item",
          States: { Item: stepState("$.index", "$.failures", { End: true }) },
        },
        End: true,
      },
    },
  },
};

/** Calls of an execution that succeed in the end, each once. */
export function stepsOf(machine: string, items: readonly number[]): readonly string[] {
  return machine === "soak-redrive-line"
    ? steps.map((state) => `${state} -1`)
    : items.map((_, index) => `Item ${index}`);
}

/** Writes the function; it answers the file that it writes calls down in. */
export function writeStepFunction(folder: string): string {
  const callsFile = join(folder, "calls.jsonl");
  const functionFolder = join(folder, "functions", "step");
  mkdirSync(functionFolder, { recursive: true });
  writeFileSync(
    join(functionFolder, "index.mjs"),
    `import { appendFileSync } from "node:fs";
export const handler = async ({ execution, state, index, redrive, failures }) => {
  const line = JSON.stringify({ execution, state, index, redrive });
  appendFileSync(${JSON.stringify(callsFile)}, line + "\\n");
  if (Math.random() < 0.1) await new Promise((resolve) => setTimeout(resolve, Math.random() * 30));
  if (redrive < failures) throw Object.assign(new Error("not yet"), { name: "Early" });
  return { state, index };
};
`,
  );
  writeFileSync(callsFile, "");
  return callsFile;
}
