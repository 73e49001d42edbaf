import { describe, expect, test } from "vitest";
import type { SdkClients } from "../../src/integrations/aws/sdk-clients.ts";
import { createTaskHandlers } from "../../src/integrations/task-handlers.ts";
import { awsLimits } from "../../src/machine/limits.ts";
import type { Store } from "../../src/ports/store.ts";
import { createEngine } from "../../src/runtime/create-engine.ts";
import type { Engine } from "../../src/runtime/engine.ts";
import { systemIds } from "../../src/runtime/system-ids.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import { fakeReader, fakeWriter, startMachine } from "./map-run-fixture.ts";
import { standInEks } from "./stand-in-eks.ts";
import { InvalidRequestException, standInAthena, type StandInAthena } from "./stand-in-athena.ts";
import { type StepClock, stepClock } from "./step-clock.ts";

const query = (more: object = {}): object => ({
  Type: "Task",
  Resource: "arn:aws:states:::athena:startQueryExecution.sync",
  Parameters: { QueryString: "SELECT 1" },
  End: true,
  ...more,
});
const oneQuery = (more: object = {}): object => ({ StartAt: "Q", States: { Q: query(more) } });

interface Server {
  readonly engine: Engine;
  readonly clock: StepClock;
  readonly warnings: string[];
}

/** A process of its own: its clock stands still until it is moved. */
async function server(store: Store, clients: SdkClients): Promise<Server> {
  const clock = stepClock();
  const warnings: string[] = [];
  const logger = {
    debug() {},
    info() {},
    warn: (message: string) => void warnings.push(message),
    error: (message: string) => void warnings.push(message),
  };
  const handlers = createTaskHandlers({
    clock,
    ids: systemIds,
    logger,
    stepFunctions: { call: () => Promise.reject(new Error("no call was expected")) },
    region: "us-east-1",
    accountId: "000000000000",
    clients,
  });
  const engine = await createEngine({
    store,
    clock,
    ids: systemIds,
    logger,
    handlers,
    limits: awsLimits,
    mapRunIo: () => ({ reader: fakeReader, writer: fakeWriter() }),
    onFailure: () => {},
  });
  return { engine, clock, warnings };
}

/** Moves the clock on until it is so: a minute at most is waited for by any look. */
async function until(clock: StepClock, isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let step = 0; step < 2_000; step++) {
    if (await isSo()) return;
    clock.advance(500);
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error("it did not come to be so");
}

async function typesOf(engine: Engine, executionArn: string): Promise<string[]> {
  const page = await engine.history(executionArn, { limit: 100, reverse: false });
  return (page?.events ?? []).map(({ type }) => type);
}

const closed = (engine: Engine, executionArn: string) => async (): Promise<boolean> =>
  (await engine.describeExecution(executionArn))?.record.status !== "RUNNING";

const submitted = (engine: Engine, executionArn: string) => async (): Promise<boolean> =>
  (await typesOf(engine, executionArn)).includes("TaskSubmitted");

function state(athena: StandInAthena, id: string, to: string): void {
  const known = athena.queries.get(id);
  if (known === undefined) throw new Error(`no query ${id}`);
  known.state = to;
}

async function submittedQuery(definition = oneQuery()) {
  // What is durable outlives the process.
  const store = { ...createMemoryStore(), close: () => Promise.resolve() };
  const athena = standInAthena();
  const first = await server(store, athena);
  const executionArn = await startMachine(first.engine, definition);
  await until(first.clock, submitted(first.engine, executionArn));
  return { store, athena, executionArn, ...first };
}

