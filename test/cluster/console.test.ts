import {
  CreateActivityCommand,
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type {
  ApprovalView,
  ClusterStateView,
  ExecutionChange,
  ExecutionPage,
  ExecutionView,
  ServerView,
  StorageView,
} from "../../src/console/view-types.ts";
import { partitionOf } from "../../src/ports/partition-of.ts";
import { api, at, builtConsole } from "../console/ask.ts";
import { listen, type Listener } from "../console/listen.ts";
import {
  accountId,
  balanced,
  region,
  roleArn,
  startCluster,
  type TestCluster,
  type TestNode,
} from "./test-cluster.ts";

const activity = `arn:aws:states:${region}:${accountId}:activity:ask`;
const waitMs = 15_000;

let cluster: TestCluster;
let missing: string | undefined;
let stateMachineArn: string;
let count = 0;

beforeAll(async () => {
  const started = await startCluster(3, { consoleFolder: builtConsole() });
  if (typeof started === "string") {
    missing = started;
    return;
  }
  cluster = started;
  // One that is new has its share once the others have seen it.
  await vi.waitFor(() => {
    for (const { server } of cluster.nodes) {
      expect(server.cluster?.status().view?.nodes).toHaveLength(3);
      expect(server.engine.ownership.partitions).not.toEqual([]);
    }
  }, waitMs);
  await balanced(cluster);
  const client = cluster.any();
  await client.send(new CreateActivityCommand({ name: "ask" }));
  const definition = {
    StartAt: "Ask",
    States: {
      Ask: { Type: "Task", Resource: activity, Next: "Ask again" },
      "Ask again": { Type: "Task", Resource: activity, End: true },
    },
  };
  const made = await client.send(
    new CreateStateMachineCommand({
      name: "questions",
      definition: JSON.stringify(definition),
      roleArn,
    }),
  );
  stateMachineArn = made.stateMachineArn!;
}, 60_000);
afterAll(async () => {
  if (missing !== undefined) return;
  expect(cluster.mistakes).toEqual([]);
  await cluster.stop();
}, 60_000);

/** An execution in a partition that the node has now; any node starts it. */
async function startOn(node: TestNode): Promise<string> {
  const { partitions } = node.server.engine.ownership;
  expect(partitions.length).toBeGreaterThan(0);
  for (;;) {
    const name = `run-${count++}`;
    const arn = `arn:aws:states:${region}:${accountId}:execution:questions:${name}`;
    if (!partitions.includes(partitionOf(arn, 16))) continue;
    await cluster
      .any()
      .send(new StartExecutionCommand({ stateMachineArn, name, input: '{"title":"Well?"}' }));
    return arn;
  }
}

async function read<T>({ server }: TestNode, path: string): Promise<T> {
  const { status, body } = await api(server.port, path);
  expect(status, path).toBe(200);
  return body as T;
}

const rowsOf = ({ frames }: Listener) =>
  frames.flatMap((frame) => (frame.topic === "executions" ? frame.rows : []));
const changesOf = ({ frames }: Listener): readonly ExecutionChange[] =>
  frames.flatMap((frame) => (frame.topic === "execution" ? [frame.change] : []));
const watch = ({ server }: TestNode, arn: string): Promise<Listener> =>
  listen(server.port, `executions=&execution=${encodeURIComponent(`${arn}@0`)}`);

async function question(node: TestNode, arn: string): Promise<ApprovalView> {
  return vi.waitFor(async () => {
    const asked = await read<readonly ApprovalView[]>(node, "approvals");
    const found = asked.find(({ executionArn }) => executionArn === arn);
    expect(found).toBeDefined();
    return found!;
  }, waitMs);
}

async function answer(node: TestNode, { executionArn, taskId }: ApprovalView): Promise<void> {
  const answered = await api(node.server.port, "approvals", {
    method: "POST",
    body: JSON.stringify({ executionArn, taskId, output: '{"approved":true}' }),
  });
  expect(answered.status, JSON.stringify(answered.body)).toBe(200);
}

test("a console shows what runs on another node as it happens, and answers it", async ({
  skip,
}) => {
  if (missing !== undefined) skip(missing);
  const [here, there, third] = cluster.nodes as [TestNode, TestNode, TestNode];
  const stream = await listen(here.server.port, "executions=");
  // What happens before the other nodes are followed is told by a reload.
  const early = await startOn(there);
  await vi.waitFor(async () => {
    const { rows } = await read<ExecutionPage>(here, "executions");
    expect(rows.map(({ executionArn }) => executionArn)).toContain(early);
  }, waitMs);
  const arn = await vi.waitFor(async () => {
    const started = await startOn(there);
    await vi.waitFor(
      () => expect(rowsOf(stream).map(({ executionArn }) => executionArn)).toContain(started),
      1_000,
    );
    return started;
  }, waitMs);
  const live = await watch(here, arn);

  await answer(third, await question(here, arn));
  await vi.waitFor(() => {
    const states = changesOf(live).flatMap(({ visits }) => visits);
    expect(states.map(({ name }) => name)).toContain("Ask again");
  }, waitMs);
  await vi.waitFor(async () => {
    const asked = await read<readonly ApprovalView[]>(here, "approvals");
    const mine = asked.filter(({ executionArn }) => executionArn === arn);
    expect(mine.map(({ stateName }) => stateName)).toEqual(["Ask again"]);
  }, waitMs);
  await answer(here, await question(here, arn));
  await vi.waitFor(() => expect(changesOf(live).at(-1)?.status).toBe("SUCCEEDED"), waitMs);
  await vi.waitFor(() => {
    const row = rowsOf(stream).findLast(({ executionArn }) => executionArn === arn);
    expect(row?.status).toBe("SUCCEEDED");
  }, waitMs);
  for (const node of cluster.nodes) {
    expect(await read<ExecutionView>(node, at(arn))).toMatchObject({ status: "SUCCEEDED" });
  }
  stream.close();
  live.close();
});

test("the settings tell of the nodes, of the partitions and of the database", async ({ skip }) => {
  if (missing !== undefined) skip(missing);
  const [here] = cluster.nodes as [TestNode];
  expect(await read<ServerView>(here, "settings")).toMatchObject({ isNode: true });
  expect(await read<StorageView>(here, "settings/storage")).toMatchObject({ isShared: true });
  const view = await read<ClusterStateView>(here, "settings/cluster");
  expect(view).toMatchObject({ nodeId: "node-1", partitions: 16, withoutOwner: [] });
  expect(view.ageMs).toBeLessThan(view.leaseMs);
  expect(view.nodes.map(({ nodeId }) => nodeId)).toEqual(["node-1", "node-2", "node-3"]);
  expect(view.nodes.map(({ partitions }) => partitions)).toEqual(
    cluster.nodes.map(({ server }) => server.engine.ownership.partitions.length),
  );
  // PostgreSQL of the tests is started with -F.
  expect(view.database?.version).toMatch(/^PostgreSQL \d/);
  expect(view.database?.settings).toEqual([
    { name: "fsync", value: "off", isRisky: true },
    { name: "full_page_writes", value: "on", isRisky: false },
    { name: "synchronous_commit", value: "on", isRisky: false },
  ]);
});

test("a node counts what it is in the cluster", async ({ skip }) => {
  if (missing !== undefined) skip(missing);
  const { server } = cluster.nodes[0]!;
  const values = new Map(
    server.figures
      .read()
      .flatMap((figure) =>
        figure.type === "histogram" ? [] : [[figure.name, figure.samples[0]?.value] as const],
      ),
  );
  expect(values.get("stepwell_cluster_nodes")).toBe(3);
  expect(values.get("stepwell_cluster_takeovers_total")).toBe(server.cluster?.status().takenOver);
  expect(values.get("stepwell_cluster_partitions_lost_total")).toBe(server.cluster?.status().lost);
  const left = values.get("stepwell_cluster_lease_left_seconds");
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThanOrEqual(2);
});

test("a view goes on after the node is gone that had the execution", async ({ skip }) => {
  if (missing !== undefined) skip(missing);
  const [here, , last] = cluster.nodes as [TestNode, TestNode, TestNode];
  const arn = await startOn(last);
  const live = await watch(here, arn);
  await question(here, arn);
  await last.stop();
  await answer(here, await question(here, arn));
  await vi.waitFor(async () => {
    const view = await read<ClusterStateView>(here, "settings/cluster");
    expect(view.nodes.map(({ nodeId }) => nodeId)).toEqual(["node-1", "node-2"]);
    expect(view.withoutOwner).toEqual([]);
  }, waitMs);
  await vi.waitFor(() => {
    const states = changesOf(live).flatMap(({ visits }) => visits);
    expect(states.map(({ name }) => name)).toContain("Ask again");
  }, waitMs);
  await answer(here, await question(here, arn));
  await vi.waitFor(() => expect(changesOf(live).at(-1)?.status).toBe("SUCCEEDED"), waitMs);
  expect(await here.client.send(new DescribeExecutionCommand({ executionArn: arn }))).toMatchObject(
    { status: "SUCCEEDED" },
  );
  live.close();
});
