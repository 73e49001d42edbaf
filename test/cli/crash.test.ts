import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { call, closed, startServer, temporaryFolder, type RunningServer } from "./stepwell.ts";

const stateMachineArn = "arn:aws:states:us-east-1:000000000000:stateMachine:order-processing";

function order(orderId: string, price: number): string {
  return JSON.stringify({
    orderId,
    customer: "ada@example.com",
    card: "4242424242424242",
    items: [{ sku: "lamp", quantity: 1, price }],
    packingSeconds: 1,
  });
}

/** Resolves when the server has printed a line of a function. */
function printed(server: RunningServer, text: string): Promise<void> {
  return new Promise((resolve) => {
    let stderr = "";
    server.child.stderr?.on("data", (chunk: string) => {
      stderr += chunk;
      if (stderr.includes(text)) resolve();
    });
  });
}

async function eventTypes(url: string, executionArn: string): Promise<string[]> {
  const { events } = await call(url, "GetExecutionHistory", { executionArn });
  return (events as { type: string }[]).map(({ type }) => type);
}

test("an order goes on and ends after the server was killed in the middle of it", async () => {
  const cwd = temporaryFolder();
  const orders = temporaryFolder();
  const options = { cwd, env: { ORDERS_DIR: orders } };
  const first = await startServer(["--examples"], options);
  const packing = printed(first, "Packing order small");
  const { executionArn } = await call(first.url, "StartExecution", {
    stateMachineArn,
    name: "order",
    input: order("small", 10),
  });
  const arn = String(executionArn);
  await packing;
  const before = await eventTypes(first.url, arn);
  await first.end("SIGKILL");

  const second = await startServer(["--examples"], options);
  const described = await closed(second.url, arn);
  expect(described["status"]).toBe("SUCCEEDED");
  expect(JSON.parse(String(described["output"]))).toMatchObject({
    orderId: "small",
    status: "SHIPPED",
  });
  const after = await eventTypes(second.url, arn);
  expect(after.slice(0, before.length)).toEqual(before);
  // Packing was under way, so that its outcome is unknown: the definition's Retry packs again, and only that.
  expect(after.filter((type) => type === "TaskFailed")).toHaveLength(1);
  expect(after.filter((type) => type === "TaskSucceeded")).toHaveLength(5);
  expect(after.at(-1)).toBe("ExecutionSucceeded");
  expect(readdirSync(orders).filter((file) => file.startsWith("payment-"))).toEqual([
    "payment-small.json",
  ]);
});

test("an order that waits for approval outlives the server, and so does its token", async () => {
  const cwd = temporaryFolder();
  const options = { cwd, env: { ORDERS_DIR: temporaryFolder() } };
  const first = await startServer(["--examples"], options);
  const { executionArn } = await call(first.url, "StartExecution", {
    stateMachineArn,
    input: order("large", 1_000),
  });
  const arn = String(executionArn);
  const taskToken = await submittedToken(first.url, arn);
  await first.end("SIGKILL");

  const second = await startServer(["--examples"], options);
  await call(second.url, "SendTaskSuccess", { taskToken, output: '{"approved": true}' });
  const described = await closed(second.url, arn);
  expect(described["status"]).toBe("SUCCEEDED");
  expect(JSON.parse(String(described["output"]))).toMatchObject({
    orderId: "large",
    status: "SHIPPED",
  });
  // Nothing ran when the server was killed: nothing failed.
  expect(await eventTypes(second.url, arn)).not.toContain("TaskFailed");
});

/** The token that the function was given, once its answer is recorded. */
async function submittedToken(url: string, executionArn: string): Promise<string> {
  for (;;) {
    const { events } = await call(url, "GetExecutionHistory", { executionArn });
    const history = events as {
      type: string;
      taskScheduledEventDetails?: { parameters: string };
    }[];
    if (history.some(({ type }) => type === "TaskSubmitted")) {
      const details = history.findLast(
        ({ type }) => type === "TaskScheduled",
      )?.taskScheduledEventDetails;
      const parameters = JSON.parse(details?.parameters ?? "{}") as {
        Payload: { taskToken: string };
      };
      return parameters.Payload.taskToken;
    }
  }
}
