import { expect, test } from "vitest";
import type { EpochMs } from "../../machine/ids.ts";
import type { ExecutionRecord } from "../../ports/store.ts";
import { MapRunProgress } from "./map-run-progress.ts";

const failed = {
  executionArn: "child",
  status: "ABORTED",
  startDate: 1 as EpochMs,
  redriveCount: 0,
} as ExecutionRecord;

test("an end that is told again after a redrive does not end the child that runs again", () => {
  const progress = new MapRunProgress({ count: 1, date: 5 as EpochMs });
  progress.takeIn(failed);
  progress.allTakenIn();
  expect(progress.nextAgain).toBe("child");
  progress.beginAgain();

  expect(progress.ended({ executionArn: "child", status: "ABORTED", redriveCount: 0 })).toBe(false);
  expect(progress.open.size).toBe(1);

  expect(progress.ended({ executionArn: "child", status: "SUCCEEDED", redriveCount: 1 })).toBe(
    true,
  );
  expect(progress.open.size).toBe(0);
});
