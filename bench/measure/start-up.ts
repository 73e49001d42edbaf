import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { arnPrefix } from "../stepwell/definitions.ts";
import { startStepwellProcess } from "../stepwell/stepwell-process.ts";

export interface StartUpFigures {
  /** Executions that wait, and as many that have ended. */
  readonly count: number;
  /** From the start of the process until it answered a request. */
  readonly startMs: number;
  /** The same with an empty data directory. */
  readonly emptyMs: number;
  /** What waiting and closed executions add to the memory of a server that has just started. */
  readonly grownMB: number;
}

/** How long a server takes to serve when its data directory is full of parked and closed executions. */
export async function measureStartUp(count: number): Promise<StartUpFigures> {
  const folder = mkdtempSync(join(tmpdir(), "stepwell-bench-"));
  try {
    const script = join(import.meta.dirname, "prepare-store.ts");
    const output = execFileSync(process.execPath, [script, join(folder, "data"), String(count)], {
      encoding: "utf8",
    });
    const empty = await startStepwellProcess();
    const emptyMB = (await empty.memory()).rssMB;
    await empty.stop();
    const full = await startStepwellProcess({ folder });
    const fullMB = (await full.memory()).rssMB;
    const executionArn = `${arnPrefix}:execution:prepared-callback:parked-${count - 1}`;
    await full.call("SendTaskSuccess", { taskToken: output.trim(), output: "{}" });
    const { status } = await full.call("DescribeExecution", { executionArn }, 10);
    if (status !== "SUCCEEDED") throw new Error(`a parked execution ended as ${String(status)}`);
    await full.stop();
    return {
      count,
      startMs: full.startedInMs,
      emptyMs: empty.startedInMs,
      grownMB: fullMB - emptyMB,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