describe("a job that is looked at", () => {
  test("is submitted once, recorded, and its result is what describes it", async () => {
    const { athena, engine, clock, executionArn } = await submittedQuery();
    await until(clock, () => athena.calls.length > 3);
    state(athena, "q-1", "SUCCEEDED");
    await until(clock, closed(engine, executionArn));
    const { output } = (await engine.describeExecution(executionArn)) ?? {};
    expect(output?.value).toEqual({
      QueryExecution: {
        Query: "SELECT 1",
        QueryExecutionId: "q-1",
        Status: { CompletionDateTime: 1_767_323_045_060, State: "SUCCEEDED" },
      },
    });
    expect(await typesOf(engine, executionArn)).toEqual([
      "ExecutionStarted",
      "TaskStateEntered",
      "TaskScheduled",
      "TaskStarted",
      "TaskSubmitted",
      "TaskSucceeded",
      "TaskStateExited",
      "ExecutionSucceeded",
    ]);
    expect(athena.changes()).toEqual(["StartQueryExecution"]);
  });

  test.each(["FAILED", "CANCELLED"])("%s fails its task with what describes it", async (word) => {
    const { athena, engine, clock, executionArn } = await submittedQuery();
    state(athena, "q-1", word);
    await until(clock, closed(engine, executionArn));
    const { error, cause } = (await engine.describeExecution(executionArn)) ?? {};
    expect(error).toBe("States.TaskFailed");
    expect(JSON.parse(cause ?? "")).toMatchObject({
      QueryExecution: { QueryExecutionId: "q-1", Status: { State: word } },
    });
    expect(athena.changes()).toEqual(["StartQueryExecution"]);
  });

  test("is looked at ever more seldom", async () => {
    const { athena, clock } = await submittedQuery();
    const looksIn = async (ms: number): Promise<number> => {
      const before = athena.calls.length;
      const end = clock.now() + ms;
      await until(clock, () => clock.now() >= end);
      return athena.calls.length - before;
    };
    const early = await looksIn(60_000);
    await looksIn(240_000);
    const late = await looksIn(60_000);
    expect(early).toBeGreaterThanOrEqual(5);
    expect(late).toBeLessThanOrEqual(2);
    expect(late).toBeGreaterThanOrEqual(1);
  });

  test("goes with others in one look", async () => {
    const definition = {
      StartAt: "M",
      States: { M: { Type: "Map", ItemProcessor: oneQuery(), End: true } },
    };
    const store = createMemoryStore();
    const athena = standInAthena();
    const { engine, clock } = await server(store, athena);
    const executionArn = await startMachine(engine, definition, [1, 2, 3]);
    await until(clock, () => athena.queries.size === 3);
    for (const id of athena.queries.keys()) state(athena, id, "SUCCEEDED");
    await until(clock, () =>
      athena.calls.some(({ operation }) => operation === "BatchGetQueryExecution"),
    );
    await until(clock, closed(engine, executionArn));
    const described = await engine.describeExecution(executionArn);
    const of = (id: string) => ({ QueryExecution: { QueryExecutionId: id } });
    expect(described?.output?.value).toMatchObject([of("q-1"), of("q-2"), of("q-3")]);
  });
});

describe("when the server that waits for a job", () => {
  test("is killed, the next one takes the job up and submits nothing", async () => {
    const { store, athena, executionArn } = await submittedQuery();
    const second = await server(store, athena);
    await until(second.clock, () => athena.calls.length > 3);
    state(athena, "q-1", "SUCCEEDED");
    await until(second.clock, closed(second.engine, executionArn));
    expect((await typesOf(second.engine, executionArn)).slice(-3)).toEqual([
      "TaskSucceeded",
      "TaskStateExited",
      "ExecutionSucceeded",
    ]);
    expect(athena.changes()).toEqual(["StartQueryExecution"]);
  });

  test("is stopped, it leaves at once, the job goes on, and the next one takes it up", async () => {
    const { store, athena, engine, executionArn } = await submittedQuery();
    // Else it would wait for an hour.
    await engine.shutdown(3_600_000);
    expect(athena.changes()).toEqual(["StartQueryExecution"]);
    const second = await server(store, athena);
    state(athena, "q-1", "SUCCEEDED");
    await until(second.clock, closed(second.engine, executionArn));
    expect((await second.engine.describeExecution(executionArn))?.record.status).toBe("SUCCEEDED");
    expect(athena.changes()).toEqual(["StartQueryExecution"]);
  });

  test("is followed by one that cannot take it up, the outcome is unknown and the task fails", async () => {
    const { store, executionArn } = await submittedQuery();
    const clock = stepClock();
    const engine = await createEngine({
      store,
      clock,
      ids: systemIds,
      logger: { debug() {}, info() {}, warn() {}, error() {} },
      handlers: { find: () => undefined },
      limits: awsLimits,
      mapRunIo: () => ({ reader: fakeReader, writer: fakeWriter() }),
      onFailure: () => {},
    });
    await until(clock, closed(engine, executionArn));
    expect(await engine.describeExecution(executionArn)).toMatchObject({
      error: "States.TaskFailed",
      cause: expect.stringContaining("outcome is unknown") as string,
    });
  });
});

