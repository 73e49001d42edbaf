import { wideMap } from "../stepwell/definitions.ts";
import type { StepwellProcess } from "../stepwell/stepwell-process.ts";

/** Items of the Map, and steps that the peers run in parallel. */
export const width = 1_000;
const warmUps = 5;
const runs = 11;

/** W2: from the start of one execution with a Map of 1,000 trivial tasks to its end; the median, in milliseconds. */
export async function measureW2(server: StepwellProcess): Promise<number> {
  const stateMachineArn = await server.create("wide-map", wideMap);
  const input = JSON.stringify(Array.from({ length: width }, (_, index) => index));
  return medianTime(async () => {
    const { executionArn } = await server.call("StartExecution", { stateMachineArn, input });
    const { status } = await server.call("DescribeExecution", { executionArn }, 60);
    if (status !== "SUCCEEDED") throw new Error(`the Map ended as ${String(status)}`);
  });
}

export async function medianTime(work: () => Promise<void>, counted = runs): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < Math.min(warmUps, counted) + counted; run++) {
    const began = performance.now();
    await work();
    if (run >= Math.min(warmUps, counted)) times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] as number;
}
