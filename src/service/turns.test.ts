import { expect, test } from "vitest";
import { Turns } from "./turns.ts";

test("so many go on at a time, others wait, and one too many is refused", async () => {
  const turns = new Turns({ atOnce: 1, waiting: 1, refusal: () => new Error("too many") });
  const order: string[] = [];
  const first = Promise.withResolvers<void>();
  const one = turns.take(() => first.promise);
  const two = turns.take(async () => order.push("second"));
  await expect(turns.take(async () => order.push("third"))).rejects.toThrow("too many");
  expect(order).toEqual([]);
  first.reject(new Error("failed"));
  await expect(one).rejects.toThrow("failed");
  await two;
  await turns.take(async () => order.push("after"));
  expect(order).toEqual(["second", "after"]);
});
