import { expect, test } from "vitest";
import { runSoak } from "./run-soak.ts";

test("nothing accepted is lost or done twice when the server is killed three times", async () => {
  const { violations, executions, folder } = await runSoak({
    cycles: 3,
    executions: 300,
    seed: 20_260_101,
    log: () => undefined,
  });
  expect(violations, `evidence in ${folder}`).toEqual([]);
  expect(executions).toBeGreaterThanOrEqual(300);
}, 60_000);
