import {
  CreateActivityCommand,
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  GetActivityTaskCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  RedriveExecutionCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
  StartSyncExecutionCommand,
  StopExecutionCommand,
  UpdateStateMachineCommand,
} from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  balanced,
  echo,
  functionArn,
  roleArn,
  startCluster,
  type TestCluster,
} from "./test-cluster.ts";

let cluster: TestCluster;
let missing: string | undefined;

beforeAll(async () => {
  const started = await startCluster(3, { around: () => echo });
  if (typeof started === "string") {
    missing = started;
    return;
  }
  cluster = started;
  await balanced(cluster);
}, 60_000);
afterAll(async () => {
  if (missing !== undefined) return;
  expect(cluster.mistakes).toEqual([]);
  await cluster.stop();
}, 60_000);

const task = { Type: "Task", Resource: functionArn, End: true };

async function machine(name: string, states: object, type: "STANDARD" | "EXPRESS" = "STANDARD") {
  const definition = JSON.stringify({ StartAt: Object.keys(states)[0], States: states });
  const { stateMachineArn } = await cluster
    .any()
    .send(new CreateStateMachineCommand({ name, definition, roleArn, type }));
  return stateMachineArn!;
}

async function ended(executionArn: string) {
  for (;;) {
    const found = await cluster.any().send(new DescribeExecutionCommand({ executionArn }));
    if (found.status !== "RUNNING") return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe("every node of a cluster", () => {
  test("starts, describes, lists and tells the history of any execution", async ({ skip }) => {
    if (missing !== undefined) skip(missing);
    const stateMachineArn = await machine("orders", { Work: task });
    const names = Array.from({ length: 30 }, (_, index) => `order-${index}`);
    const started = await Promise.all(
      names.map((name) =>
        cluster
          .any()
          .send(new StartExecutionCommand({ stateMachineArn, name, input: `{"name":"${name}"}` })),
      ),
    );
    for (const { executionArn } of started) {
      const { status, output, name } = await ended(executionArn!);
      expect({ status, output }).toEqual({ status: "SUCCEEDED", output: `{"name":"${name}"}` });
      for (const { client } of cluster.nodes) {
        const { events } = await client.send(new GetExecutionHistoryCommand({ executionArn }));
        expect(events?.at(-1)?.type).toBe("ExecutionSucceeded");
      }
    }
    for (const { client } of cluster.nodes) {
      const { executions } = await client.send(
        new ListExecutionsCommand({ stateMachineArn, statusFilter: "SUCCEEDED" }),
      );
      expect(executions?.map(({ name }) => name).sort()).toEqual([...names].sort());
    }
  });

  test("takes the same name once, on two nodes at the same time", async ({ skip }) => {
    if (missing !== undefined) skip(missing);
    const wait = { Type: "Wait", Seconds: 60, End: true };
    const stateMachineArn = await machine("once", { Wait: wait });
    for (let round = 0; round < 10; round++) {
      const start = (input: string) =>
        cluster
          .any()
          .send(new StartExecutionCommand({ stateMachineArn, name: `n${round}`, input }))
          .then(
            ({ startDate }) => startDate?.getTime(),
            (error: Error) => error.name,
          );
      const same = await Promise.all([start("1"), start("1"), start("1")]);
      expect(new Set(same).size).toBe(1);
      const others = await Promise.all([start("2"), start("3")]);
      expect(others).toEqual(["ExecutionAlreadyExists", "ExecutionAlreadyExists"]);
    }
    const { executions } = await cluster.any().send(new ListExecutionsCommand({ stateMachineArn }));
    expect(executions).toHaveLength(10);
    for (const { executionArn } of executions ?? []) {
      await cluster.any().send(new StopExecutionCommand({ executionArn }));
      expect((await ended(executionArn!)).status).toBe("ABORTED");
    }
  });

  test("sees a change of a definition at once", async ({ skip }) => {
    if (missing !== undefined) skip(missing);
    const stateMachineArn = await machine("changing", { Pass: { Type: "Pass", End: true } });
    for (let round = 0; round < 9; round++) {
      const pass = { Type: "Pass", Result: round, End: true };
      const definition = JSON.stringify({ StartAt: "Pass", States: { Pass: pass } });
      await cluster.any().send(new UpdateStateMachineCommand({ stateMachineArn, definition }));
      for (const { client } of cluster.nodes) {
        const found = await client.send(new DescribeStateMachineCommand({ stateMachineArn }));
        expect(found.definition).toBe(definition);
        const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn }));
        expect((await ended(executionArn!)).output).toBe(String(round));
      }
    }
  });

  test("creates a state machine once when all are asked for another one of its name", async ({
    skip,
  }) => {
    if (missing !== undefined) skip(missing);
    const create = (result: number) => {
      const pass = { Type: "Pass", Result: result, End: true };
      const definition = JSON.stringify({ StartAt: "Pass", States: { Pass: pass } });
      return cluster
        .any()
        .send(new CreateStateMachineCommand({ name: "contended", definition, roleArn }))
        .then(
          () => "created",
          (error: Error) => error.name,
        );
    };
    const answers = await Promise.all([create(1), create(2), create(3)]);
    expect(answers.sort()).toEqual([
      "StateMachineAlreadyExists",
      "StateMachineAlreadyExists",
      "created",
    ]);
  });

  test("gives workers tasks, and takes their answers", async ({ skip }) => {
    if (missing !== undefined) skip(missing);
    const { activityArn } = await cluster.any().send(new CreateActivityCommand({ name: "pack" }));
    const stateMachineArn = await machine("packing", {
      Pack: { Type: "Task", Resource: activityArn, End: true },
    });
    const waiting = cluster.nodes.map(({ client }) =>
      client.send(new GetActivityTaskCommand({ activityArn })),
    );
    const started = await Promise.all(
      [1, 2, 3].map((input) =>
        cluster.any().send(new StartExecutionCommand({ stateMachineArn, input: String(input) })),
      ),
    );
    const tasks = await Promise.all(waiting);
    expect(tasks.map(({ input }) => input).sort()).toEqual(["1", "2", "3"]);
    for (const { taskToken, input } of tasks) {
      await cluster.any().send(new SendTaskSuccessCommand({ taskToken, output: `[${input}]` }));
    }
    const outputs = await Promise.all(
      started.map(async ({ executionArn }) => (await ended(executionArn!)).output),
    );
    expect(outputs).toEqual(["[1]", "[2]", "[3]"]);
  });

  test("hears of children on other nodes, and redrives", async ({ skip }) => {
    if (missing !== undefined) skip(missing);
    const map = (more: object) => ({
      Type: "Map",
      ItemProcessor: {
        ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
        StartAt: "Work",
        States: { Work: task },
      },
      End: true,
      ...more,
    });
    const stateMachineArn = await machine("mapping", { Map: map({ MaxConcurrency: 5 }) });
    const items = Array.from({ length: 40 }, (_, index) => ({ index }));
    const { executionArn } = await cluster
      .any()
      .send(new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(items) }));
    const found = await ended(executionArn!);
    expect(JSON.parse(found.output ?? "")).toEqual(items);

    const failing = [...items.slice(0, 5), { fail: true }];
    const second = await cluster
      .any()
      .send(new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(failing) }));
    expect((await ended(second.executionArn!)).status).toBe("FAILED");
    await cluster.any().send(new RedriveExecutionCommand({ executionArn: second.executionArn }));
    const again = await ended(second.executionArn!);
    expect({ status: again.status, count: again.redriveCount }).toEqual({
      status: "FAILED",
      count: 1,
    });
  });

  test("runs Express workflows, to the end for who waits", async ({ skip }) => {
    if (missing !== undefined) skip(missing);
    const stateMachineArn = await machine("quick", { Work: task }, "EXPRESS");
    for (const { client } of cluster.nodes) {
      const { status, output } = await client.send(
        new StartSyncExecutionCommand({ stateMachineArn, input: '{"n":1.0}' }),
      );
      expect({ status, output }).toEqual({ status: "SUCCEEDED", output: '{"n":1.0}' });
    }
  });
});

describe("a node that leaves", () => {
  test("hands over what it has, and no call fails meanwhile", async ({ skip }) => {
    if (missing !== undefined) skip(missing);
    const leaving = await cluster.add();
    await balanced(cluster);
    const stateMachineArn = await machine("steady", {
      Wait: { Type: "Wait", Seconds: 1, Next: "Work" },
      Work: task,
    });
    let isOver = false;
    const arns: string[] = [];
    const staying = cluster.nodes.filter((node) => node !== leaving);
    const clients = staying.map(async ({ client }, number) => {
      for (let index = 0; !isOver; index++) {
        const { executionArn } = await client.send(
          new StartExecutionCommand({ stateMachineArn, name: `c${number}-${index}` }),
        );
        arns.push(executionArn!);
      }
    });
    await leaving.stop();
    isOver = true;
    await Promise.all(clients);
    (cluster.nodes as unknown[]).pop();
    expect(arns.length).toBeGreaterThan(0);
    for (const executionArn of arns) expect((await ended(executionArn)).status).toBe("SUCCEEDED");
  }, 60_000);
});
