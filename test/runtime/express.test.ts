import { expect, test } from "vitest";
import { Payload } from "../../src/expression/payload.ts";
import { PartitionLost } from "../../src/ports/partition-lost.ts";
import type { TaskHandler } from "../../src/ports/task-handler.ts";
import type { LoadedStateMachine } from "../../src/runtime/engine.ts";
import type { Engine } from "../../src/runtime/engine.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import { engineOver } from "./map-run-fixture.ts";

const stateMachineArn = "arn:aws:states:us-east-1:000000000000:stateMachine:Quick";

async function quickMachine(engine: Engine): Promise<LoadedStateMachine> {
  const createdAt = 1_000;
  const definition = JSON.stringify({
    StartAt: "T",
    States: {
      T: { Type: "Task", Resource: "arn:aws:lambda:us-east-1:000000000000:function:f", End: true },
    },
  });
  await engine.directory.put(
    {
      stateMachineArn,
      name: "Quick",
      type: "EXPRESS",
      status: "ACTIVE",
      createdAt,
      revisionId: "r",
      tags: {},
    },
    {
      stateMachineArn,
      revisionId: "r",
      initial: true,
      createdAt,
      definition,
      roleArn: "arn:aws:iam::000000000000:role/R",
    },
  );
  const machine = await engine.directory.get(stateMachineArn);
  if (machine === undefined) throw new Error("the machine is gone");
  return machine;
}

/** A task that never ends in one process, and at once in the next. */
function handlerOf(calls: string[], ends: boolean): { find(): TaskHandler } {
  return {
    find: () => ({
      handles: () => true,
      run: async ({ parameters }) => {
        calls.push(parameters.text);
        if (!ends) return new Promise<never>(() => {});
        return { type: "succeeded", output: parameters };
      },
    }),
  };
}

test("an asynchronous Express execution that a crash cut is run again from its start", async () => {
  const store = createMemoryStore();
  const calls: string[] = [];
  const first = await engineOver(store, handlerOf(calls, false));
  const stateMachine = await quickMachine(first);
  const input = Payload.ofText('{"n":1}');
  const { executionArn } = await first.startExecution({ stateMachine, input });
  await expect.poll(() => calls.length).toBe(1);
  const second = await engineOver(store, handlerOf(calls, true));
  await second.waitUntilClosed(executionArn, 5_000, new AbortController().signal);
  await expect.poll(async () => (await store.execution(executionArn))?.status).toBe("SUCCEEDED");
  expect(calls).toEqual(['{"n":1}', '{"n":1}']);
});

test("a synchronous Express execution leaves nothing in the store", async () => {
  const store = createMemoryStore();
  const engine = await engineOver(store, handlerOf([], true));
  const stateMachine = await quickMachine(engine);
  const result = await engine.startSyncExecution({ stateMachine, input: Payload.ofText("7") });
  expect(result).toMatchObject({ status: "SUCCEEDED" });
  expect(result.output?.text).toBe("7");
  expect(await store.execution(result.executionArn)).toBeUndefined();
});

test("a synchronous Express execution that is cut off with its partition is no mistake of the server", async () => {
  const calls: string[] = [];
  const engine = await engineOver(createMemoryStore(), handlerOf(calls, false));
  const stateMachine = await quickMachine(engine);
  const result = engine.startSyncExecution({ stateMachine, input: Payload.ofText("7") });
  const failure = result.catch((thrown: unknown) => thrown);
  await expect.poll(() => calls.length).toBe(1);
  await engine.ownership.giveUp(0, 0);
  // Nothing of it is stored, and what it has called is not called again unseen: its caller decides.
  expect(await failure).toBeInstanceOf(PartitionLost);
  expect(calls).toHaveLength(1);
});
