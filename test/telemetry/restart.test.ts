import { expect, onTestFinished, test } from "vitest";
import type { JsonObject } from "../../src/expression/json.ts";
import { createStepwell, type Stepwell } from "../../src/server/stepwell-server.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import { accountId, region, roleArn } from "../api/start-server.ts";

async function opened(store: ReturnType<typeof createMemoryStore>): Promise<Stepwell> {
  const stepwell = await createStepwell({
    store: { ...store, close: async () => {} },
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    cloudWatch: { to: async () => undefined, close() {} },
    telemetry: {},
    region,
    accountId,
    onFailure() {},
  });
  onTestFinished(() => stepwell.shutdown(0));
  return stepwell;
}

test("the end of an activity's task that a worker took before a restart is counted after it", async () => {
  const store = createMemoryStore();
  const first = await opened(store);
  const { activityArn } = await first.service.call("CreateActivity", { name: "pack" });
  const { stateMachineArn } = await first.service.call("CreateStateMachine", {
    name: "Order",
    definition: JSON.stringify({
      StartAt: "Pack",
      States: { Pack: { Type: "Task", Resource: activityArn, End: true } },
    }),
    roleArn,
  });
  await first.service.call("StartExecution", { stateMachineArn });
  const { taskToken } = await first.service.call("GetActivityTask", { activityArn });
  await first.shutdown(0);

  const second = await opened(store);
  await second.service.call("SendTaskSuccess", { taskToken, output: "{}" } as JsonObject);
  const points = await second.telemetry?.points([
    {
      metric: {
        region,
        namespace: "AWS/States",
        name: "ActivitiesSucceeded",
        dimensions: { ActivityArn: activityArn as string },
      },
      from: 0,
      to: Date.now() + 60_000,
      periodMs: 60_000,
    },
  ]);
  expect([...(points?.[0]?.values() ?? [])].map(({ sum }) => sum)).toEqual([1]);
});