describe("a job whose outcome no longer matters is cancelled", () => {
  test("by StopExecution", async () => {
    const { athena, engine, clock, executionArn } = await submittedQuery();
    await engine.stopExecution(executionArn, {});
    await until(clock, () => athena.changes().length === 2);
    expect(athena.calls.at(-1)).toEqual({
      operation: "StopQueryExecution",
      input: { QueryExecutionId: "q-1" },
    });
  });

  test("even if it was being submitted", async () => {
    const athena = standInAthena();
    const answer = Promise.withResolvers<void>();
    athena.hold("StartQueryExecution", answer.promise);
    const { engine, clock } = await server(createMemoryStore(), athena);
    const executionArn = await startMachine(engine, oneQuery());
    await until(clock, () => athena.calls.length === 1);
    await engine.stopExecution(executionArn, {});
    answer.resolve();
    await until(clock, () => athena.changes().length === 2);
    expect(athena.queries.get("q-1")?.state).toBe("CANCELLED");
  });

  test("by its time-out", async () => {
    const { athena, engine, clock, executionArn } = await submittedQuery(
      oneQuery({ TimeoutSeconds: 5 }),
    );
    await until(clock, () => athena.changes().length === 2);
    expect(athena.queries.get("q-1")?.state).toBe("CANCELLED");
    await until(clock, closed(engine, executionArn));
    expect((await engine.describeExecution(executionArn))?.error).toBe("States.Timeout");
  });

  test("by a sibling that fails", async () => {
    const sibling = {
      StartAt: "W",
      States: { W: { Type: "Wait", Seconds: 5, Next: "F" }, F: { Type: "Fail", Error: "No" } },
    };
    const { athena, clock } = await submittedQuery({
      StartAt: "P",
      States: { P: { Type: "Parallel", Branches: [oneQuery(), sibling], End: true } },
    });
    await until(clock, () => athena.changes().length === 2);
    expect(athena.changes()).toEqual(["StartQueryExecution", "StopQueryExecution"]);
  });

  test("before a server that is stopped leaves", async () => {
    const { athena, engine, clock, executionArn } = await submittedQuery();
    const answer = Promise.withResolvers<void>();
    athena.hold("StopQueryExecution", answer.promise);
    await engine.stopExecution(executionArn, {});
    let left = false;
    const leaving = engine.shutdown(3_600_000).then(() => (left = true));
    await until(clock, () => athena.changes().length === 2);
    expect(left).toBe(false);
    answer.resolve();
    await leaving;
    expect(athena.queries.get("q-1")?.state).toBe("CANCELLED");
  });

  test("again, if the first answer does not come; what cannot be cancelled is logged", async () => {
    const { athena, engine, clock, executionArn, warnings } = await submittedQuery();
    athena.fail("StopQueryExecution", new Error("socket hang up"), 1);
    athena.fail("StopQueryExecution", new InvalidRequestException("No."), 1);
    await engine.stopExecution(executionArn, {});
    await until(clock, () => warnings.length > 0);
    expect(warnings).toEqual(["A job whose outcome no longer matters could not be cancelled"]);
    expect(athena.changes()).toHaveLength(3);
  });
});

