import { expect, test } from "vitest";
import { parseDefinition } from "../../src/asl/parse-definition.ts";
import { Payload } from "../../src/expression/payload.ts";
import { awsLimits } from "../../src/machine/limits.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { Store } from "../../src/ports/store.ts";
import type { TaskMocks } from "../../src/ports/task-mocks.ts";
import { createEngine } from "../../src/runtime/create-engine.ts";
import type { Engine } from "../../src/runtime/engine.ts";
import { systemIds } from "../../src/runtime/system-ids.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import { fakeReader, fakeWriter } from "./map-run-fixture.ts";

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** Answers every task of the case with its attempt. */
const numbering: TaskMocks = {
  testCases: () => ["Case"],
  answer: ({ attempt }) => ({ type: "return", output: Payload.ofValue(attempt) }),
};

function clockAt(now: number): Clock {
  return {
    now: () => now,
    schedule(at, wake) {
      if (at <= now) setImmediate(wake);
      return () => {};
    },
  };
}

async function engineWith(store: Store, now: number, mocks?: TaskMocks): Promise<Engine> {
  return createEngine({
    store,
    clock: clockAt(now),
    ids: systemIds,
    logger: silent,
    handlers: { find: () => expect.unreachable("a call is made") },
    limits: awsLimits,
    mapRunIo: () => ({ reader: fakeReader, writer: fakeWriter() }),
    onFailure: (reason) => expect.unreachable(reason.message),
    ...(mocks === undefined ? {} : { mocks }),
  });
}

const resources = {
  activity: "arn:aws:states:us-east-1:000000000000:activity:a",
  function: "arn:aws:lambda:us-east-1:000000000000:function:f",
};

/** Calls, waits an hour, calls again, for ever. */
function loop(Resource: string): object {
  return {
    StartAt: "Call",
    States: {
      Call: { Type: "Task", Resource, ResultPath: "$.attempt", Next: "Again?" },
      "Again?": {
        Type: "Choice",
        Choices: [{ Variable: "$.attempt", NumericLessThan: 2, Next: "Wait" }],
        Default: "Done",
      },
      Wait: { Type: "Wait", Seconds: 3600, Next: "Call" },
      Done: { Type: "Succeed" },
    },
  };
}

async function start(engine: Engine, definition: object): Promise<string> {
  const text = JSON.stringify(definition);
  const { definition: parsed } = parseDefinition(text);
  if (parsed === undefined) throw new Error("the definition is wrong");
  const stateMachineArn = "arn:aws:states:us-east-1:000000000000:stateMachine:M";
  const record = {
    stateMachineArn,
    name: "M",
    type: "STANDARD",
    status: "ACTIVE",
    createdAt: 1,
    revisionId: "r",
    tags: {},
  } as const;
  const revision = {
    stateMachineArn,
    revisionId: "r",
    initial: true,
    createdAt: 1,
    definition: text,
    roleArn: "arn:aws:iam::000000000000:role/r",
  };
  await engine.directory.put(record, revision);
  const { executionArn } = await engine.startExecution({
    stateMachine: { record, revision, definition: parsed },
    input: Payload.ofText("{}"),
    testCase: "Case",
  });
  return executionArn;
}

const hour = 3_600_000;

test.each(Object.entries(resources))(
  "after restarts a test case goes on with the next attempt (%s)",
  async (_, resource) => {
    const store = createMemoryStore();
    let executionArn = "";
    for (let restart = 0; restart < 3; restart++) {
      const engine = await engineWith(store, 1_000_000 + restart * hour, numbering);
      if (restart === 0) executionArn = await start(engine, loop(resource));
      const attemptsDone = async (): Promise<number> => {
        const history = await engine.history(executionArn, { limit: 100, reverse: false });
        return history?.events.filter(({ type }) => type === "TaskStateExited").length ?? 0;
      };
      await expect.poll(attemptsDone).toBe(restart + 1);
      // The store outlives the engine here: nothing is let go of, as after a crash.
    }
    const last = await engineWith(store, 1_000_000 + 3 * hour, numbering);
    await expect
      .poll(async () => (await last.describeExecution(executionArn))?.output?.value)
      .toEqual({ attempt: 2 });
  },
);

test.each(Object.entries(resources))(
  "a mocked task that a crash left without an answer is answered by the next process (%s)",
  async (_, resource) => {
    const store = createMemoryStore();
    // The first commit has the start and that the task is scheduled; no later one ever comes to an end.
    const dying: Store = {
      ...store,
      commit: (batch) => (batch.sequence === 1 ? store.commit(batch) : new Promise(() => {})),
    };
    const executionArn = await start(await engineWith(dying, 1_000_000, numbering), loop(resource));
    const second = await engineWith(store, 1_000_000, numbering);
    const types = async () =>
      (await second.history(executionArn, { limit: 100, reverse: false }))?.events.map(
        ({ type }) => type,
      );
    await expect.poll(types).toContain("TaskStateExited");
    expect(await types()).not.toContain("LambdaFunctionFailed");
  },
);

test("without the mock configuration a test case fails instead of making real calls", async () => {
  const store = createMemoryStore();
  const first = await engineWith(store, 1_000_000, numbering);
  const executionArn = await start(first, loop(resources.function));
  await expect
    .poll(
      async () => (await first.history(executionArn, { limit: 9, reverse: true }))?.events[0]?.type,
    )
    .toBe("WaitStateEntered");
  const second = await engineWith(store, 1_000_000 + hour);
  await expect
    .poll(async () => (await second.describeExecution(executionArn))?.record.status)
    .toBe("FAILED");
  const described = await second.describeExecution(executionArn);
  expect(described).toMatchObject({ error: "States.Runtime" });
  expect(described?.cause).toContain(
    "The execution runs as the test case 'Case' of 'M', which is not in a mock configuration that this server has loaded.",
  );
});
