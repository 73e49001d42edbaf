import {
  DescribeExecutionCommand,
  RedriveExecutionCommand,
  StartExecutionCommand,
  CreateStateMachineCommand,
} from "@aws-sdk/client-sfn";
import { expect, test } from "vitest";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import type { Store } from "../../src/ports/store.ts";
import { roleArn, startServer } from "./start-server.ts";

/** A store that outlives its servers. */
function lasting(): Store {
  return { ...createMemoryStore(), close: async () => {} };
}

const definition = JSON.stringify({
  StartAt: "Work",
  States: {
    Work: {
      Type: "Task",
      Resource: "arn:aws:lambda:eu-west-1:123456789012:function:f",
      End: true,
    },
  },
});

test("a redrive that is asked for again with its client token is the same one, after a restart, too", async () => {
  const store = lasting();
  let outcome: "failed" | "pending" = "failed";
  const handlers = {
    find: () => ({
      handles: () => true,
      run: async () =>
        outcome === "failed"
          ? ({ type: "failed", error: "Broken" } as const)
          : ({ type: "pending" } as const),
    }),
  };
  const before = await startServer({ store, handlers });
  const { stateMachineArn } = await before.client.send(
    new CreateStateMachineCommand({ name: "again", roleArn, definition }),
  );
  const { executionArn } = await before.client.send(new StartExecutionCommand({ stateMachineArn }));
  const status = async () =>
    (await before.client.send(new DescribeExecutionCommand({ executionArn }))).status;
  await expect.poll(status).toBe("FAILED");
  outcome = "pending";
  const clientToken = "once";
  const first = await before.client.send(
    new RedriveExecutionCommand({ executionArn, clientToken }),
  );
  await before.close();

  const after = await startServer({ store, handlers });
  const again = await after.client.send(new RedriveExecutionCommand({ executionArn, clientToken }));
  expect(again.redriveDate).toEqual(first.redriveDate);
  // Another token asks for another redrive, which an execution that runs again refuses, or one that failed takes.
  const described = await after.client.send(new DescribeExecutionCommand({ executionArn }));
  expect(described.redriveCount).toBe(1);
  await after.close();
});
