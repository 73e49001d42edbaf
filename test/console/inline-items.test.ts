import { expect, test } from "vitest";
import type { ExecutionFold } from "../../src/console/execution/execution-fold.ts";
import { inlineItems } from "../../src/console/map-runs/inline-items.ts";
import { itemStatuses } from "../../src/console/view-types.ts";
import { Drive, machineOf } from "../machine/drive.ts";
import { foldOf, visitsOf } from "./fold.ts";

const task = {
  Type: "Task",
  Resource: "arn:aws:lambda:us-east-1:000000000000:function:f",
  End: true,
};
const graph = (name: string, state: object): object => ({
  StartAt: name,
  States: { [name]: state },
});
const map = (processor: object) =>
  graph("M", { Type: "Map", MaxConcurrency: 2, ItemProcessor: processor, End: true });

const drive = (definition: object) => new Drive(machineOf(definition)).start(["x", "y", "z"]);

/** The statuses of the items of the state M, in their order. */
function told(fold: ExecutionFold) {
  const visit = visitsOf(fold).find(({ name }) => name === "M")?.id ?? 0;
  const { items, errors } = inlineItems(fold, visit) ?? { items: undefined, errors: [] };
  const bytes = Buffer.from(items?.packed ?? "", "base64");
  const statuses = Array.from({ length: items?.total ?? 0 }, (_, index) => {
    const byte = bytes[index >> 1] ?? 0;
    return itemStatuses[index % 2 === 0 ? byte & 0xf : byte >> 4];
  });
  return { statuses, errors };
}

test("iterations of an inline Map are told as they go, in the order of the items", () => {
  const run = drive(map(graph("T", task)));
  expect(told(foldOf(run.journal)).statuses).toEqual(["running", "running", "pending"]);
  run.succeed(run.openTasks[1] ?? 0);
  expect(told(foldOf(run.journal)).statuses).toEqual(["running", "succeeded", "running"]);
  run.fail(run.openTasks[0] ?? 0, "Broken", "It was broken");
  expect(told(foldOf(run.journal))).toEqual({
    statuses: ["failed", "succeeded", "aborted"],
    errors: [{ error: "Broken", cause: "It was broken", count: 1, ranges: [0, 1] }],
  });
  run.when({ type: "Redriven" });
  while (run.openTasks.length > 0) run.succeed(run.openTasks[0] ?? 0);
  expect(told(foldOf(run.journal))).toEqual({
    statuses: ["succeeded", "succeeded", "succeeded"],
    errors: [],
  });
});

test("an iteration that failed in a Parallel is told with the error of what failed there", () => {
  const run = drive(map(graph("P", { Type: "Parallel", Branches: [graph("T", task)], End: true })));
  run.fail(run.openTasks[0] ?? 0, "Broken");
  expect(told(foldOf(run.journal)).errors).toMatchObject([{ error: "Broken", ranges: [0, 1] }]);
});

test("a state that is no Map has no iterations", () => {
  const fold = foldOf(drive(graph("T", task)).journal);
  expect(inlineItems(fold, visitsOf(fold)[0]?.id ?? 0)).toBeUndefined();
  expect(inlineItems(fold, 99_999)).toBeUndefined();
});
