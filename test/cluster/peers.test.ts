import { afterEach, expect, test } from "vitest";
import { AnsweredQuestions } from "../../src/cluster/peers/answered.ts";
import { Answerer } from "../../src/cluster/peers/answerer.ts";
import { Wire } from "../../src/cluster/peers/fake-nodes.fixture.ts";
import type { Holders } from "../../src/cluster/peers/holders.ts";
import { Mailbox } from "../../src/cluster/peers/mailbox.ts";
import { PeerClient } from "../../src/cluster/peers/peer-client.ts";
import { startPeerServer } from "../../src/cluster/peers/peer-server.ts";
import { RemoteOwners } from "../../src/cluster/peers/remote-owner.ts";
import { Payload } from "../../src/expression/payload.ts";
import { awsLimits } from "../../src/machine/limits.ts";
import type { LiveNode } from "../../src/ports/cluster-store.ts";
import { createEngine } from "../../src/runtime/create-engine.ts";
import type { Engine } from "../../src/runtime/engine.ts";
import { systemClock } from "../../src/runtime/system-clock.ts";
import { systemIds } from "../../src/runtime/system-ids.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import {
  distributedMap,
  fakeReader,
  fakeWriter,
  machineArn,
  startMachine,
} from "../runtime/map-run-fixture.ts";

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const partitions = 8;

interface Node {
  readonly engine: Engine;
  readonly wire: Wire;
  close(): Promise<void>;
}

let nodes: Node[] = [];
afterEach(async () => {
  await Promise.all(nodes.map((node) => node.close()));
  nodes = [];
});

/** Engines over one store that reach each other over HTTP only; `moved` tells all who has a partition. */
async function group(count: number) {
  const store = createMemoryStore({ partitions });
  const secret = await store.secret();
  const live = new Map<number, LiveNode>();
  const waiting = new Set<() => void>();
  const failures: Error[] = [];
  const moved = (partition: number, node: LiveNode | undefined): void => {
    if (node === undefined) live.delete(partition);
    else live.set(partition, node);
    for (const wake of waiting) wake();
  };
  const addresses: LiveNode[] = [];
  for (let index = 0; index < count; index++) {
    const nodeId = `node-${index}`;
    const holders: Holders = {
      self: nodeId,
      here: (partition) => nodes[index]?.engine.ownership.owner(partition),
      holderOf: (partition) => live.get(partition),
      changed: (signal) =>
        new Promise<void>((resolve) => {
          const done = (): void => {
            waiting.delete(done);
            signal.removeEventListener("abort", done);
            resolve();
          };
          waiting.add(done);
          signal.addEventListener("abort", done);
        }),
    };
    const answerer = new Answerer(holders, new AnsweredQuestions());
    const client = new PeerClient({ secret });
    const logger = silent;
    const [clock, ids] = [systemClock, systemIds];
    const remote = new RemoteOwners({ holders, client, store, answerer, clock, ids, logger });
    const engine = await createEngine({
      store,
      clock,
      ids,
      logger,
      handlers: {
        find: () => ({
          handles: () => true,
          run: async ({ parameters }) => ({ type: "succeeded", output: parameters }),
        }),
      },
      limits: awsLimits,
      mapRunIo: () => ({ reader: fakeReader, writer: fakeWriter() }),
      partitions: [],
      elsewhere: remote.elsewhere,
      onPartitionLost: (_, reason) => void failures.push(reason),
      onFailure: (reason) => void failures.push(reason),
    });
    const server = await startPeerServer({
      host: "127.0.0.1",
      port: 0,
      secret,
      logger,
      serve: {
        nodeId,
        answerer,
        feed: engine.feed,
        changed: async () => {},
        handedOver: () => {},
      },
    });
    const here = (): readonly number[] => engine.ownership.partitions;
    const mailbox = new Mailbox({ store, partitions: here, answerer, clock, logger });
    mailbox.start();
    const wire = await Wire.to(server.port);
    addresses.push({
      nodeId,
      url: `http://127.0.0.1:${wire.port}`,
      version: "test",
      startedAt: 0,
      isLeaving: false,
      leaseUntil: Number.MAX_SAFE_INTEGER,
    });
    nodes.push({
      engine,
      wire,
      async close() {
        remote.close();
        client.close();
        await mailbox.close();
        await server.close(0);
        await wire.close();
      },
    });
  }
  const owner = Array.from({ length: partitions }, (_, partition) => partition % count);
  for (const [partition, index] of owner.entries()) {
    await nodes[index]?.engine.ownership.takeOver([partition]);
    moved(partition, addresses[index]);
  }
  /** Hands the partition to the next node, as in a cluster: given up, seen to be free, taken. */
  async function handOver(partition: number): Promise<void> {
    const [from, to] = [owner[partition] ?? 0, ((owner[partition] ?? 0) + 1) % count];
    owner[partition] = to;
    await nodes[from]?.engine.ownership.giveUp(partition, 1_000);
    moved(partition, undefined);
    moved(partition, addresses[to]);
    await nodes[to]?.engine.ownership.takeOver([partition]);
  }
  return { store, handOver, failures, engines: nodes.map(({ engine }) => engine) };
}

const task = { Type: "Task", Resource: "arn:aws:lambda:us-east-1:000000000000:function:f" };
const retry = [{ ErrorEquals: ["States.ALL"], IntervalSeconds: 0, MaxAttempts: 100 }];
const oneTask = { StartAt: "Work", States: { Work: { ...task, Retry: retry, End: true } } };

test("starts reach partitions that move, over connections that break, and each is done once", async () => {
  const { engines, handOver, failures, store } = await group(3);
  await startMachine(engines[0] as Engine, oneTask);
  const stateMachine = await engines[0]?.directory.get(machineArn);
  if (stateMachine === undefined) throw new Error("there is no machine");
  let isOver = false;
  const moving = (async () => {
    for (let count = 0; !isOver; count++) {
      await handOver(count % partitions);
      if (count % 3 === 0) nodes[count % 3]?.wire.break();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  const arns: string[] = [];
  const run = async (index: number): Promise<void> => {
    const engine = engines[index % 3] as Engine;
    const name = index % 2 === 0 ? { name: `n${index}` } : {};
    const input = Payload.ofText(`{"index":${index}.0}`);
    const started = await engine.startExecution({ stateMachine, ...name, input });
    expect(started.type).toBe("started");
    arns.push(started.executionArn);
    await engine.waitUntilClosed(started.executionArn, 20_000, new AbortController().signal);
    const described = await engine.describeExecution(started.executionArn);
    expect(described?.record.status).toBe("SUCCEEDED");
    expect(described?.output?.text).toBe(`{"index":${index}.0}`);
  };
  for (let index = 0; index < 300; index += 30) {
    await Promise.all(Array.from({ length: 30 }, (_, offset) => run(index + offset)));
  }
  isOver = true;
  await moving;
  expect(new Set(arns).size).toBe(300);
  const stored = await store.executions({ stateMachineArn: machineArn }, { limit: 1_000 });
  expect(stored.items).toHaveLength(301);
  expect(failures).toEqual([]);
}, 60_000);

test("a Map Run has its children run on all nodes, and hears of every end", async () => {
  const { engines } = await group(3);
  const [one] = engines as [Engine];
  const items = Array.from({ length: 100 }, (_, index) => index);
  const arn = await startMachine(one, distributedMap(), items);
  await one.waitUntilClosed(arn, 20_000, new AbortController().signal);
  const described = await one.describeExecution(arn);
  expect(described?.record.status).toBe("SUCCEEDED");
  expect(described?.output?.value).toHaveLength(100);
}, 60_000);
