import { expect } from "vitest";
import { createMapRunIdleness } from "../../src/simulate/map-run-idleness.ts";
import { everyEvent } from "../../src/simulate/every-event.ts";
import { createSkippingClock } from "../../src/simulate/skipping-clock.ts";
import type { JsonValue } from "../../src/expression/json.ts";
import { Payload } from "../../src/expression/payload.ts";
import type { JournalEvent } from "../../src/machine/journal/journal-event.ts";
import { awsLimits } from "../../src/machine/limits.ts";
import type { ItemReader } from "../../src/ports/map-run-io.ts";
import type { TaskHandler, TaskRequest } from "../../src/ports/task-handler.ts";
import { createEngine } from "../../src/runtime/create-engine.ts";
import { systemIds } from "../../src/runtime/system-ids.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import { fakeWriter } from "../runtime/map-run-fixture.ts";
import type { OwnData } from "./own-data.ts";
import { plausibleData } from "./plausible-data.ts";

/** Performs tasks for real: those of these states. What then waits for its token gets an answer at once. */
export interface RealTasks {
  readonly states: ReadonlySet<string>;
  readonly handlers: { find(resource: TaskRequest["resource"]): TaskHandler };
}

export interface End {
  readonly how: "succeeded" | "by a Fail state" | "broke";
  readonly because: string;
}

/**
 * Runs the definition with every task answered by data that has whatever could be looked for, which its input and its items are,
 * too: other data at each attempt, so that a loop finds what it waits for. Waits take no time.
 */
export async function runSample(
  definition: JsonValue,
  seed: number,
  { input, results = {} }: OwnData = {},
  real?: RealTasks,
): Promise<End> {
  const data = plausibleData(definition, seed);
  const mapRuns = createMapRunIdleness();
  let calls = 0;
  const clock = createSkippingClock(() => calls > 0 || mapRuns.busy());
  const types: JournalEvent["type"][] = [];
  const reader: ItemReader = {
    async *open() {
      yield { value: data, source: "S3://bucket/key" };
    },
  };
  function watched(resource: TaskRequest["resource"]): TaskHandler {
    if (real === undefined) return expect.unreachable("a call is made");
    const handler = real.handlers.find(resource);
    return {
      ...handler,
      async run(request, control) {
        calls++;
        try {
          const outcome = await handler.run(request, control);
          if (resource.kind === "service" && resource.pattern === "waitForTaskToken") {
            const output = Payload.ofValue(results[request.stateName] ?? data);
            void Promise.resolve().then(() =>
              engine.completeTask(request.taskToken, { type: "success", output }),
            );
          }
          return outcome;
        } finally {
          calls--;
          clock.busyChanged();
        }
      },
    };
  }

  const engine = await createEngine({
    store: createMemoryStore(),
    clock,
    ids: systemIds,
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    handlers: { find: (resource) => watched(resource) },
    mocks: {
      testCases: () => ["Case"],
      answer: ({ stateName, attempt }) =>
        real?.states.has(stateName) === true
          ? undefined
          : {
              type: "return",
              output: Payload.ofValue(
                results[stateName] ?? plausibleData(definition, seed + attempt),
              ),
            },
    },
    limits: awsLimits,
    mapRunIo: () => ({ reader, writer: fakeWriter() }),
    subscribers: [
      everyEvent((record, batch) => {
        mapRuns.note(record, batch);
        types.push(...batch.map(({ type }) => type));
        clock.busyChanged();
      }),
    ],
    onFailure: (reason) => expect.unreachable(reason.message),
  });
  const stateMachineArn = "arn:aws:states:us-east-1:123456789012:stateMachine:M";
  const at = clock.now();
  await engine.directory.put(
    {
      stateMachineArn,
      name: "M",
      type: "STANDARD",
      status: "ACTIVE",
      createdAt: at,
      revisionId: "r",
      tags: {},
    },
    {
      stateMachineArn,
      revisionId: "r",
      initial: true,
      createdAt: at,
      definition: JSON.stringify(definition),
      roleArn: "arn:aws:iam::123456789012:role/r",
    },
  );
  const stateMachine = await engine.directory.get(stateMachineArn);
  if (stateMachine === undefined) throw new Error("the machine is gone");
  const { executionArn } = await engine.startExecution({
    stateMachine,
    input: Payload.ofValue(input ?? data),
    testCase: "Case",
  });
  await engine.waitUntilClosed(executionArn, 3_000, new AbortController().signal);
  const described = await engine.describeExecution(executionArn);
  const { status } = described?.record ?? {};
  const because = `${described?.error ?? status}: ${described?.cause ?? ""}`;
  await engine.shutdown(0);
  if (status === "SUCCEEDED") return { how: "succeeded", because };
  return { how: types.includes("FailStateEntered") ? "by a Fail state" : "broke", because };
}
