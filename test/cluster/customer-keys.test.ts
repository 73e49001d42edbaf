import {
  CreateActivityCommand,
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  GetActivityTaskCommand,
  GetExecutionHistoryCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { expect, test } from "vitest";
import { fakeKms, kmsErrors } from "../contracts/fake-kms.ts";
import { accountId, balanced, region, roleArn, startCluster } from "./test-cluster.ts";

test("a customer's key is every node's: what one has begun another ends, and one that is refused it reads nothing", async ({
  skip,
}) => {
  const kms = fakeKms();
  const cluster = await startCluster(2, { keys: kms.providerOf });
  if (typeof cluster === "string") return skip(cluster);
  await balanced(cluster);
  const activityArn = `arn:aws:states:${region}:${accountId}:activity:work`;
  await cluster.any().send(new CreateActivityCommand({ name: "work" }));
  const { stateMachineArn } = await cluster.any().send(
    new CreateStateMachineCommand({
      name: "sealed",
      roleArn,
      definition: JSON.stringify({
        StartAt: "Ask",
        States: { Ask: { Type: "Task", Resource: activityArn, End: true } },
      }),
      encryptionConfiguration: { type: "CUSTOMER_MANAGED_KMS_KEY", kmsKeyId: "alias/orders" },
    }),
  );
  const started = await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      cluster
        .any()
        .send(new StartExecutionCommand({ stateMachineArn, input: `{"number":${index}}` })),
    ),
  );
  // All nodes have made and read the same data key.
  for (const { executionArn } of started) {
    for (const { client } of cluster.nodes) {
      const { events } = await client.send(new GetExecutionHistoryCommand({ executionArn }));
      expect(events?.[0]?.executionStartedEventDetails?.input).toMatch(/^\{"number":\d\}$/);
    }
  }

  const [first, second] = cluster.nodes;
  await first?.stop();
  for (const _ of started) {
    const task = await second!.client.send(new GetActivityTaskCommand({ activityArn }));
    const { taskToken, input: output } = task;
    await second!.client.send(new SendTaskSuccessCommand({ taskToken, output }));
  }
  for (const [index, { executionArn }] of started.entries()) {
    const found = await second!.client.send(new DescribeExecutionCommand({ executionArn }));
    expect(found).toMatchObject({ status: "SUCCEEDED", output: `{"number":${index}}` });
  }

  kms.errors.set("alias/orders", kmsErrors.denied);
  const third = await cluster.add();
  const { executionArn } = started[0]!;
  const describe = new DescribeExecutionCommand({ executionArn });
  await expect(third.client.send(describe)).rejects.toThrow(
    expect.objectContaining({ name: "KmsAccessDeniedException" }),
  );
  // The other one may use what it was given until the period is over.
  expect((await second!.client.send(describe)).status).toBe("SUCCEEDED");
  expect(cluster.mistakes).toEqual([]);
  await cluster.stop();
}, 120_000);
