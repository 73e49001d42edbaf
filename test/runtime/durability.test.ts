import { describe, expect, test } from "vitest";
import type { JsonValue } from "../../src/expression/json.ts";
import { Payload } from "../../src/expression/payload.ts";
import { awsLimits } from "../../src/machine/limits.ts";
import type { Clock } from "../../src/ports/clock.ts";
import { type Store, StoreFailure } from "../../src/ports/store.ts";
import type { TaskHandler } from "../../src/ports/task-handler.ts";
import { createEngine } from "../../src/runtime/create-engine.ts";
import type { Engine } from "../../src/runtime/engine.ts";
import { systemIds } from "../../src/runtime/system-ids.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import {
  fakeFunction,
  fakeReader,
  fakeWriter,
  machineArn,
  startMachine,
} from "./map-run-fixture.ts";
import { stepClock } from "./step-clock.ts";

const silent = { debug() {}, info() {}, warn() {}, error() {} };

async function engineWith(
  store: Store,
  clock: Clock,
  failures: Error[] = [],
  behave: (event: JsonValue) => JsonValue | Error = (event) => event,
): Promise<Engine> {
  return createEngine({
    store,
    clock,
    ids: systemIds,
    logger: silent,
    handlers: fakeFunction(behave).handlers,
    limits: awsLimits,
    mapRunIo: () => ({ reader: fakeReader, writer: fakeWriter() }),
    onFailure: (reason) => failures.push(reason),
  });
}

const waiting = (seconds: number): object => ({
  StartAt: "W",
  States: { W: { Type: "Wait", Seconds: seconds, End: true } },
});

const task = {
  StartAt: "T",
  States: {
    T: { Type: "Task", Resource: "arn:aws:lambda:us-east-1:000000000000:function:f", End: true },
  },
};

test("an execution that ran into its time limit shows neither error nor cause, and ended just then", async () => {
  const store = createMemoryStore();
  const clock = stepClock();
  const engine = await engineWith(store, clock);
  const executionArn = await startMachine(engine, { TimeoutSeconds: 60, ...waiting(3_600) });
  // Nobody looks at the time until long after.
  clock.advance(3_000_000);
  await engine.waitUntilClosed(executionArn, 5_000, new AbortController().signal);
  for (const asked of [engine, await engineWith(store, clock)]) {
    const described = await asked.describeExecution(executionArn);
    const { status, startDate, stopDate } = described?.record ?? { startDate: 0, stopDate: 0 };
    expect(status).toBe("TIMED_OUT");
    expect(stopDate).toBe(startDate + 60_000);
    expect(described).not.toHaveProperty("error");
    expect(described).not.toHaveProperty("cause");
  }
});

describe("an execution that waits for long", () => {
  const scope = machineArn.slice(0, machineArn.lastIndexOf(":"));

  test("of a Standard machine that is called express has more than five minutes", async () => {
    const store = createMemoryStore();
    const clock = stepClock();
    const engine = await engineWith(store, clock);
    const executionArn = await startMachine(engine, waiting(3_600), {}, `${scope}:express`);
    clock.advance(3_600_000);
    const status = async () => (await engine.describeExecution(executionArn))?.record.status;
    await expect.poll(status).toBe("SUCCEEDED");
  });

  test("leaves memory, and is woken when it is time", async () => {
    const store = createMemoryStore();
    const clock = stepClock();
    const engine = await engineWith(store, clock);
    const executionArn = await startMachine(engine, waiting(3_600));
    expect(await store.nextWake(0)).toBe(clock.now() + 3_600_000);
    expect((await store.resident(0, { limit: 10 })).items).toEqual([]);
    clock.advance(3_600_000);
    await expect
      .poll(async () => (await engine.describeExecution(executionArn))?.record.status)
      .toBe("SUCCEEDED");
  });

  test("is woken by the next process if its time came between the two", async () => {
    const store = createMemoryStore();
    const clock = stepClock();
    const first = await engineWith(store, clock);
    const executionArn = await startMachine(first, waiting(60));
    const later = stepClock();
    later.advance(120_000);
    const second = await engineWith(store, later);
    later.advance(0);
    await expect
      .poll(async () => (await second.describeExecution(executionArn))?.record.status)
      .toBe("SUCCEEDED");
  });

  test("can be stopped while it is away", async () => {
    const store = createMemoryStore();
    const engine = await engineWith(store, stepClock());
    const executionArn = await startMachine(engine, waiting(3_600));
    expect(await engine.stopExecution(executionArn, { error: "Enough" })).toBeDefined();
    expect(await engine.describeExecution(executionArn)).toMatchObject({
      record: { status: "ABORTED" },
      error: "Enough",
    });
  });
});

