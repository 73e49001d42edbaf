import { describe, expect, test } from "vitest";
import { Payload } from "../../src/expression/payload.ts";
import type { JsonValue } from "../../src/expression/json.ts";
import { awsLimits } from "../../src/machine/limits.ts";
import { PartitionLost } from "../../src/ports/partition-lost.ts";
import { partitionOf } from "../../src/ports/partition-of.ts";
import { type Store, StoreFailure } from "../../src/ports/store.ts";
import type { TaskHandler } from "../../src/ports/task-handler.ts";
import { createEngine } from "../../src/runtime/create-engine.ts";
import type { Engine } from "../../src/runtime/engine.ts";
import type { PartitionOwner } from "../../src/runtime/routing/partition-owner.ts";
import { systemClock } from "../../src/runtime/system-clock.ts";
import { systemIds } from "../../src/runtime/system-ids.ts";
import { type CommitFault, createMemoryStore } from "../../src/store/memory/memory-store.ts";
import {
  distributedMap,
  fakeReader,
  fakeWriter,
  machineArn,
  startMachine,
} from "./map-run-fixture.ts";

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

interface Group {
  readonly engines: Engine[];
  /** What the tasks of all engines were given, in order. */
  readonly called: JsonValue[];
  readonly failures: Error[];
  readonly lost: [engine: number, partition: number][];
  /** What the engines say that is wrong. */
  readonly mistakes: string[];
  /** How many turns of the event loop a task takes. */
  turns: number;
  /** What happens before a `nested` task records what it has started. */
  beforeSubmission: () => Promise<unknown>;
}

/**
 * Engines that share a store, each with some of its partitions; they reach each other as processes would. The task
 * `slow` gives back its input some turns later; `nested` runs its input through the machine `M` again and waits for that.
 */
async function group(
  store: Store,
  shares: readonly (readonly number[])[],
  reachEachOther = true,
): Promise<Group> {
  const engines: Engine[] = [];
  const called: JsonValue[] = [];
  const failures: Error[] = [];
  const lost: [number, number][] = [];
  const mistakes: string[] = [];
  const beforeSubmission = async (): Promise<void> => {};
  const made: Group = { engines, called, failures, lost, mistakes, turns: 3, beforeSubmission };

  /** Waits for the next owner while a partition goes from one to the other. */
  async function ownerOf(partition: number): Promise<PartitionOwner> {
    for (;;) {
      const found = engines.map(({ ownership }) => ownership.owner(partition));
      const owner = found.find((each) => each !== undefined);
      if (owner !== undefined) return owner;
      await nextTurn();
    }
  }
  const hasLeft = (partition: number, owner: PartitionOwner): boolean =>
    engines.every(({ ownership }) => ownership.owner(partition) !== owner);
  const ownerElsewhere = (partition: number): PartitionOwner => ({
    start: async (start) => (await ownerOf(partition)).start(start),
    deliver: async (...given) => (await ownerOf(partition)).deliver(...given),
    hear: (message) => void ownerOf(partition).then((owner) => owner.hear(message)),
    async waitUntilClosed(...asked) {
      let owner: PartitionOwner;
      do {
        owner = await ownerOf(partition);
        await owner.waitUntilClosed(...asked);
      } while (hasLeft(partition, owner));
    },
    activities: {
      offer: (task) => void ownerOf(partition).then((owner) => owner.activities.offer(task)),
      take: async (...asked) => (await ownerOf(partition)).activities.take(...asked),
    },
    mapRuns: {
      describe: async (arn) => (await ownerOf(partition)).mapRuns.describe(arn),
      update: async (...asked) => (await ownerOf(partition)).mapRuns.update(...asked),
      pendingRedrives: async (arn) => (await ownerOf(partition)).mapRuns.pendingRedrives(arn),
    },
  });
  const owners = Array.from({ length: store.partitions }, (_, index) => ownerElsewhere(index));
  const elsewhere = (partition: number): PartitionOwner => owners[partition] as PartitionOwner;

  const slow: TaskHandler = {
    handles: () => true,
    async run({ parameters }) {
      called.push(parameters.value);
      for (let turn = 0; turn < made.turns; turn++) await nextTurn();
      return { type: "succeeded", output: parameters };
    },
  };
  const nested = (engine: () => Engine): TaskHandler => ({
    handles: () => true,
    async run({ parameters, executionArn, taskId }, control) {
      const stateMachine = await engine().directory.get(machineArn);
      if (stateMachine === undefined) throw new Error("there is no machine");
      const parent = { executionArn, taskId, pattern: "sync:2" } as const;
      const name = `${executionArn.split(":").at(-1)}-child`;
      const { Input } = parameters.value as { readonly Input: JsonValue };
      const input = Payload.ofValue(Input);
      const child = await engine().startExecution({ stateMachine, name, input, parent });
      await made.beforeSubmission();
      await control.submitted(Payload.ofValue({ ExecutionArn: child.executionArn }));
      return { type: "pending" };
    },
    // Its end comes as a message.
    resume: async () => ({ type: "pending" }),
  });

  for (const [index, partitions] of shares.entries()) {
    engines.push(
      await createEngine({
        store,
        clock: systemClock,
        ids: systemIds,
        logger: {
          ...silent,
          error: (message, fields) => void mistakes.push(`${message} ${JSON.stringify(fields)}`),
        },
        handlers: {
          find: (resource) =>
            resource.kind === "service" && resource.resourceType === "states"
              ? nested(() => engines[index] as Engine)
              : slow,
        },
        limits: awsLimits,
        mapRunIo: () => ({ reader: fakeReader, writer: fakeWriter() }),
        partitions,
        ...(reachEachOther && { elsewhere }),
        onPartitionLost: (partition) => lost.push([index, partition]),
        onFailure: (reason) => failures.push(reason),
      }),
    );
  }
  return made;
}

