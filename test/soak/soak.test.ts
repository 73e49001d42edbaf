import { expect, test } from "vitest";
import { runMapRunSoak } from "./map-run-soak.ts";
import { runRedriveSoak } from "./redrive-soak.ts";
import { runSoak } from "./run-soak.ts";

// `npm run soak` has as many as one likes: here are as few as show each kind of loss.
const log = (): void => undefined;
/** Our choice: what is killed and started again takes a slow machine a while. */
const longestMs = 180_000;

test(
  "nothing accepted is lost or done twice when the server is killed three times",
  async () => {
    const { violations, executions, folder } = await runSoak({
      cycles: 3,
      executions: 90,
      seed: 20_260_101,
      log,
    });
    expect(violations, `evidence in ${folder}`).toEqual([]);
    expect(executions).toBeGreaterThanOrEqual(90);
  },
  longestMs,
);

test(
  "every item of a distributed Map runs, none twice, when the server is killed and the run redriven",
  async () => {
    const result = await runMapRunSoak({ items: 400, kills: 1, seed: 20_260_102, log });
    expect(result.violations, `evidence in ${result.folder}`).toEqual([]);
    expect(result.kills).toBeGreaterThanOrEqual(3);
    expect(result.redrives).toBeGreaterThanOrEqual(2);
  },
  longestMs,
);

test(
  "a redrive that was answered happens once when the server is killed three times",
  async () => {
    const result = await runRedriveSoak({ executions: 50, kills: 3, seed: 20_260_103, log });
    expect(result.violations, `evidence in ${result.folder}`).toEqual([]);
    expect(result.answered).toBeGreaterThan(30);
  },
  longestMs,
);
