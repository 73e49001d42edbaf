import { expect, test } from "vitest";
import { createSerial } from "./serial.ts";

test("tasks of one key never overlap, in the order in which they came, even if one fails", async () => {
  const serial = createSerial();
  const log: string[] = [];
  const task =
    (name: string, fails = false) =>
    async () => {
      log.push(`${name} begins`);
      await Promise.resolve();
      log.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    };
  const results = await Promise.allSettled([
    serial("k", task("a", true)),
    serial("k", task("b")),
    serial("k", task("c")),
  ]);
  expect(results.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "fulfilled"]);
  expect(log).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
});

test("tasks of different keys do not wait for each other", async () => {
  const serial = createSerial();
  const stuck = Promise.withResolvers<void>();
  const first = serial("a", () => stuck.promise);
  expect(await serial("b", async () => "done")).toBe("done");
  stuck.resolve();
  await first;
});
