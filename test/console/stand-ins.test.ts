import { expect, test } from "vitest";
import { StandInDesk } from "../../src/console/stand-ins/stand-in-desk.ts";
import { memoryTasks } from "../contracts/memory-tasks.ts";

const request = {} as Parameters<StandInDesk["view"]>[0];
const queueUrl = "https://sqs.us-east-1.amazonaws.com/123456789012/orders";

function looking() {
  const tasks = memoryTasks({ memory: { tables: { orders: { partitionKey: "id" } } } });
  const asked: string[] = [];
  const desk = new StandInDesk({
    access: {
      may(action, resource) {
        asked.push(`${action} ${resource}`);
        return Promise.resolve();
      },
    },
    clock: tasks.clock,
    memory: tasks.memory,
  });
  return { tasks, desk, asked };
}

test("queues are shown with who has their messages", async () => {
  const { tasks, desk, asked } = looking();
  for (const MessageBody of ["first", "second"]) {
    await tasks.result("sqs:sendMessage", { QueueUrl: queueUrl, MessageBody });
  }
  await tasks.result("aws-sdk:sqs:receiveMessage", { QueueUrl: queueUrl });
  const { queues, usedBytes } = await desk.view(request);
  expect(queues).toMatchObject([{ name: "orders", waiting: 1, inFlight: 1, delayed: 0 }]);
  expect(usedBytes).toBeGreaterThan(0);
  const messages = await desk.messages(queues[0]?.arn ?? "", request);
  expect(messages.total).toBe(2);
  expect(messages.shown).toMatchObject([
    { body: "first", standing: "inFlight", receiveCount: 1 },
    { body: "second", standing: "waiting", receiveCount: 0 },
  ]);
  expect(new Set(asked)).toEqual(new Set(["states:GetExecutionHistory *"]));
});

test("items are shown as people write them, their numbers exact", async () => {
  const { tasks, desk } = looking();
  const number = "12345678901234567890.5";
  await tasks.result("dynamodb:putItem", {
    TableName: "orders",
    Item: {
      id: { S: "a" },
      total: { N: number },
      tags: { SS: ["x"] },
      list: { L: [{ NULL: true }, { BOOL: false }] },
    },
  });
  const [table] = (await desk.view(request)).tables;
  expect(table).toMatchObject({ name: "orders", partitionKey: "id", items: 1 });
  expect(await desk.items(table?.arn ?? "", request)).toEqual({
    shown: [{ key: "a", item: `{"id":"a","total":${number},"tags":["x"],"list":[null,false]}` }],
    total: 1,
  });
});

test("who asks for what is not there is told so", async () => {
  const { tasks, desk } = looking();
  await expect(desk.messages("arn:aws:sqs:a:b:none", request)).rejects.toThrow(/nothing in memory/);
  const none = new StandInDesk({
    access: { may: () => Promise.resolve() },
    clock: tasks.clock,
    memory: undefined,
  });
  expect(none.isOn).toBe(false);
  await expect(none.view(request)).rejects.toThrow(/--stand-ins memory/);
});