describe("an execution whose journal cannot be folded", () => {
  /** The store with an event in the named execution's journal that no engine can have written. */
  function spoiled(store: Store, executionArn: string): Store {
    return {
      ...store,
      journals: async (executionArns) =>
        (await store.journals(executionArns)).map((entry) =>
          entry.record.executionArn === executionArn
            ? {
                ...entry,
                chunks: entry.chunks.map((chunk) => ({ ...chunk, data: "not a journal" })),
              }
            : entry,
        ),
    };
  }

  test("does not keep the engine from starting, nor the others from waking", async () => {
    const store = createMemoryStore();
    const first = await engineWith(store, stepClock());
    const spoiltArn = await startMachine(first, waiting(60));
    const stateMachine = await first.directory.get(machineArn);
    if (stateMachine === undefined) throw new Error("the machine is gone");
    const started = await first.startExecution({ stateMachine, input: Payload.ofValue({}) });
    const soundArn = started.executionArn;
    const later = stepClock();
    later.advance(120_000);
    const failures: Error[] = [];
    const second = await engineWith(spoiled(store, spoiltArn), later, failures);
    later.advance(0);
    await expect
      .poll(async () => (await second.describeExecution(soundArn))?.record.status)
      .toBe("SUCCEEDED");
    expect((await store.execution(spoiltArn))?.status).toBe("RUNNING");
    expect(failures).toEqual([]);
  });
});

describe("a commit", () => {
  test("whose answer was lost but that happened is as good as any", async () => {
    let faults = 1;
    const store = createMemoryStore({
      beforeCommit: () => (faults-- > 0 ? "unknown, written" : undefined),
    });
    const failures: Error[] = [];
    const engine = await engineWith(store, stepClock(), failures);
    const executionArn = await startMachine(engine, task);
    await engine.waitUntilClosed(executionArn, 5_000, new AbortController().signal);
    expect((await engine.describeExecution(executionArn))?.record.status).toBe("SUCCEEDED");
    expect(failures).toEqual([]);
  });

  test.each(["unknown, not written" as const, new StoreFailure("full", "The disk is full.")])(
    "that did not happen (%s) ends the engine, and the start is refused",
    async (fault) => {
      let faults = 1;
      const store = createMemoryStore({
        beforeCommit: () => (faults-- > 0 ? fault : undefined),
      });
      const failures: Error[] = [];
      const engine = await engineWith(store, stepClock(), failures);
      await expect(startMachine(engine, task)).rejects.toThrow();
      expect(failures).toHaveLength(1);
      await expect(startMachine(engine, task)).rejects.toThrow();
    },
  );

  test("of another owner ends the engine that lost the partition", async () => {
    const store = createMemoryStore();
    const failures: Error[] = [];
    const first = await engineWith(store, stepClock(), failures);
    await engineWith(store, stepClock());
    await expect(startMachine(first, task)).rejects.toThrow("another process");
    expect(failures).toHaveLength(1);
  });
});