const work = {
  Type: "Task",
  Resource: "arn:aws:lambda:us-east-1:000000000000:function:f",
  Retry: [{ ErrorEquals: ["Lambda.Unknown"], IntervalSeconds: 0, MaxAttempts: 100 }],
};
const oneTask = { StartAt: "Work", States: { Work: { ...work, End: true } } };
/** A task in as many executions within each other as `depth` says. */
const nestedTasks = {
  StartAt: "Deep",
  States: {
    Deep: {
      Type: "Choice",
      Choices: [{ Variable: "$.depth", NumericGreaterThan: 0, Next: "Less" }],
      Default: "Work",
    },
    Less: {
      Type: "Pass",
      Parameters: { "depth.$": "States.MathAdd($.depth, -1)", "n.$": "$.n" },
      Next: "Nested",
    },
    Nested: {
      Type: "Task",
      Resource: "arn:aws:states:::states:startExecution.sync:2",
      Parameters: {
        StateMachineArn: machineArn,
        Input: { "depth.$": "$.depth", "n.$": "$.n" },
      },
      OutputPath: "$.Output",
      End: true,
    },
    Work: { ...work, End: true },
  },
};

const ended = (engine: Engine, executionArn: string): Promise<void> =>
  engine.waitUntilClosed(executionArn, 20_000, new AbortController().signal);

async function typesOf(engine: Engine, executionArn: string): Promise<string[]> {
  const history = await engine.history(executionArn, { limit: 1_000, reverse: false });
  return (history?.events ?? []).map(({ type }) => type);
}

/** The Map Run that the execution has begun; `undefined`: none yet. */
async function mapRunOf(engine: Engine, executionArn: string) {
  const history = await engine.history(executionArn, { limit: 100, reverse: false });
  const started = history?.events.find(({ type }) => type === "MapRunStarted");
  return started?.type === "MapRunStarted" ? engine.mapRun(started.details.mapRunArn) : undefined;
}

async function start(engine: Engine, name: string, input: JsonValue): Promise<string> {
  const stateMachine = await engine.directory.get(machineArn);
  if (stateMachine === undefined) throw new Error("there is no machine");
  const started = await engine.startExecution({
    stateMachine,
    name,
    input: Payload.ofValue(input),
  });
  expect(started.type).toBe("started");
  return started.executionArn;
}

