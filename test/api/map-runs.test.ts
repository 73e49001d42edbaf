import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  DescribeMapRunCommand,
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListMapRunsCommand,
  RedriveExecutionCommand,
  StartExecutionCommand,
  StopExecutionCommand,
  UpdateMapRunCommand,
} from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { JsonValue } from "../../src/expression/json.ts";
import { Payload } from "../../src/expression/payload.ts";
import { accountId, region, roleArn, startServer, type TestServer } from "./start-server.ts";

let server: TestServer;
/** What becomes of an item; changed by the tests. */
let behave: (event: JsonValue) => "succeed" | "fail" | "wait" = () => "succeed";

beforeAll(async () => {
  server = await startServer({
    handlers: {
      find: () => ({
        handles: () => true,
        async run({ parameters }) {
          switch (behave(parameters.value)) {
            case "succeed":
              return { type: "succeeded", output: Payload.ofText(parameters.text) };
            case "fail":
              return { type: "failed", error: "Broken" };
            case "wait":
              return { type: "pending" };
          }
        },
      }),
    },
  });
});
afterAll(async () => {
  expect(server.mistakes).toEqual([]);
  await server.close();
});

const work = {
  StartAt: "Work",
  States: {
    Work: { Type: "Task", Resource: `arn:aws:lambda:${region}:${accountId}:function:f`, End: true },
  },
};

async function startMap(name: string, items: JsonValue, more: object = {}): Promise<string> {
  const definition = {
    StartAt: "Map",
    States: {
      Map: {
        Type: "Map",
        Label: "Items",
        ItemProcessor: {
          ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
          ...work,
        },
        ...more,
        End: true,
      },
    },
  };
  const { stateMachineArn } = await server.client.send(
    new CreateStateMachineCommand({ name, roleArn, definition: JSON.stringify(definition) }),
  );
  const { executionArn } = await server.client.send(
    new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(items) }),
  );
  return executionArn ?? "";
}

async function mapRunOf(executionArn: string): Promise<string> {
  await expect
    .poll(async () => {
      const { mapRuns } = await server.client.send(new ListMapRunsCommand({ executionArn }));
      return mapRuns?.length;
    })
    .toBe(1);
  const { mapRuns } = await server.client.send(new ListMapRunsCommand({ executionArn }));
  return mapRuns?.[0]?.mapRunArn ?? "";
}

async function statusOf(executionArn: string): Promise<string | undefined> {
  return (await server.client.send(new DescribeExecutionCommand({ executionArn }))).status;
}

