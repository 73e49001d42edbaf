// Fills a data directory with executions that wait for a callback and executions that have ended, through the store's
// port and in bulk. Their journals are the core's own. Arguments: data directory, how many of each. Prints a token.
import type * as openStoreModule from "../../src/store/open-store.ts";
import type * as deadlineModule from "../../src/machine/deadline.ts";
import type * as decideModule from "../../src/machine/decide.ts";
import type * as snapshotModule from "../../src/machine/snapshot.ts";
import type * as payloadModule from "../../src/expression/payload.ts";
import type * as taskTokenModule from "../../src/runtime/tasks/task-token.ts";
import type { Activation } from "../../src/machine/activation.ts";
import type { Machine } from "../../src/machine/machine.ts";
import type { ExecutionWrite } from "../../src/ports/store.ts";
import { compiled } from "../stepwell/compiled.ts";
import { callback, tenPasses } from "../stepwell/definitions.ts";
import { prepareMachine, runPrepared } from "./prepared-machine.ts";

const [dataDir = "", countText = ""] = process.argv.slice(2);
const count = Number(countText);
const startedAt = Date.now() - 60_000;

const { openStore } = await compiled<typeof openStoreModule>("store/open-store");
const { nextDeadline } = await compiled<typeof deadlineModule>("machine/deadline");
const { decide } = await compiled<typeof decideModule>("machine/decide");
const { newSnapshot } = await compiled<typeof snapshotModule>("machine/snapshot");
const { Payload } = await compiled<typeof payloadModule>("expression/payload");
const { createTaskTokens } = await compiled<typeof taskTokenModule>("runtime/tasks/task-token");

const store = await openStore({ kind: "sqlite", dataDir });
const tokens = createTaskTokens(await store.secret());

const input = Payload.ofText('{"order":1}');
const submission = Payload.ofText('{"StatusCode":200,"Payload":null}');
const parked = await prepareMachine(store, tokens, "prepared-callback", callback, startedAt);
const closed = await prepareMachine(store, tokens, "prepared-passes", tenPasses, startedAt);
const start: Activation = { type: "ExecutionStarted", input, at: startedAt, seed: 1 };

function parkedWrite(index: number): ExecutionWrite {
  const { machine, record } = parked(`parked-${index}`);
  const taskId = firstTaskId(machine);
  const submitted = { type: "TaskSubmitted", taskId, output: submission } as const;
  const { snapshot, chunk } = runPrepared(machine, [
    start,
    { ...submitted, at: startedAt, seed: 2 },
  ]);
  return {
    executionArn: record.executionArn,
    start: record,
    chunk,
    parked: { wakeAt: nextDeadline(machine, snapshot) },
  };
}

function closedWrite(index: number): ExecutionWrite {
  const { machine, record } = closed(`closed-${index}`);
  const { snapshot, chunk } = runPrepared(machine, [start]);
  if (snapshot.status !== "SUCCEEDED") throw new Error(`ended as ${snapshot.status}`);
  return {
    executionArn: record.executionArn,
    start: record,
    chunk,
    closed: { status: snapshot.status, stopDate: snapshot.stoppedAt },
  };
}

/** The task that an execution of the callback machine waits for: the same in all of them. */
function firstTaskId(machine: Machine): number {
  const { commands } = decide(machine, newSnapshot(), start);
  const invocation = commands.find((command) => command.type === "InvokeTask");
  if (invocation === undefined) throw new Error("the callback machine does not wait");
  return invocation.taskId;
}

const epoch = await store.acquire(0);
const perCommit = 500;
let sequence = 0;
for (let from = 0; from < count; from += perCommit) {
  const writes: ExecutionWrite[] = [];
  for (let index = from; index < Math.min(count, from + perCommit); index++) {
    writes.push(parkedWrite(index), closedWrite(index));
  }
  sequence++;
  const batch = { partition: 0, epoch, sequence, writes, messagesSent: [], messagesDelivered: [] };
  const result = await store.commit(batch);
  if (result !== "committed") throw new Error(`a commit is ${result}`);
}
await store.release(0, epoch);
await store.close();
const last = parked(`parked-${count - 1}`);
console.log(tokens.seal(last.record.executionArn, firstTaskId(last.machine)));