/** A name whose execution is in the partition, and what its `nested` task starts in the other. */
function nameIn(partition: number, partitions: number, childPartition?: number): string {
  const isIn = (name: string, index: number): boolean =>
    partitionOf(`${machineArn.replace(":stateMachine:", ":execution:")}:${name}`, partitions) ===
    index;
  for (let index = 0; ; index++) {
    const name = `n${index}`;
    const hasChildThere = childPartition === undefined || isIn(`${name}-child`, childPartition);
    if (isIn(name, partition) && hasChildThere) return name;
  }
}

test("the partition of an ARN never changes: what is stored was put there by it", () => {
  const arn = "arn:aws:states:us-east-1:000000000000:execution:orders:one";
  expect(partitionOf(arn, 1)).toBe(0);
  expect(partitionOf(arn, 7)).toBe(2);
  expect(partitionOf(arn, 256)).toBe(151);
});

describe("an engine with some of the partitions", () => {
  test("has what is in the others done by their owner, and sees it", async () => {
    const store = createMemoryStore({ partitions: 4 });
    const { engines, called } = await group(store, [
      [0, 1],
      [2, 3],
    ]);
    const [one, two] = engines as [Engine, Engine];
    await startMachine(one, oneTask);
    for (const partition of [0, 1, 2, 3]) {
      const executionArn = await start(one, nameIn(partition, 4), { partition });
      await ended(one, executionArn);
      for (const engine of [one, two]) {
        const described = await engine.describeExecution(executionArn);
        expect(described?.record.status).toBe("SUCCEEDED");
        expect(described?.output?.value).toEqual({ partition });
      }
    }
    expect(called).toHaveLength(5);
  });

  test("without others refuses what is in theirs, as something that passes", async () => {
    const store = createMemoryStore({ partitions: 2 });
    const engine = await createEngine({
      store,
      clock: systemClock,
      ids: systemIds,
      logger: silent,
      handlers: { find: () => undefined },
      limits: awsLimits,
      mapRunIo: () => ({ reader: fakeReader, writer: fakeWriter() }),
      partitions: [1],
      onFailure: () => {},
    });
    const there = `${machineArn.replace(":stateMachine:", ":execution:")}:${nameIn(0, 2)}`;
    const refusal = await engine.stopExecution(there, {}).catch((thrown: unknown) => thrown);
    expect(refusal).toBeInstanceOf(StoreFailure);
    expect(refusal).toMatchObject({ kind: "unavailable" });
  });

  test("starts one name once, whoever is asked for it", async () => {
    const store = createMemoryStore({ partitions: 4 });
    const { engines, called } = await group(store, [
      [0, 1],
      [2, 3],
    ]);
    const [one, two] = engines as [Engine, Engine];
    await startMachine(one, oneTask);
    called.length = 0;
    const arns = await Promise.all([start(one, "same", 1), start(two, "same", 1)]);
    expect(new Set(arns).size).toBe(1);
    await ended(one, arns[0]);
    expect(called).toEqual([1]);
  });

  test("gives an activity's tasks to workers that ask another engine", async () => {
    const store = createMemoryStore({ partitions: 4 });
    const { engines } = await group(store, [
      [0, 1],
      [2, 3],
    ]);
    const activityArn = "arn:aws:states:us-east-1:000000000000:activity:a";
    for (const engine of engines) engine.activityChanged(activityArn, true);
    const [one, two] = engines as [Engine, Engine];
    const state = { Type: "Task", Resource: activityArn, End: true };
    const first = await startMachine(one, { StartAt: "A", States: { A: state } }, { n: 1 });
    for (const [engine, executionArn] of [
      [one, first],
      [two, await start(two, nameIn(0, 4), { n: 2 })],
      [one, await start(two, nameIn(3, 4), { n: 3 })],
    ] as const) {
      const signal = new AbortController().signal;
      const task = await engine.takeActivityTask(activityArn, "worker", 5_000, signal);
      if (task === undefined) throw new Error("there is no task");
      const answered = await two.completeTask(task.taskToken, {
        type: "success",
        output: task.input,
      });
      expect(answered).toBe("accepted");
      await ended(one, executionArn);
    }
  });
});

