// Fills the store of a cluster with executions that wait for an hour, through its port. Their journals are the core's own.
// Arguments: the URL of the database, how many.
import type * as openStoreModule from "../../src/store/open-store.ts";
import type * as deadlineModule from "../../src/machine/deadline.ts";
import type * as payloadModule from "../../src/expression/payload.ts";
import type * as taskTokenModule from "../../src/runtime/tasks/task-token.ts";
import type { ExecutionWrite } from "../../src/ports/store.ts";
import { partitionOf } from "../../src/ports/partition-of.ts";
import { compiled } from "../stepwell/compiled.ts";
import { waitForAnHour } from "../stepwell/definitions.ts";
import { prepareMachine, runPrepared } from "./prepared-machine.ts";

const [url = "", countText = ""] = process.argv.slice(2);
const count = Number(countText);
const startedAt = Date.now();

const { openStore } = await compiled<typeof openStoreModule>("store/open-store");
const { nextDeadline } = await compiled<typeof deadlineModule>("machine/deadline");
const { Payload } = await compiled<typeof payloadModule>("expression/payload");
const { createTaskTokens } = await compiled<typeof taskTokenModule>("runtime/tasks/task-token");

const store = await openStore({ kind: "postgres", url });
const tokens = createTaskTokens(await store.secret());
const prepared = await prepareMachine(store, tokens, "parked", waitForAnHour, startedAt);
const input = Payload.ofText('{"order":1}');

function parkedWrite(index: number): ExecutionWrite {
  const { machine, record } = prepared(`parked-${index}`);
  const { snapshot, chunk } = runPrepared(machine, [
    { type: "ExecutionStarted", input, at: startedAt, seed: 1 },
  ]);
  return {
    executionArn: record.executionArn,
    start: record,
    chunk,
    parked: { wakeAt: nextDeadline(machine, snapshot) },
  };
}

const perPartition = new Map<number, number[]>();
for (let index = 0; index < count; index++) {
  const { executionArn } = prepared(`parked-${index}`).record;
  const partition = partitionOf(executionArn, store.partitions);
  perPartition.set(partition, [...(perPartition.get(partition) ?? []), index]);
}
for (const [partition, indexes] of perPartition) {
  const epoch = await store.acquire(partition);
  const writes = indexes.map(parkedWrite);
  const batch = { partition, epoch, sequence: 1, writes, messagesSent: [], messagesDelivered: [] };
  const result = await store.commit(batch);
  if (result !== "committed") throw new Error(`a commit is ${result}`);
  await store.release(partition, epoch);
}
await store.close();
