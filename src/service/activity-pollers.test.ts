import { expect, test } from "vitest";
import { createActivityPollers } from "./activity-pollers.ts";

test("a thousand workers may wait for an activity; one more may not until one has left", async () => {
  const pollers = createActivityPollers({ now: () => 0 });
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

test("a worker is known by its name, and when it was seen last", async () => {
  let now = 1;
  const pollers = createActivityPollers({ now: () => now });
  const leave = Promise.withResolvers<void>();
  const one = pollers.during("a", () => leave.promise, "one");
  now = 2;
  await pollers.during("a", async () => 1);
  expect(pollers.workers("a")).toEqual([
    { waiting: 0, lastSeen: 2 },
    { name: "one", waiting: 1, lastSeen: 1 },
  ]);
  now = 3;
  leave.resolve();
  await one;
  expect(pollers.workers("a")[0]).toEqual({ name: "one", waiting: 0, lastSeen: 3 });
  for (let each = 0; each < 60; each++) await pollers.during("a", async () => 1, `w${each}`);
  expect(pollers.workers("a")).toHaveLength(50);
});