describe("a Map Run over partitions of two engines", () => {
  const items = { Resource: "arn:aws:states:::s3:getObject", Parameters: { Count: 60 } };
  const definition = distributedMap({ ItemReader: items, MaxConcurrency: 7 });

  test("hears of the end of every child, and can be asked and changed from both", async () => {
    const store = createMemoryStore({ partitions: 5 });
    const { engines, called, failures } = await group(store, [
      [0, 3],
      [1, 2, 4],
    ]);
    const [one, two] = engines as [Engine, Engine];
    const executionArn = await startMachine(one, definition);
    while (called.length < 10) await nextTurn();
    const run = await mapRunOf(one, executionArn);
    if (run === undefined) throw new Error("there is no Map Run");
    const { mapRunArn } = run;
    for (const engine of engines) {
      expect(await engine.mapRun(mapRunArn)).toMatchObject({ status: "RUNNING" });
      expect(await engine.updateMapRun(mapRunArn, { maxConcurrency: 20 })).toBe(true);
    }
    await ended(two, executionArn);
    expect(await two.mapRun(mapRunArn)).toMatchObject({
      status: "SUCCEEDED",
      maxConcurrency: 20,
      itemCounts: { total: 60, succeeded: 60, running: 0 },
    });
    expect(called.map(Number).sort((left, right) => left - right)).toEqual(
      Array.from({ length: 60 }, (_, index) => index),
    );
    for (const partition of [0, 1, 2, 3, 4]) {
      expect(await store.messages(partition, 10)).toEqual([]);
    }
    expect(failures).toEqual([]);
  });

  test("goes on with its new owner, and starts no child twice", async () => {
    const store = createMemoryStore({ partitions: 3 });
    const { engines, failures } = await group(store, [[0, 1, 2], []]);
    const [one, two] = engines as [Engine, Engine];
    const executionArn = await startMachine(one, definition);
    for (let moves = 0; moves < 6; moves++) {
      const [from, to] = moves % 2 === 0 ? [one, two] : [two, one];
      for (const partition of [0, 1, 2]) {
        await from.ownership.giveUp(partition, 1_000);
        await to.ownership.takeOver([partition]);
      }
    }
    await ended(two, executionArn);
    const described = await one.describeExecution(executionArn);
    expect(described?.record.status).toBe("SUCCEEDED");
    expect(described?.output?.value).toEqual(Array.from({ length: 60 }, (_, index) => index));
    expect(failures).toEqual([]);
  });
});

describe("partitions that go from one engine to the other while all is under way", () => {
  test("every execution ends once, with its own output, and every parent hears of its child", async () => {
    const store = createMemoryStore({ partitions: 6 });
    const { engines, failures, lost } = await group(store, [
      [0, 1, 2],
      [3, 4, 5],
    ]);
    const [one, two] = engines as [Engine, Engine];
    await startMachine(one, nestedTasks, { depth: 0, n: -1 });
    let isOver = false;
    const moving = (async () => {
      for (let moves = 0; !isOver; moves++) {
        const partition = moves % 6;
        const [from, to] = one.ownership.partitions.includes(partition) ? [one, two] : [two, one];
        await from.ownership.giveUp(partition, 10_000);
        await to.ownership.takeOver([partition]);
        // A turn in which each has an owner: whoever looks for one finds it.
        await nextTurn();
      }
    })();
    const arns = await Promise.all(
      Array.from({ length: 120 }, async (_, n) => {
        const engine = n % 2 === 0 ? one : two;
        const executionArn = await start(engine, `n${n}`, { depth: n % 4, n });
        await ended(engine, executionArn);
        return executionArn;
      }),
    );
    isOver = true;
    await moving;
    for (const [n, executionArn] of arns.entries()) {
      const described = await two.describeExecution(executionArn);
      expect(described?.record.status).toBe("SUCCEEDED");
      expect(described?.output?.value).toEqual({ depth: 0, n });
      const types = await typesOf(one, executionArn);
      expect(types.filter((type) => type === "ExecutionStarted")).toHaveLength(1);
      expect(types.filter((type) => type === "ExecutionSucceeded")).toHaveLength(1);
    }
    expect(failures).toEqual([]);
    expect(lost).toEqual([]);
  }, 60_000);
});

