import { expect, test } from "vitest";
import { emptyObject } from "../../src/expression/payload.ts";
import type { ItemReader, ResultWriter } from "../../src/ports/map-run-io.ts";
import { type Store, StoreFailure } from "../../src/ports/store.ts";
import type { Engine } from "../../src/runtime/engine.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import {
  engineOver,
  fakeFunction,
  fakeReader,
  fakeWriter,
  machineArn,
  runToEnd,
  startMachine,
} from "./map-run-fixture.ts";

/** A distributed Map whose failure is caught, as any other state's would be. */
const caught = {
  StartAt: "M",
  States: {
    M: {
      Type: "Map",
      Label: "M",
      ItemReader: { Resource: "arn:aws:states:::s3:getObject", Parameters: { Count: 3 } },
      ItemProcessor: {
        ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
        StartAt: "T",
        States: {
          T: {
            Type: "Task",
            Resource: "arn:aws:lambda:us-east-1:000000000000:function:f",
            End: true,
          },
        },
      },
      Catch: [{ ErrorEquals: ["States.ALL"], Next: "C" }],
      End: true,
    },
    C: { Type: "Pass", End: true },
  },
};

/** What our own code throws where it is wrong. */
const mistake = (): never => {
  throw new TypeError("undefined is not a function");
};

const brokenReader: ItemReader = {
  async *open(request) {
    for await (const item of fakeReader.open(request)) {
      yield item;
      mistake();
    }
  },
};
const brokenWriter: ResultWriter = { open: async () => mistake() };

/** A store that fails at one method of Map Runs, once it is told to. */
function storeThat(name: "putMapRun" | "mapRunChildren", fail: () => never): Store {
  const store = createMemoryStore();
  let calls = 0;
  return {
    ...store,
    async [name](...given: never[]) {
      // The first call belongs to the start of the run.
      if (++calls > 1) fail();
      return (store[name] as (...args: never[]) => unknown)(...given) as never;
    },
  };
}

/** Whether another execution is taken, and comes to an end. */
async function goesOn(engine: Engine): Promise<boolean> {
  const stateMachine = await engine.directory.get(machineArn);
  if (stateMachine === undefined) return false;
  const { executionArn } = await engine.startExecution({ stateMachine, input: emptyObject });
  await engine.waitUntilClosed(executionArn, 20_000, new AbortController().signal);
  return (await engine.describeExecution(executionArn))?.record.status !== "RUNNING";
}

function logged() {
  const errors: string[] = [];
  const logger = {
    debug() {},
    info() {},
    warn() {},
    error: (message: string, fields?: object) =>
      void errors.push(`${message} ${JSON.stringify(fields)}`),
  };
  return { errors, logger };
}

test.each([
  ["its reader", { reader: brokenReader }, fakeWriter(), "States.ItemReaderFailed"],
  ["its writer", {}, brokenWriter, "States.ResultWriterFailed"],
] as const)(
  "a mistake in %s fails the Map state, which is caught, and nothing else",
  async (_, more, writer, error) => {
    const { errors, logger } = logged();
    const { handlers } = fakeFunction((event) => event);
    const engine = await engineOver(createMemoryStore(), handlers, writer, { ...more, logger });
    const { record, output } = await runToEnd(engine, caught);
    expect(record.status).toBe("SUCCEEDED");
    expect(output?.value).toEqual({
      Error: error,
      Cause: "A mistake of the engine stopped the Map Run: undefined is not a function",
    });
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain("a Map Run is stopped by a mistake of the engine");
    expect(errors[0]).toContain("TypeError");
    expect(await goesOn(engine)).toBe(true);
  },
);

test.each(["putMapRun", "mapRunChildren"] as const)(
  "a mistake in what the run does with its record (%s) ends its execution, and nothing else",
  async (name) => {
    const { errors, logger } = logged();
    const { handlers } = fakeFunction((event) => event);
    const store = storeThat(name, mistake);
    const engine = await engineOver(store, handlers, fakeWriter(), { logger });
    const { record } = await runToEnd(engine, caught);
    expect(["FAILED", "SUCCEEDED"]).toContain(record.status);
    expect(errors.length).toBeGreaterThan(0);
    expect(await goesOn(engine)).toBe(true);
  },
);

test("a store that fails is everybody's failure, not the run's", async () => {
  const failed = Promise.withResolvers<Error>();
  const { errors, logger } = logged();
  const { handlers } = fakeFunction((event) => event);
  const store = storeThat("putMapRun", () => {
    throw new StoreFailure("full", "the disk is full");
  });
  const engine = await engineOver(store, handlers, fakeWriter(), {
    logger,
    onFailure: failed.resolve,
  });
  await startMachine(engine, caught);
  expect(await failed.promise).toBeInstanceOf(StoreFailure);
  expect(errors).toEqual([]);
});
