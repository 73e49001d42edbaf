import { readFileSync, truncateSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { apiRequest } from "../load/aws-json.ts";
import { runLoad } from "../load/run-load.ts";
import { callback } from "../stepwell/definitions.ts";
import type { StepwellProcess } from "../stepwell/stepwell-process.ts";
import { manyClients } from "./workflows.ts";

export interface CallbackFigures {
  readonly count: number;
  readonly startMs: number;
  readonly grownMB: number;
  readonly grownHeapMB: number;
  readonly resumeMs: number;
}

/**
 * W3: executions that wait for a callback, as a user would have them: `lambda:invoke.waitForTaskToken` with a local
 * function that writes the token down. Started when every token is written; resumed by SendTaskSuccess, the answer to
 * which comes after the execution's end is durable. The server has done all of it once before: what memory grows by is
 * what waiting costs, not what starting does.
 */
export async function measureW3(server: StepwellProcess, count: number): Promise<CallbackFigures> {
  const stateMachineArn = await server.create("callback", callback);
  await startAll(server, stateMachineArn, count);
  await resumeAll(server, stateMachineArn);
  const before = await server.memory();
  const startMs = await startAll(server, stateMachineArn, count);
  const after = await server.memory();
  const resumeMs = await resumeAll(server, stateMachineArn);
  return {
    count,
    startMs,
    grownMB: after.rssMB - before.rssMB,
    grownHeapMB: after.heapMB - before.heapMB,
    resumeMs,
  };
}

/** Before the measurement of memory: as many as make the server's heap as large as its work needs. */
const warmUpCount = 10_000;

/** What executions that wait for callbacks add to the server's memory. */
export async function measureParked(
  server: StepwellProcess,
  count: number,
): Promise<{ readonly count: number; readonly grownMB: number; readonly grownHeapMB: number }> {
  const stateMachineArn = await server.create("callback", callback);
  await startAll(server, stateMachineArn, warmUpCount);
  await resumeAll(server, stateMachineArn);
  const before = await server.memory();
  await startAll(server, stateMachineArn, count);
  const after = await server.memory();
  return { count, grownMB: after.rssMB - before.rssMB, grownHeapMB: after.heapMB - before.heapMB };
}

async function startAll(
  server: StepwellProcess,
  stateMachineArn: string,
  count: number,
): Promise<number> {
  truncateSync(server.tokensFile);
  const request = apiRequest("StartExecution", { stateMachineArn, input: "{}" });
  const { elapsedMs } = await runLoad({
    type: "batch",
    port: server.port,
    clients: manyClients,
    requests: { times: count, request },
  });
  const answered = performance.now();
  while (tokensOf(server).length < count) await sleep(5);
  return elapsedMs + performance.now() - answered;
}

async function resumeAll(server: StepwellProcess, stateMachineArn: string): Promise<number> {
  const requests = tokensOf(server).map((taskToken) =>
    apiRequest("SendTaskSuccess", { taskToken, output: '{"approved":true}' }),
  );
  const { elapsedMs } = await runLoad({
    type: "batch",
    port: server.port,
    clients: manyClients,
    requests,
  });
  const running = await server.call("ListExecutions", { stateMachineArn, statusFilter: "RUNNING" });
  if ((running["executions"] as unknown[]).length > 0) throw new Error("not all have ended");
  return elapsedMs;
}

function tokensOf(server: StepwellProcess): string[] {
  const lines = readFileSync(server.tokensFile, "utf8").split("\n");
  lines.pop();
  return lines;
}