test("an attempt that is cut off where there is no time to finish fails as unknown at the next owner", async () => {
  const store = createMemoryStore({ partitions: 3 });
  const made = await group(store, [[0, 1, 2], []]);
  const { engines, called, failures } = made;
  const [one, two] = engines as [Engine, Engine];
  await ended(one, await startMachine(one, oneTask));
  called.length = 0;
  made.turns = Number.POSITIVE_INFINITY;
  const executionArn = await start(one, nameIn(1, 3), { n: 1 });
  const other = await start(one, nameIn(2, 3), { n: 2 });
  while (called.length < 2) await nextTurn();
  await one.ownership.giveUp(1, 0);
  made.turns = 3;
  await two.ownership.takeOver([1]);
  await ended(one, executionArn);
  const types = await typesOf(two, executionArn);
  expect(types.filter((type) => type.startsWith("Lambda"))).toEqual([
    "LambdaFunctionScheduled",
    "LambdaFunctionStarted",
    "LambdaFunctionFailed",
    "LambdaFunctionScheduled",
    "LambdaFunctionStarted",
    "LambdaFunctionSucceeded",
  ]);
  await ended(two, other);
  expect(await typesOf(two, other)).not.toContain("LambdaFunctionFailed");
  expect(failures).toEqual([]);
});

test("a start that is under way while its partition is given up is done whole, here or by the next owner", async () => {
  const store = createMemoryStore({ partitions: 1 });
  const { engines, failures } = await group(store, [[0], []]);
  const [one, two] = engines as [Engine, Engine];
  await ended(one, await startMachine(one, oneTask));
  // The partition goes at each moment of the start.
  for (let turns = 0; turns < 40; turns++) {
    const starting = start(one, `moment-${turns}`, { n: turns });
    for (let turn = 0; turn < turns; turn++) await Promise.resolve();
    await one.ownership.giveUp(0, 1_000);
    await two.ownership.takeOver([0]);
    const executionArn = await starting;
    await ended(one, executionArn);
    expect(await typesOf(two, executionArn)).not.toContain("LambdaFunctionFailed");
    await two.ownership.giveUp(0, 1_000);
    await one.ownership.takeOver([0]);
  }
  expect(failures).toEqual([]);
});

describe("who waits for the end of an execution in a partition that moves meanwhile", () => {
  async function waiting(signal = new AbortController().signal) {
    const store = createMemoryStore({ partitions: 2 });
    const made = await group(store, [[0, 1], []]);
    const [one, two] = made.engines as [Engine, Engine];
    await ended(one, await startMachine(one, oneTask));
    made.called.length = 0;
    made.turns = Number.POSITIVE_INFINITY;
    const executionArn = await start(one, nameIn(1, 2), { n: 1 });
    while (made.called.length < 1) await nextTurn();
    const end = one.waitUntilClosed(executionArn, 20_000, signal);
    return { made, one, two, executionArn, end };
  }

  test("waits on at the next owner when the partition is given up", async () => {
    const { made, one, two, executionArn, end } = await waiting();
    await one.ownership.giveUp(1, 0);
    made.turns = 3;
    await two.ownership.takeOver([1]);
    await end;
    expect((await one.describeExecution(executionArn))?.record.status).toBe("SUCCEEDED");
  });

  test("waits on at the next owner when the partition is lost", async () => {
    const { made, one, two, executionArn, end } = await waiting();
    made.turns = 3;
    await two.ownership.takeOver([1]);
    one.ownership.lose(1, new PartitionLost("the lease of this node has run out"));
    await end;
    expect((await one.describeExecution(executionArn))?.record.status).toBe("SUCCEEDED");
  });

  test("leaves when it wants to, wherever it waits by then", async () => {
    const caller = new AbortController();
    const { one, two, executionArn, end } = await waiting(caller.signal);
    await one.ownership.giveUp(1, 0);
    await two.ownership.takeOver([1]);
    caller.abort();
    await end;
    expect((await one.describeExecution(executionArn))?.record.status).toBe("RUNNING");
  });
});

