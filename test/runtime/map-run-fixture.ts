import type { JsonValue } from "../../src/expression/json.ts";
import type { ChildResult, ItemReader, ResultWriter } from "../../src/ports/map-run-io.ts";
import type { Store } from "../../src/ports/store.ts";
import { createEngine, type EngineOptions } from "../../src/runtime/create-engine.ts";
import type { Engine } from "../../src/runtime/engine.ts";
import { systemClock } from "../../src/runtime/system-clock.ts";
import { systemIds } from "../../src/runtime/system-ids.ts";
import { Payload } from "../../src/expression/payload.ts";
import { nameOfArn } from "../../src/machine/arns.ts";
import { awsLimits } from "../../src/machine/limits.ts";
import type { TaskHandler } from "../../src/ports/task-handler.ts";

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** A reader whose data set is in the request's arguments: `{"Items": […]}`, or `{"Count": n}` for 0 … n-1. */
export const fakeReader: ItemReader = {
  async *open(request) {
    const given = request.arguments as { Items?: JsonValue[]; Count?: number };
    const values = given.Items ?? Array.from({ length: given.Count ?? 0 }, (_, index) => index);
    for (const value of values.slice(0, request.readerConfig?.MaxItems)) {
      yield { value, source: "S3://bucket/key" };
    }
  },
};

/** A writer that keeps what it is given; without a resource the outputs are the result. */
export function fakeWriter(): ResultWriter & { readonly written: ChildResult[] } {
  const written: ChildResult[] = [];
  return {
    written,
    async open(request) {
      written.length = 0;
      return {
        async write(result) {
          written.push(result);
        },
        async finish() {
          if (request.resource !== undefined) {
            return { type: "manifest", Bucket: "bucket", Key: "manifest.json" };
          }
          const outputs = written.map(({ output }) => output ?? "null");
          return { type: "output", text: `[${outputs.join(",")}]` };
        },
        async abort() {},
      };
    },
  };
}

/** Counts what it is asked for; `behave` says what comes of each event. */
export function fakeFunction(behave: (event: JsonValue) => JsonValue | Error): {
  readonly handlers: { find(): TaskHandler };
  readonly events: JsonValue[];
} {
  const events: JsonValue[] = [];
  const handler: TaskHandler = {
    handles: () => true,
    async run({ parameters }) {
      events.push(parameters.value);
      const result = behave(parameters.value);
      if (result instanceof Error) return { type: "failed", error: result.message };
      return { type: "succeeded", output: Payload.ofValue(result) };
    },
  };
  return { handlers: { find: () => handler }, events };
}

export async function engineOver(
  store: Store,
  handlers: { find(): TaskHandler },
  writer: ResultWriter = fakeWriter(),
  more: Partial<Pick<EngineOptions, "logger" | "ids" | "onFailure">> & {
    readonly reader?: ItemReader;
  } = {},
): Promise<Engine> {
  const { reader = fakeReader, ...options } = more;
  return createEngine({
    store,
    clock: systemClock,
    ids: systemIds,
    logger: silent,
    handlers,
    limits: awsLimits,
    mapRunIo: () => ({ reader, writer }),
    onFailure: (reason) => {
      throw reason;
    },
    ...options,
  });
}

/** A redrive tells what began before it by the time: no client asks for one in the millisecond of the failure. */
export async function nextMillisecond(): Promise<void> {
  const now = Date.now();
  while (Date.now() === now) await new Promise((resolve) => setImmediate(resolve));
}

export const machineArn = "arn:aws:states:us-east-1:000000000000:stateMachine:M";

/** Creates the machine, starts it, and waits for its end. */
export async function runToEnd(engine: Engine, definition: object, input: JsonValue = {}) {
  const executionArn = await startMachine(engine, definition, input);
  await engine.waitUntilClosed(executionArn, 20_000, new AbortController().signal);
  const described = await engine.describeExecution(executionArn);
  if (described === undefined) throw new Error("the execution is gone");
  return described;
}

export async function startMachine(
  engine: Engine,
  definition: object,
  input: JsonValue = {},
  stateMachineArn = machineArn,
): Promise<string> {
  const revisionId = "r1";
  const at = Date.now();
  await engine.directory.put(
    {
      stateMachineArn,
      name: nameOfArn(stateMachineArn),
      type: "STANDARD",
      status: "ACTIVE",
      createdAt: at,
      revisionId,
      tags: {},
    },
    {
      stateMachineArn,
      revisionId,
      initial: true,
      createdAt: at,
      definition: JSON.stringify(definition),
      roleArn: "arn:aws:iam::000000000000:role/R",
    },
  );
  const stateMachine = await engine.directory.get(stateMachineArn);
  if (stateMachine === undefined) throw new Error("the machine is gone");
  const started = await engine.startExecution({ stateMachine, input: Payload.ofValue(input) });
  return started.executionArn;
}

/** A distributed Map whose children call a function, with whatever else is given. */
export function distributedMap(more: object = {}, executionType = "STANDARD"): object {
  return {
    StartAt: "Map",
    States: {
      Map: {
        Type: "Map",
        ItemProcessor: {
          ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: executionType },
          StartAt: "Work",
          States: {
            Work: {
              Type: "Task",
              Resource: "arn:aws:lambda:us-east-1:000000000000:function:f",
              End: true,
            },
          },
        },
        Label: "L",
        End: true,
        ...more,
      },
    },
  };
}