describe("a Map Run", () => {
  test("is described with both counts, and its children are listed over three pages", async () => {
    behave = () => "fail";
    const executionArn = await startMap("counts", [1, 2, 3, 4, 5], { ToleratedFailureCount: 5 });
    const mapRunArn = await mapRunOf(executionArn);
    expect(mapRunArn).toMatch(/:mapRun:counts\/Items:[0-9a-f-]{36}$/);
    await expect.poll(() => statusOf(executionArn)).not.toBe("RUNNING");
    const run = await server.client.send(new DescribeMapRunCommand({ mapRunArn }));
    expect(run).toMatchObject({
      executionArn,
      toleratedFailureCount: 5,
      itemCounts: { total: 5, failed: 5, pending: 0 },
      executionCounts: { total: 5, failed: 5 },
    });
    const pages: number[] = [];
    let nextToken: string | undefined;
    let child = "";
    do {
      const page: {
        executions?: { executionArn?: string | undefined }[] | undefined;
        nextToken?: string | undefined;
      } = await server.client.send(
        new ListExecutionsCommand({ mapRunArn, maxResults: 2, nextToken }),
      );
      pages.push(page.executions?.length ?? 0);
      child = page.executions?.[0]?.executionArn ?? child;
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    expect(pages).toEqual([2, 2, 1]);
    const described = await server.client.send(
      new DescribeExecutionCommand({ executionArn: child }),
    );
    expect(described).toMatchObject({ mapRunArn, status: "FAILED", error: "Broken" });
    expect(described.redriveStatus).toBe("REDRIVABLE_BY_MAP_RUN");
    await expect(
      server.client.send(new RedriveExecutionCommand({ executionArn: child })),
    ).rejects.toMatchObject({
      name: "ExecutionNotRedrivable",
      message: expect.stringContaining("Execution is redriven by its Map Run") as string,
    });
    const machine = await server.client.send(
      new DescribeStateMachineForExecutionCommand({ executionArn: child }),
    );
    expect(machine).toMatchObject({ mapRunArn, label: "Items", definition: JSON.stringify(work) });
    const { events } = await server.client.send(
      new GetExecutionHistoryCommand({ executionArn: child }),
    );
    expect(events?.map(({ type }) => type)).toEqual([
      "ExecutionStarted",
      "TaskStateEntered",
      "LambdaFunctionScheduled",
      "LambdaFunctionStarted",
      "LambdaFunctionFailed",
      "ExecutionFailed",
    ]);
  });

  test("can be changed while it runs, and not after", async () => {
    let started = 0;
    behave = () => {
      started++;
      return "wait";
    };
    const executionArn = await startMap("changes", [1, 2, 3], { MaxConcurrency: 1 });
    const mapRunArn = await mapRunOf(executionArn);
    await expect.poll(() => started).toBe(1);
    await server.client.send(new UpdateMapRunCommand({ mapRunArn, maxConcurrency: 3 }));
    await expect.poll(() => started).toBe(3);
    const { maxConcurrency } = await server.client.send(new DescribeMapRunCommand({ mapRunArn }));
    expect(maxConcurrency).toBe(3);

    behave = () => "succeed";
    const ended = await startMap("ended", [1]);
    const endedRun = await mapRunOf(ended);
    await expect.poll(() => statusOf(ended)).not.toBe("RUNNING");
    await expect(
      server.client.send(new UpdateMapRunCommand({ mapRunArn: endedRun, maxConcurrency: 1 })),
    ).rejects.toMatchObject({
      name: "ValidationException",
      reason: "CANNOT_UPDATE_COMPLETED_MAP_RUN",
    });
  });

  test("is listed with the others of its execution over three pages, newest first", async () => {
    behave = () => "succeed";
    const map = (label: string): object => ({
      StartAt: label,
      States: {
        [label]: {
          Type: "Map",
          Label: label,
          ItemProcessor: {
            ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
            StartAt: `${label}P`,
            States: { [`${label}P`]: { Type: "Pass", End: true } },
          },
          End: true,
        },
      },
    });
    const definition = JSON.stringify({
      StartAt: "All",
      States: { All: { Type: "Parallel", Branches: ["A", "B", "C"].map(map), End: true } },
    });
    const { stateMachineArn } = await server.client.send(
      new CreateStateMachineCommand({ name: "three", roleArn, definition }),
    );
    const { executionArn } = await server.client.send(
      new StartExecutionCommand({ stateMachineArn, input: "[1]" }),
    );
    await expect.poll(() => statusOf(executionArn ?? "")).toBe("SUCCEEDED");
    const labels: string[] = [];
    let nextToken: string | undefined;
    do {
      const page: {
        mapRuns?: { mapRunArn?: string | undefined }[] | undefined;
        nextToken?: string | undefined;
      } = await server.client.send(
        new ListMapRunsCommand({ executionArn, maxResults: 1, nextToken }),
      );
      labels.push(
        ...(page.mapRuns ?? []).map(({ mapRunArn }) => mapRunArn?.split("/")[1]?.[0] ?? ""),
      );
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    expect([...labels].sort()).toEqual(["A", "B", "C"]);
  });

  test("that is redriven shows which of its children have not begun again", async () => {
    behave = () => "fail";
    const executionArn = await startMap("waits", [1, 2, 3], {
      MaxConcurrency: 1,
      ToleratedFailurePercentage: 50,
    });
    const mapRunArn = await mapRunOf(executionArn);
    await expect.poll(() => statusOf(executionArn)).toBe("FAILED");
    const listed = async (statusFilter?: "PENDING_REDRIVE" | "FAILED") => {
      const query = { mapRunArn, ...(statusFilter && { statusFilter }) };
      const { executions = [] } = await server.client.send(new ListExecutionsCommand(query));
      return executions;
    };
    const failed = (await listed("FAILED")).length;
    expect(failed).toBeGreaterThan(1);
    expect(await listed("PENDING_REDRIVE")).toEqual([]);
    behave = () => "wait";
    await server.client.send(new RedriveExecutionCommand({ executionArn }));
    await expect.poll(async () => (await listed("PENDING_REDRIVE")).length).toBe(failed - 1);
    const [pending] = await listed("PENDING_REDRIVE");
    expect(pending?.status).toBe("PENDING_REDRIVE");
    expect(await statusOf(pending?.executionArn ?? "")).toBe("PENDING_REDRIVE");
    expect(await listed("FAILED")).toEqual([]);
    expect((await listed()).map(({ status }) => String(status)).toSorted()).toEqual([
      ...Array.from({ length: failed - 1 }, () => "PENDING_REDRIVE"),
      "RUNNING",
    ]);
    await server.client.send(new StopExecutionCommand({ executionArn }));
  });

  test("that does not exist is not found", async () => {
    const mapRunArn = `arn:aws:states:${region}:${accountId}:mapRun:m/l:none`;
    await expect(
      server.client.send(new DescribeMapRunCommand({ mapRunArn })),
    ).rejects.toMatchObject({ name: "ResourceNotFound" });
  });
});

describe("a distributed Map", () => {
  const startExpress = (name: string) =>
    startMap(name, [1], {
      ToleratedFailureCount: 1,
      ItemProcessor: {
        ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "EXPRESS" },
        ...work,
      },
    });
  const firstChildOf = async (executionArn: string) => {
    const mapRunArn = await mapRunOf(executionArn);
    const children = await server.client.send(new ListExecutionsCommand({ mapRunArn }));
    return { mapRunArn, ...children.executions?.[0] };
  };

  test("has Express children that can be described, but have no history", async () => {
    behave = () => "fail";
    const parent = await startExpress("express");
    await expect.poll(() => statusOf(parent)).toBe("SUCCEEDED");
    const { mapRunArn, executionArn } = await firstChildOf(parent);
    expect(executionArn).toContain(":express:express/Items:");
    const described = await server.client.send(new DescribeExecutionCommand({ executionArn }));
    expect(described).toMatchObject({
      mapRunArn,
      status: "FAILED",
      error: "Broken",
      input: "1",
      redriveStatus: "REDRIVABLE_BY_MAP_RUN",
    });
    await expect(
      server.client.send(new GetExecutionHistoryCommand({ executionArn })),
    ).rejects.toMatchObject({
      message: "Invalid Arn: 'Resource type not valid in this context: express'",
    });
  });

  test("is described by its label as the state machine that its children run", async () => {
    behave = () => "succeed";
    const parent = await startExpress("labelled");
    await expect.poll(() => statusOf(parent)).toBe("SUCCEEDED");
    const { stateMachineArn } = await firstChildOf(parent);
    const describe = (arn: string) =>
      server.client.send(new DescribeStateMachineCommand({ stateMachineArn: arn }));
    expect(await describe(stateMachineArn ?? "")).toMatchObject({
      stateMachineArn,
      name: "labelled/Items",
      label: "Items",
      type: "EXPRESS",
      status: "ACTIVE",
      definition: JSON.stringify(work),
    });
    for (const unknown of [`${stateMachineArn}x`, `${stateMachineArn}:1`]) {
      await expect(describe(unknown)).rejects.toMatchObject({ name: "StateMachineDoesNotExist" });
    }
  });
});

describe("RedriveExecution", () => {
  async function startWork(name: string): Promise<string> {
    const { stateMachineArn } = await server.client.send(
      new CreateStateMachineCommand({ name, roleArn, definition: JSON.stringify(work) }),
    );
    const started = await server.client.send(
      new StartExecutionCommand({ stateMachineArn, input: "7" }),
    );
    return started.executionArn ?? "";
  }

  test("runs a failed execution again from where it failed, with its history appended", async () => {
    behave = () => "fail";
    const executionArn = await startWork("again");
    await expect.poll(() => statusOf(executionArn)).toBe("FAILED");
    behave = () => "succeed";
    const clientToken = "token-1";
    const first = await server.client.send(
      new RedriveExecutionCommand({ executionArn, clientToken }),
    );
    const second = await server.client.send(
      new RedriveExecutionCommand({ executionArn, clientToken }),
    );
    expect(second.redriveDate).toEqual(first.redriveDate);
    await expect.poll(() => statusOf(executionArn)).toBe("SUCCEEDED");
    const described = await server.client.send(new DescribeExecutionCommand({ executionArn }));
    expect(described).toMatchObject({
      output: "7",
      redriveCount: 1,
      redriveDate: first.redriveDate,
    });
    const { events } = await server.client.send(new GetExecutionHistoryCommand({ executionArn }));
    expect(events?.map(({ id, type }) => `${id} ${type}`).slice(5)).toEqual([
      "6 ExecutionFailed",
      "7 ExecutionRedriven",
      "8 LambdaFunctionScheduled",
      "9 LambdaFunctionStarted",
      "10 LambdaFunctionSucceeded",
      "11 TaskStateExited",
      "12 ExecutionSucceeded",
    ]);
  });

  test("is refused for an execution that runs or has succeeded", async () => {
    behave = () => "wait";
    const running = await startWork("running");
    await expect(
      server.client.send(new RedriveExecutionCommand({ executionArn: running })),
    ).rejects.toMatchObject({
      name: "ExecutionNotRedrivable",
      message: expect.stringContaining("Execution is RUNNING and cannot be redriven"),
    });
  });
});