test("an attempt that the process did not survive fails, and is not repeated", async () => {
  const store = createMemoryStore();
  const events: JsonValue[] = [];
  const hang = {
    find: () => ({
      handles: () => true,
      run: ({ parameters }: { parameters: { value: JsonValue } }) => {
        events.push(parameters.value);
        return new Promise<never>(() => {});
      },
    }),
  };
  const first = await createEngine({
    store,
    clock: stepClock(),
    ids: systemIds,
    logger: silent,
    handlers: hang,
    limits: awsLimits,
    mapRunIo: () => ({ reader: fakeReader, writer: fakeWriter() }),
    onFailure: () => {},
  });
  const executionArn = await startMachine(first, task, "once");
  await expect.poll(() => events.length).toBe(1);
  const second = await engineWith(store, stepClock());
  await second.waitUntilClosed(executionArn, 5_000, new AbortController().signal);
  expect(await second.describeExecution(executionArn)).toMatchObject({
    record: { status: "FAILED" },
    error: "Lambda.Unknown",
  });
  expect(events).toEqual(["once"]);
});

test("a job is taken up by the next process with the role that it was submitted with", async () => {
  const store = createMemoryStore();
  const RoleArn = "arn:aws:iam::210987654321:role/other";
  const submitted = Payload.ofValue({ JobRunId: "j" });
  const resumed: (string | undefined)[] = [];
  const handler: TaskHandler = {
    handles: () => true,
    async run(_request, control) {
      await control.submitted(submitted);
      // It is waited for as long as the process lives.
      return new Promise(() => {});
    },
    async resume({ credentialsRoleArn }, submission) {
      resumed.push(credentialsRoleArn);
      return { type: "succeeded", output: submission };
    },
  };
  const open = () =>
    createEngine({
      store,
      clock: stepClock(),
      ids: systemIds,
      logger: silent,
      handlers: { find: () => handler },
      limits: awsLimits,
      mapRunIo: () => ({ reader: fakeReader, writer: fakeWriter() }),
      onFailure: () => {},
    });
  const job = {
    Type: "Task",
    Resource: "arn:aws:states:::glue:startJobRun.sync",
    Parameters: { JobName: "j" },
    Credentials: { RoleArn },
    End: true,
  };
  const first = await open();
  const executionArn = await startMachine(first, { StartAt: "J", States: { J: job } });
  const submittedTypes = async () =>
    (await first.history(executionArn, { limit: 10, reverse: false }))?.events.map(
      ({ type }) => type,
    );
  await expect.poll(submittedTypes).toContain("TaskSubmitted");
  const second = await open();
  await second.waitUntilClosed(executionArn, 5_000, new AbortController().signal);
  const described = await second.describeExecution(executionArn);
  expect(described?.output?.value).toEqual({ JobRunId: "j" });
  expect(resumed).toEqual([RoleArn]);
});

test("whoever waits for an Express execution that cannot be decided is told so, and nothing of it is left", async () => {
  const store = createMemoryStore();
  const engine = await createEngine({
    store,
    clock: stepClock(),
    ids: systemIds,
    logger: silent,
    handlers: fakeFunction((event) => event).handlers,
    limits: awsLimits,
    mapRunIo: () => ({ reader: fakeReader, writer: fakeWriter() }),
    // Asked while the state is decided: as if that had a mistake.
    refuseParameters: () => {
      throw new Error("odd");
    },
    onFailure: (reason) => {
      throw reason;
    },
  });
  const stateMachineArn = machineArn;
  const revisionId = "r1";
  await engine.directory.put(
    {
      stateMachineArn,
      name: "M",
      type: "EXPRESS",
      status: "ACTIVE",
      createdAt: 0,
      revisionId,
      tags: {},
    },
    {
      stateMachineArn,
      revisionId,
      initial: true,
      createdAt: 0,
      definition: JSON.stringify(task),
      roleArn: "arn:aws:iam::000000000000:role/R",
    },
  );
  const stateMachine = await engine.directory.get(stateMachineArn);
  if (stateMachine === undefined) throw new Error("the machine is gone");
  const input = Payload.ofValue({});
  await expect(engine.startSyncExecution({ stateMachine, input })).rejects.toThrow(
    "stopped by a mistake of the engine",
  );
  expect(engine.expressHistories.list({}, { limit: 10 }).records).toEqual([]);
});
