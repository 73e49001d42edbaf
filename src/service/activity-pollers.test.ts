import { expect, test } from "vitest";
import { createActivityPollers } from "./activity-pollers.ts";

test("a thousand workers may wait for an activity; one more may not until one has left", async () => {
  const pollers = createActivityPollers();
  const leave = Promise.withResolvers<void>();
  const waiting = Array.from({ length: 1000 }, () => pollers.during("a", () => leave.promise));
  await expect(pollers.during("a", async () => 1)).rejects.toMatchObject({
    code: "ActivityWorkerLimitExceeded",
  });
  expect(await pollers.during("b", async () => 1)).toBe(1);
  leave.resolve();
  await Promise.all(waiting);
  expect(await pollers.during("a", async () => 1)).toBe(1);
});