describe("a job that deletes something", () => {
  const deletion = {
    StartAt: "D",
    States: {
      D: {
        Type: "Task",
        Resource: "arn:aws:states:::eks:deleteCluster.sync",
        Parameters: { Name: "c" },
        End: true,
      },
    },
  };
  const answered = { Cluster: { Name: "c", Status: "DELETING" } };

  test("has succeeded when that is gone, and its result is the answer to the deletion", async () => {
    const eks = standInEks();
    const { engine, clock } = await server(createMemoryStore(), eks);
    const executionArn = await startMachine(engine, deletion);
    await until(clock, () => eks.calls.length > 2);
    expect(await closed(engine, executionArn)()).toBe(false);
    eks.status = undefined;
    await until(clock, closed(engine, executionArn));
    const { output } = (await engine.describeExecution(executionArn)) ?? {};
    expect(output?.value).toMatchObject(answered);
    expect(eks.calls.filter((operation) => operation === "DeleteCluster")).toHaveLength(1);
  });

  test("is so for the server that takes it up, too", async () => {
    const store = { ...createMemoryStore(), close: () => Promise.resolve() };
    const eks = standInEks();
    const first = await server(store, eks);
    const executionArn = await startMachine(first.engine, deletion);
    await until(first.clock, submitted(first.engine, executionArn));
    const second = await server(store, eks);
    eks.status = undefined;
    await until(second.clock, closed(second.engine, executionArn));
    const { output } = (await second.engine.describeExecution(executionArn)) ?? {};
    expect(output?.value).toMatchObject(answered);
    expect(eks.calls.filter((operation) => operation === "DeleteCluster")).toHaveLength(1);
  });

  test("fails its task if it fails", async () => {
    const eks = standInEks();
    const { engine, clock } = await server(createMemoryStore(), eks);
    const executionArn = await startMachine(engine, deletion);
    eks.status = "FAILED";
    await until(clock, closed(engine, executionArn));
    const { error, cause } = (await engine.describeExecution(executionArn)) ?? {};
    expect(error).toBe("States.TaskFailed");
    expect(JSON.parse(cause ?? "")).toEqual({ Cluster: { Name: "c", Status: "FAILED" } });
  });

  test("is not undone by an abort", async () => {
    const eks = standInEks();
    const { engine, clock } = await server(createMemoryStore(), eks);
    const executionArn = await startMachine(engine, deletion);
    await until(clock, submitted(engine, executionArn));
    await engine.stopExecution(executionArn, {});
    const end = clock.now() + 120_000;
    await until(clock, () => clock.now() > end);
    expect(eks.calls.filter((operation) => operation !== "DescribeCluster")).toEqual([
      "DeleteCluster",
    ]);
  });
});

describe("trouble with the service", () => {
  test.each([
    ["no key", {}, expect.stringMatching(/^[0-9a-f-]{36}$/)],
    ["a key that is null", { ClientRequestToken: null }, expect.stringMatching(/^[0-9a-f-]{36}$/)],
    ["the author's key", { ClientRequestToken: "mine" }, "mine"],
  ])(
    "with %s an answer to the submission that is lost is asked for again, and there is one job",
    async (_, more, token: unknown) => {
      const athena = standInAthena();
      athena.fail("StartQueryExecution", new Error("socket hang up"), 2);
      const { engine, clock } = await server(createMemoryStore(), athena);
      const Parameters = { QueryString: "SELECT 1", ...more };
      const executionArn = await startMachine(engine, oneQuery({ Parameters }));
      await until(clock, submitted(engine, executionArn));
      expect(athena.changes()).toHaveLength(3);
      expect([...athena.queries]).toEqual([["q-1", { state: "QUEUED", token }]]);
    },
  );

  test("a submission that is refused fails the task, and is not repeated", async () => {
    const athena = standInAthena();
    athena.fail("StartQueryExecution", new InvalidRequestException("Bad SQL"), 1);
    const { engine, clock } = await server(createMemoryStore(), athena);
    const executionArn = await startMachine(engine, oneQuery());
    await until(clock, closed(engine, executionArn));
    expect(await engine.describeExecution(executionArn)).toMatchObject({
      error: "Athena.InvalidRequestException",
      cause:
        "Bad SQL (Service: AmazonAthena; Status Code: 400; Error Code: InvalidRequestException; Request ID: r; Proxy: null)",
    });
    expect(athena.changes()).toEqual(["StartQueryExecution"]);
  });

  test.each([
    ["no answer", new Error("socket hang up")],
    ["a refusal for now", new InvalidRequestException("Slow", { name: "ThrottlingException" })],
    ["a service that is broken", new InvalidRequestException("Ouch", { status: 503 })],
    ["somebody who may not look", new InvalidRequestException("No", { status: 403 })],
  ])("%s to twenty looks does not end the job", async (_, error) => {
    const { athena, engine, clock, executionArn } = await submittedQuery();
    athena.fail("GetQueryExecution", error, 20);
    await until(clock, () => athena.calls.length > 21);
    state(athena, "q-1", "SUCCEEDED");
    await until(clock, closed(engine, executionArn));
    expect((await engine.describeExecution(executionArn))?.record.status).toBe("SUCCEEDED");
  });

  test("a job that is not there any more fails its task with the service's words", async () => {
    const { athena, engine, clock, executionArn } = await submittedQuery();
    athena.queries.clear();
    await until(clock, closed(engine, executionArn));
    expect(await engine.describeExecution(executionArn)).toMatchObject({
      error: "Athena.InvalidRequestException",
      cause: expect.stringContaining("QueryExecution q-1 was not found") as string,
    });
  });
});
