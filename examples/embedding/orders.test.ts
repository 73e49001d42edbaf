import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { startStepwell, TaskFailed } from "stepwell/testing";

const orders = readFileSync(new URL("orders.asl.json", import.meta.url), "utf8");
const { run, mocks, close } = await startStepwell({ machines: { orders } });
after(() => close());

test("an order is charged at the third attempt, and shipped a day later", async () => {
  mocks.set("orders", "Ship", { status: "SHIPPED" });
  mocks.set("orders", "Charge", (_, { attempt }) => {
    if (attempt < 2) throw new TaskFailed("Busy", "try again");
    return { paymentId: "p-1" };
  });
  const { output } = await run("orders", { total: 100 });
  assert.deepEqual(output, { status: "SHIPPED" });
  assert.deepEqual(mocks.calls("orders", "Charge").length, 3);
});
