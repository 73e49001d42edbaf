import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The files that take longest, by what their paths end with. */
const slowest = [
  "console/browser/accessibility.test.ts",
  "contracts/store.test.ts",
  "soak/soak.test.ts",
  "cluster/kills.test.ts",
  "cli/store.test.ts",
  "simulation.test.ts",
  "graph/layout.test.ts",
  "console/browser/cut-stream.test.ts",
  "contracts/store-differential.test.ts",
  "contracts/task-handler-functions.test.ts",
  "cli/start.test.ts",
  "console/browser/designer-canvas.test.ts",
  "console/browser/hostile.test.ts",
  "cli/job-crash.test.ts",
  "cli/test.test.ts",
  "cli/run.test.ts",
  "cli/worker.test.ts",
  "cluster/any-node.test.ts",
  "cluster/console.test.ts",
];

/** Runs the slowest files first, so that the last one does not run on alone; also where no earlier run tells. */
export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const projects = Map.groupBy(await super.sort(files), ({ project }) => project);
    return [...projects.values()].flatMap((each) =>
      each.toSorted((left, right) => place(left) - place(right)),
    );
  }
}

function place({ moduleId }: TestSpecification): number {
  const at = slowest.findIndex((path) => moduleId.endsWith(path));
  return at === -1 ? slowest.length : at;
}
