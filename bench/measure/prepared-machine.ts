// Executions as the core makes them, for filling a store through its port.
import type * as parseDefinitionModule from "../../src/asl/parse-definition.ts";
import type * as decideModule from "../../src/machine/decide.ts";
import type * as journalCodecModule from "../../src/machine/journal/journal-codec.ts";
import type * as limitsModule from "../../src/machine/limits.ts";
import type * as snapshotModule from "../../src/machine/snapshot.ts";
import type { Activation } from "../../src/machine/activation.ts";
import type { JournalEvent } from "../../src/machine/journal/journal-event.ts";
import type { Machine } from "../../src/machine/machine.ts";
import type { ExecutionRecord, JournalChunk, Store } from "../../src/ports/store.ts";
import type { TaskTokens } from "../../src/runtime/tasks/task-token.ts";
import { compiled } from "../stepwell/compiled.ts";
import { arnPrefix, roleArn } from "../stepwell/definitions.ts";

const { parseDefinition } = await compiled<typeof parseDefinitionModule>("asl/parse-definition");
const { decide } = await compiled<typeof decideModule>("machine/decide");
const { encodeEvents } = await compiled<typeof journalCodecModule>("machine/journal/journal-codec");
const { awsLimits } = await compiled<typeof limitsModule>("machine/limits");
const { newSnapshot } = await compiled<typeof snapshotModule>("machine/snapshot");

export interface Prepared {
  readonly machine: Machine;
  readonly record: ExecutionRecord;
}

/** Creates a state machine, and answers how its executions are made, by their names. */
export async function prepareMachine(
  store: Store,
  tokens: TaskTokens,
  name: string,
  source: object,
  startDate: number,
): Promise<(execution: string) => Prepared> {
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
      createdAt: startDate,
      revisionId,
      tags: {},
    },
    {
      stateMachineArn,
      revisionId,
      initial: true,
      createdAt: startDate,
      definition: JSON.stringify(source),
      roleArn,
    },
  );
  return (execution) => {
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
        startDate,
      },
    };
  };
}

/** What an execution has become after these activations, with its journal. */
export function runPrepared(machine: Machine, activations: readonly Activation[]) {
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
