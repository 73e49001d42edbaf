import { expect, test } from "vitest";
import { executionView } from "../../src/console/execution/execution-views.ts";
import type { ExecutionFold } from "../../src/console/execution/execution-fold.ts";
import type { LiveExecution } from "../../src/console/execution/live-executions.ts";
import type { JsonValue } from "../../src/expression/json.ts";
import { Drive, machineOf, startOfTime } from "../machine/drive.ts";
import { countedNodes, foldOf, visitsOf } from "./fold.ts";

const pass = (name: string, next?: string): object => ({
  [name]: { Type: "Pass", ...(next === undefined ? { End: true } : { Next: next }) },
});

/** A definition with an input for it that lead to nearly as many events as a history may have. */
const large: Readonly<Record<string, { definition: object; input: JsonValue }>> = {
  "a Map of 3,500 items with a task each": {
    definition: {
      StartAt: "M",
      States: {
        M: {
          Type: "Map",
          End: true,
          ItemProcessor: {
            StartAt: "T",
            States: {
              T: {
                Type: "Task",
                Resource: "arn:aws:lambda:us-east-1:000000000000:function:f",
                End: true,
              },
            },
          },
        },
      },
    },
    input: Array.from({ length: 3_500 }, (_, index) => index),
  },
  "a Map of Maps": {
    definition: {
      StartAt: "M",
      States: {
        M: {
          Type: "Map",
          End: true,
          ItemProcessor: {
            StartAt: "I",
            States: {
              I: {
                Type: "Map",
                End: true,
                ItemProcessor: { StartAt: "A", States: { ...pass("A", "B"), ...pass("B") } },
              },
            },
          },
        },
      },
    },
    input: Array.from({ length: 100 }, () => Array.from({ length: 39 }, () => 0)),
  },
  "a loop": {
    definition: {
      QueryLanguage: "JSONata",
      StartAt: "Set",
      States: {
        Set: { Type: "Pass", Assign: { n: 0 }, Next: "A" },
        A: { Type: "Pass", Assign: { n: "{% $n + 1 %}" }, Next: "C" },
        C: { Type: "Choice", Choices: [{ Condition: "{% $n < 6000 %}", Next: "A" }], Default: "E" },
        E: { Type: "Pass", End: true },
      },
    },
    input: {},
  },
};

function driven({ definition, input }: { definition: object; input: JsonValue }): Drive {
  const run = new Drive(machineOf(definition)).start(input);
  while (run.snapshot.status === "RUNNING") {
    const [task] = run.openTasks;
    if (task === undefined) run.wait();
    else run.succeed(task);
  }
  return run;
}

const viewOf = (fold: ExecutionFold): object => {
  const executionArn = "arn:aws:states:us-east-1:000000000000:execution:Test:run";
  const live: LiveExecution = {
    record: {
      executionArn,
      stateMachineArn: "arn:aws:states:us-east-1:000000000000:stateMachine:Test",
      revisionId: "r",
      name: "run",
      status: "SUCCEEDED",
      startDate: startOfTime,
    },
    type: "STANDARD",
    fold,
    isTruncated: false,
  };
  const { definition: _, ...view } = executionView(live, "{}", startOfTime);
  return view;
};

test.each(Object.entries(large))("the view of %s is small and made at once", (name, one) => {
  const { journal, snapshot } = driven(one);
  expect(snapshot.status).toBe("SUCCEEDED");
  expect(journal.length).toBeGreaterThan(23_000);
  const before = performance.now();
  const fold = foldOf(journal);
  const foldMs = performance.now() - before;
  // The best of a few: the budget is that of the view, not of what else the machine does.
  let text = "";
  let viewMs = Infinity;
  for (let times = 0; times < 5; times++) {
    const start = performance.now();
    text = JSON.stringify(viewOf(fold));
    viewMs = Math.min(viewMs, performance.now() - start);
  }
  console.log(
    `${name}: ${journal.length} events folded in ${foldMs.toFixed(0)} ms; ` +
      `a view of ${text.length} bytes in ${viewMs.toFixed(1)} ms`,
  );
  expect(text.length).toBeLessThan(50_000);
  expect(viewMs).toBeLessThan(50);
  // Far above what it takes: it fails for what grows with the square of the events.
  expect(foldMs).toBeLessThan(5_000);
  expect(fold.nodesSince(0)).toMatchObject(countedNodes(visitsOf(fold)));
});
