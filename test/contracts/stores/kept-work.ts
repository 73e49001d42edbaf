import { Payload } from "../../../src/expression/payload.ts";
import type { JsonValue } from "../../../src/expression/json.ts";
import { awsLimits } from "../../../src/machine/limits.ts";
import type { Store } from "../../../src/ports/store.ts";
import { createEngine } from "../../../src/runtime/create-engine.ts";
import type { Engine } from "../../../src/runtime/engine.ts";
import { systemIds } from "../../../src/runtime/system-ids.ts";
import { fakeFunction, fakeReader, fakeWriter } from "../../runtime/map-run-fixture.ts";
import type { StepClock } from "../../runtime/step-clock.ts";

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const prefix = "arn:aws:states:us-east-1:000000000000";

/** The activity that a task of a kept store waits for. */
export const activityArn = `${prefix}:activity:Clerk`;

const secondsOfItem = { Type: "Wait", SecondsPath: "$", End: true };
const work = (resource: string) => ({
  StartAt: "Work",
  States: { Work: { Type: "Task", Resource: resource, End: true } },
});

/**
 * The state machines of a kept store, each with the input of its one execution. A change of one is no use to the stores
 * that are there: they have what they were made with.
 */
const machines: { readonly [name: string]: { definition: object; input: JsonValue } } = {
  Waits: {
    definition: {
      StartAt: "Long",
      States: { Long: { Type: "Wait", Seconds: 3_600, End: true } },
      TimeoutSeconds: 90_000,
    },
    input: { order: 1, note: "über – \u{1F600}" },
  },
  Asks: { definition: work(activityArn), input: { question: "May I?" } },
  Halves: {
    definition: {
      StartAt: "Each",
      States: {
        Each: {
          Type: "Map",
          MaxConcurrency: 3,
          ItemProcessor: { StartAt: "Item", States: { Item: secondsOfItem } },
          End: true,
        },
      },
    },
    input: [5, 10, 7_200, 7_201, 3],
  },
  Distributes: {
    definition: {
      StartAt: "Many",
      States: {
        Many: {
          Type: "Map",
          Label: "Many",
          MaxConcurrency: 2,
          ItemReader: {
            Resource: "arn:aws:states:::s3:getObject",
            Parameters: { Items: [1, 7_200, 2, 7_201, 4] },
          },
          ItemProcessor: {
            ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
            StartAt: "Item",
            States: { Item: secondsOfItem },
          },
          End: true,
        },
      },
    },
    input: {},
  },
  Closes: {
    definition: { StartAt: "Quick", States: { Quick: { Type: "Pass", End: true } } },
    input: { total: 12.5 },
  },
  Fails: {
    definition: {
      StartAt: "Before",
      States: {
        Before: { Type: "Pass", Result: { charged: 0 }, ResultPath: "$.before", Next: "Charge" },
        Charge: {
          Type: "Task",
          Resource: "arn:aws:lambda:us-east-1:000000000000:function:Charge",
          End: true,
        },
      },
    },
    input: { amount: 7 },
  },
};

export function executionArn(machine: string): string {
  return `${prefix}:execution:${machine}:kept`;
}

/** An engine whose tasks fail, or give back what they are given. */
export async function engineOfKept(
  store: Store,
  clock: StepClock,
  tasks: "fail" | "succeed",
): Promise<Engine> {
  return createEngine({
    store,
    clock,
    ids: systemIds,
    logger: silent,
    handlers: fakeFunction((event) => (tasks === "fail" ? new Error("CardDeclined") : event))
      .handlers,
    limits: awsLimits,
    mapRunIo: () => ({ reader: fakeReader, writer: fakeWriter() }),
    onFailure: (reason) => {
      throw reason;
    },
  });
}

/** Makes the state machines and starts them. Afterwards two executions have ended and the others have begun. */
export async function beginKept(store: Store, engine: Engine, clock: StepClock): Promise<void> {
  const createdAt = clock.now();
  await store.putActivity({ activityArn, name: "Clerk", createdAt, tags: { team: "desk" } });
  engine.activityChanged(activityArn, true);
  for (const [name, { definition, input }] of Object.entries(machines)) {
    const stateMachineArn = `${prefix}:stateMachine:${name}`;
    const revision = {
      stateMachineArn,
      revisionId: "r1",
      initial: true,
      createdAt,
      definition: JSON.stringify(definition),
      roleArn: "arn:aws:iam::000000000000:role/Kept",
    };
    const record = {
      stateMachineArn,
      name,
      type: "STANDARD",
      status: "ACTIVE",
      createdAt,
      revisionId: "r1",
      lastVersion: 1,
      tags: { kept: name },
    } as const;
    const version = { stateMachineArn, version: 1, revisionId: "r1", createdAt };
    await engine.directory.put(record, revision, version);
    const routes = [{ version: 1, weight: 100 }];
    await engine.directory.putAlias({
      stateMachineArn,
      name: "live",
      routes,
      createdAt,
      updatedAt: createdAt,
    });
    const stateMachine = await engine.directory.get(stateMachineArn);
    if (stateMachine === undefined) throw new Error(`state machine ${name} is gone`);
    await engine.startExecution({
      stateMachine,
      name: "kept",
      input: Payload.ofValue(input),
      stateMachineVersionArn: `${stateMachineArn}:1`,
      stateMachineAliasArn: `${stateMachineArn}:live`,
    });
  }
}