describe("a partition that another process has taken", () => {
  /** One engine has both partitions, until the other takes the second without a word. */
  async function taken(definition: object) {
    const store = createMemoryStore({ partitions: 2 });
    const made = await group(store, [[0, 1], []]);
    const [one, two] = made.engines as [Engine, Engine];
    await ended(one, await startMachine(one, definition, { depth: 0, n: 0 }));
    made.called.length = 0;
    await two.ownership.takeOver([1]);
    return { made, one, two };
  }

  test("is dropped, with what was in its memory, and the others go on", async () => {
    const { made, one, two } = await taken(oneTask);
    const { lost, failures, called } = made;
    const executionArn = await start(one, nameIn(1, 2), { n: 1 });
    expect(lost).toEqual([[0, 1]]);
    expect(one.ownership.partitions).toEqual([0]);
    await ended(one, await start(one, nameIn(0, 2), { n: 2 }));
    await two.ownership.giveUp(1, 1_000);
    await one.ownership.takeOver([1]);
    await ended(one, executionArn);
    const described = await one.describeExecution(executionArn);
    expect(described?.record.status).toBe("SUCCEEDED");
    expect(called).toEqual(expect.arrayContaining([{ n: 1 }, { n: 2 }]));
    expect(called).toHaveLength(2);
    expect(failures).toEqual([]);
  });

  test("does not fail the task of another that starts an execution there: the next owner is asked", async () => {
    const { made, one } = await taken(nestedTasks);
    const { lost, mistakes, called } = made;
    const executionArn = await start(one, nameIn(0, 2, 1), { depth: 1, n: 5 });
    await ended(one, executionArn);
    expect(lost).toEqual([[0, 1]]);
    expect(mistakes).toEqual([]);
    expect(await typesOf(one, executionArn)).not.toContain("TaskFailed");
    expect((await one.describeExecution(executionArn))?.output?.value).toEqual({ depth: 0, n: 5 });
    expect(called).toEqual([{ depth: 0, n: 5 }]);
  });

  test("has what is delivered to its executions delivered to the next owner", async () => {
    const { made, one, two } = await taken(oneTask);
    made.turns = Number.POSITIVE_INFINITY;
    const executionArn = await start(two, nameIn(1, 2), { n: 1 });
    expect(await one.stopExecution(executionArn, {})).toBeDefined();
    expect(made.lost).toEqual([[0, 1]]);
    const types = await typesOf(two, executionArn);
    expect(types.filter((type) => type === "ExecutionAborted")).toHaveLength(1);
  });

  test("leaves an attempt that was about to record what it has submitted to the next owner", async () => {
    const { made, one, two } = await taken(nestedTasks);
    made.beforeSubmission = () => two.ownership.takeOver([0]);
    const executionArn = await start(one, nameIn(0, 2, 1), { depth: 1, n: 7 });
    while (made.lost.length < 2) await nextTurn();
    await ended(two, executionArn);
    expect(made.mistakes).toEqual([]);
    // As of any attempt that was cut off, nobody knows what came of it.
    expect(await two.describeExecution(executionArn)).toMatchObject({
      record: { status: "FAILED" },
      error: "States.TaskFailed",
    });
  });

  test("does not keep who takes an abandoned Map Run over from stopping its children", async () => {
    const store = createMemoryStore({ partitions: 2 });
    const { engines, lost, failures } = await group(store, [[0, 1], []]);
    const [one, two] = engines as [Engine, Engine];
    const wait = { Type: "Wait", Seconds: 86_400, End: true };
    const items = { Resource: "arn:aws:states:::s3:getObject", Parameters: { "Count.$": "$.n" } };
    const ItemProcessor = {
      ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
      StartAt: "Wait",
      States: { Wait: wait },
    };
    await startMachine(one, distributedMap({ ItemReader: items, ItemProcessor }), { n: 0 });
    const executionArn = await start(one, nameIn(0, 2), { n: 12 });
    while ((await mapRunOf(one, executionArn))?.itemCounts.running !== 12) await nextTurn();
    // As if its owner had been killed between the end of the execution and that of the run.
    await one.ownership.giveUp(0, 0);
    await store.commit({
      partition: 0,
      epoch: await store.acquire(0),
      sequence: 1,
      writes: [{ executionArn, closed: { status: "ABORTED", stopDate: Date.now() } }],
      messagesSent: [],
      messagesDelivered: [],
    });
    await two.ownership.takeOver([1]);
    expect(await one.ownership.takeOver([0])).toEqual([0]);
    expect(lost).toEqual([[0, 1]]);
    expect(failures).toEqual([]);
    expect(await mapRunOf(one, executionArn)).toMatchObject({
      status: "ABORTED",
      itemCounts: { total: 12, running: 0, aborted: 12 },
    });
  });
});

