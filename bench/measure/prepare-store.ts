// Fills a data directory with executions that wait for a callback and executions that have ended, through the store's
// port and in bulk. Their journals are the core's own. Arguments: data directory, how many of each. Prints a token.
import type * as openStoreModule from "../../src/store/open-store.ts";
import type * as parseDefinitionModule from "../../src/asl/parse-definition.ts";
import type * as deadlineModule from "../../src/machine/deadline.ts";
import type * as decideModule from "../../src/machine/decide.ts";
import type * as journalCodecModule from "../../src/machine/journal/journal-codec.ts";
import type * as limitsModule from "../../src/machine/limits.ts";
import type * as snapshotModule from "../../src/machine/snapshot.ts";
import type * as payloadModule from "../../src/expression/payload.ts";
import type * as taskTokenModule from "../../src/runtime/tasks/task-token.ts";
import type { JournalEvent } from "../../src/machine/journal/journal-event.ts";
import type { Activation } from "../../src/machine/activation.ts";
import type { Machine } from "../../src/machine/machine.ts";
import type { ExecutionRecord, ExecutionWrite, JournalChunk } from "../../src/ports/store.ts";
import { compiled } from "../stepwell/compiled.ts";
import { arnPrefix, callback, roleArn, tenPasses } from "../stepwell/definitions.ts";

const [dataDir = "", countText = ""] = process.argv.slice(2);
const count = Number(countText);
const startedAt = Date.now() - 60_000;

const { openStore } = await compiled<typeof openStoreModule>("store/open-store");
const { parseDefinition } = await compiled<typeof parseDefinitionModule>("asl/parse-definition");
const { nextDeadline } = await compiled<typeof deadlineModule>("machine/deadline");
const { decide } = await compiled<typeof decideModule>("machine/decide");
const { encodeEvents } = await compiled<typeof journalCodecModule>("machine/journal-codec");
const { awsLimits } = await compiled<typeof limitsModule>("machine/limits");
const { newSnapshot } = await compiled<typeof snapshotModule>("machine/snapshot");
const { Payload } = await compiled<typeof payloadModule>("expression/payload");
const { createTaskTokens } = await compiled<typeof taskTokenModule>("runtime/task-token");

const store = await openStore({ kind: "sqlite", dataDir });
const tokens = createTaskTokens(await store.secret());

/** Creates a state machine, and answers how its executions are made. */
async function prepareMachine(name: string, source: object) {
  const stateMachineArn = `${arnPrefix}:stateMachine:${name}`;
  const { definition } = parseDefinition(JSON.stringify(source));
  if (definition === undefined) throw new Error(`${name} is not valid`);
  const revisionId = "prepared";
  await store.putStateMachine(
    {
      stateMachineArn,
      name,
      type: "STANDARD",
      status: "ACTIVE",
      createdAt: startedAt,
      revisionId,
      tags: {},
    },
    {
      stateMachineArn,
      revisionId,
      initial: true,
      createdAt: startedAt,
      definition: JSON.stringify(source),
      roleArn,
    },
  );
  return (execution: string): { machine: Machine; record: ExecutionRecord } => {
    const executionArn = `${arnPrefix}:execution:${name}:${execution}`;
    return {
      machine: {
        definition,
        type: "STANDARD",
        limits: awsLimits,
        identity: {
          executionArn,
          name: execution,
          stateMachineArn,
          stateMachineName: name,
          roleArn,
          region: "us-east-1",
        },
        environment: {
          taskToken: (arn, taskId) => tokens.seal(arn, taskId),
          activityExists: () => true,
          refuseParameters: () => undefined,
        },
      },
      record: {
        executionArn,
        stateMachineArn,
        revisionId,
        name: execution,
        status: "RUNNING",
        startDate: startedAt,
      },
    };
  };
}

function run(machine: Machine, activations: readonly Activation[]) {
  const snapshot = newSnapshot();
  const events: JournalEvent[] = [];
  for (const activation of activations)
    events.push(...decide(machine, snapshot, activation).events);
  return { snapshot, chunk: chunkOf(events) };
}

function chunkOf(events: readonly JournalEvent[]): JournalChunk {
  const ids = events.map(({ id }) => id).filter((id) => id > 0);
  return {
    firstEventId: ids[0] ?? 0,
    lastEventId: ids.at(-1) ?? 0,
    data: encodeEvents(events),
  };
}

const input = Payload.ofText('{"order":1}');
const submission = Payload.ofText('{"StatusCode":200,"Payload":null}');
const parked = await prepareMachine("prepared-callback", callback);
const closed = await prepareMachine("prepared-passes", tenPasses);
const start: Activation = { type: "ExecutionStarted", input, at: startedAt, seed: 1 };

function parkedWrite(index: number): ExecutionWrite {
  const { machine, record } = parked(`parked-${index}`);
  const taskId = firstTaskId(machine);
  const submitted = { type: "TaskSubmitted", taskId, output: submission } as const;
  const { snapshot, chunk } = run(machine, [start, { ...submitted, at: startedAt, seed: 2 }]);
  return {
    executionArn: record.executionArn,
    start: record,
    chunk,
    parked: { wakeAt: nextDeadline(machine, snapshot) },
  };
}

function closedWrite(index: number): ExecutionWrite {
  const { machine, record } = closed(`closed-${index}`);
  const { snapshot, chunk } = run(machine, [start]);
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
