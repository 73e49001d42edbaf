import { distributedMap, functionTask, type ItemProcessor } from "../stepwell/definitions.ts";
import { startStepwellProcess } from "../stepwell/stepwell-process.ts";

export interface DistributedMapFigures {
  readonly items: number;
  /** From StartExecution until the execution's end is durable. */
  readonly elapsedMs: number;
  /** The most memory that the server's process has had, in MB. */
  readonly peakMB: number;
}

export interface DistributedMapOptions {
  readonly items: number;
  readonly executionType: "EXPRESS" | "STANDARD";
  readonly states: ItemProcessor;
}

/** Express children with one Pass state. */
export const passItems: DistributedMapOptions = {
  items: 100_000,
  executionType: "EXPRESS",
  states: { StartAt: "One", States: { One: { Type: "Pass", End: true } } },
};

/** Standard children that call a local function. */
export const taskItems: DistributedMapOptions = {
  items: 10_000,
  executionType: "STANDARD",
  states: { StartAt: "One", States: { One: functionTask } },
};

/** A distributed Map over a JSON file, with its results written to files, in a server of its own. */
export async function measureDistributedMap(
  options: DistributedMapOptions,
): Promise<DistributedMapFigures> {
  const { items, executionType, states } = options;
  const server = await startStepwellProcess();
  const dataSet = JSON.stringify(Array.from({ length: items }, (_, id) => ({ id })));
  server.putObject("bench", "items.json", dataSet);
  const definition = distributedMap("bench", "items.json", executionType, states);
  const stateMachineArn = await server.create("distributed", definition);
  const began = performance.now();
  const { executionArn } = await server.call("StartExecution", { stateMachineArn, input: "{}" });
  const { status } = await untilClosed(() =>
    server.call("DescribeExecution", { executionArn }, 60),
  );
  const elapsedMs = performance.now() - began;
  if (status !== "SUCCEEDED") throw new Error(`the Map ended as ${String(status)}`);
  const { mapRuns } = await server.call("ListMapRuns", { executionArn });
  const [{ mapRunArn }] = mapRuns as [{ mapRunArn: string }];
  const { itemCounts } = await server.call("DescribeMapRun", { mapRunArn });
  const { succeeded } = itemCounts as { succeeded: number };
  if (succeeded !== items) throw new Error(`${succeeded} of ${items} items have succeeded`);
  const { peakMB } = await server.memory();
  await server.stop();
  return { items, elapsedMs, peakMB };
}

async function untilClosed(
  describe: () => Promise<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  for (;;) {
    const described = await describe();
    if (described["status"] !== "RUNNING") return described;
  }
}