describe("a partition that is lost because the store cannot be reached for a while", () => {
  const gone = new StoreFailure("unavailable", "The database cannot be reached.");

  /** One engine has both partitions; the next commit of the second is the last that it sends. */
  async function cutOff(others: boolean) {
    let fault: CommitFault | undefined;
    const memory = createMemoryStore({
      partitions: 2,
      beforeCommit({ partition }) {
        const now = partition === 1 ? fault : undefined;
        if (now !== undefined) fault = undefined;
        return now;
      },
    });
    // What has become of a commit is asked of a database that is still gone.
    const store = { ...memory, resolve: () => Promise.reject(gone) };
    const made = await group(store, others ? [[0, 1], []] : [[0, 1]], others);
    const [one, two] = made.engines as [Engine, Engine];
    const input = { depth: 0, n: 0 };
    await ended(one, await startMachine(one, oneTask, input));
    made.called.length = 0;
    const failNext = (next: CommitFault): void => {
      fault = next;
    };
    const isLost = async (): Promise<void> => {
      while (made.lost.length === 0) await nextTurn();
    };
    return { made, one, two, failNext, isLost };
  }

  const faults: CommitFault[] = ["unknown, written", "unknown, not written", gone];

  test.each(faults)("has a start begun in it done once by the next owner (%s)", async (fault) => {
    const { made, one, two, failNext, isLost } = await cutOff(true);
    const name = nameIn(1, 2);
    failNext(fault);
    const started = start(one, name, { n: 1 });
    await isLost();
    await two.ownership.takeOver([1]);
    const executionArn = await started;
    expect(await start(one, name, { n: 1 })).toBe(executionArn);
    await ended(one, executionArn);
    expect(made.called).toEqual([{ n: 1 }]);
    const types = await typesOf(two, executionArn);
    expect(types.filter((type) => type === "ExecutionStarted")).toHaveLength(1);
    expect(made.failures).toEqual([]);
  });

  test.each(faults)("has what was delivered in it delivered once (%s)", async (fault) => {
    const { made, one, two, failNext, isLost } = await cutOff(true);
    made.turns = Number.POSITIVE_INFINITY;
    const executionArn = await start(one, nameIn(1, 2), { n: 1 });
    while (made.called.length < 1) await nextTurn();
    failNext(fault);
    const stopped = one.stopExecution(executionArn, {});
    await isLost();
    await two.ownership.takeOver([1]);
    expect(await stopped).toBeDefined();
    const types = await typesOf(two, executionArn);
    expect(types.filter((type) => type === "ExecutionAborted")).toHaveLength(1);
    expect(made.failures).toEqual([]);
  });

  test("fails what was begun in it as something that passes where nobody else can have it", async () => {
    const { one, failNext } = await cutOff(false);
    failNext("unknown, written");
    const failure = await start(one, nameIn(1, 2), { n: 1 }).catch((thrown: unknown) => thrown);
    expect(failure).toBe(gone);
  });

  test("but not because its disk is full: that ends the server, and fails at once", async () => {
    const { made, one, failNext } = await cutOff(true);
    const full = new StoreFailure("full", "There is no space left.");
    failNext(full);
    const failure = await start(one, nameIn(1, 2), { n: 1 }).catch((thrown: unknown) => thrown);
    expect(failure).toBe(full);
    expect(made.failures).toEqual([full]);
  });
});
