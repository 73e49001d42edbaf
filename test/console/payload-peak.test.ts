import { expect, test } from "vitest";
import { Drive, machineOf } from "../machine/drive.ts";
import { foldOf } from "./fold.ts";

const growing = {
  StartAt: "Grow",
  States: {
    Grow: { Type: "Pass", Result: "é".repeat(100), ResultPath: "$.more", Next: "Shrink" },
    Shrink: { Type: "Pass", Result: 1, End: true },
  },
};

test("the largest document of a run is counted in bytes, and belongs to the first event that has it", () => {
  const run = new Drive(machineOf(growing)).start({ few: 1 });
  const fold = foldOf(run.journal);
  const [, , exited] = run.journal.filter(({ id }) => id !== 0);
  // {"few":1,"more":"…"} with two bytes for each é.
  expect(fold.largestPayload).toEqual({ bytes: 18 + 1 + 200, eventId: exited?.id });
});
