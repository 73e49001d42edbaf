import { apiRequest } from "../load/aws-json.ts";
import type { LoadResult, Ports, Workflow } from "../load/load-plan.ts";
import { runLoad } from "../load/run-load.ts";
import { tenPasses, tenTasks } from "../stepwell/definitions.ts";
import type { StepwellProcess } from "../stepwell/stepwell-process.ts";

export const manyClients = 64;

/** Throughput and latency of one kind of workflow under load, and its latency for a client that is alone. */
export interface WorkflowFigures {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly aloneP50Ms: number;
}

/** Measures a workflow of whichever server is at the port: the same load for all of them. */
export async function measureWorkflow(
  port: Ports,
  workflow: Workflow,
  seconds: number,
): Promise<WorkflowFigures> {
  const loop = (clients: number, warmUpMs: number, durationMs: number): Promise<LoadResult> =>
    runLoad({ type: "loop", port, clients, warmUpMs, durationMs, workflow });
  const many = await loop(manyClients, Math.min(3_000, seconds * 500), seconds * 1_000);
  const alone = await loop(1, 500, Math.min(3_000, seconds * 500));
  return {
    perSecond: (many.completed / many.elapsedMs) * 1_000,
    p50Ms: many.p50Ms,
    p99Ms: many.p99Ms,
    aloneP50Ms: alone.p50Ms,
  };
}

/** The figures of two runs as one. */
export function meanOf(first: WorkflowFigures, second: WorkflowFigures): WorkflowFigures {
  const mean = (name: keyof WorkflowFigures): number => (first[name] + second[name]) / 2;
  return {
    perSecond: mean("perSecond"),
    p50Ms: mean("p50Ms"),
    p99Ms: mean("p99Ms"),
    aloneP50Ms: mean("aloneP50Ms"),
  };
}

const input = '{"order":1}';

/** W0: ten Pass states, started and awaited over HTTP. */
export async function measureW0(
  server: StepwellProcess,
  seconds: number,
): Promise<WorkflowFigures> {
  const stateMachineArn = await server.create("ten-passes", tenPasses);
  return measureWorkflow(server.port, { type: "execution", stateMachineArn, input }, seconds);
}

/** W1: ten tasks of a trivial local function, one after the other. */
export async function measureW1(
  server: StepwellProcess,
  seconds: number,
): Promise<WorkflowFigures> {
  const stateMachineArn = await server.create("ten-tasks", tenTasks);
  return measureWorkflow(server.port, { type: "execution", stateMachineArn, input }, seconds);
}

/** E1: a synchronous Express workflow of ten Pass states. */
export async function measureE1(
  server: StepwellProcess,
  seconds: number,
): Promise<WorkflowFigures> {
  const stateMachineArn = await server.create("ten-passes-express", tenPasses, "EXPRESS");
  const request = apiRequest("StartSyncExecution", { stateMachineArn, input });
  return measureWorkflow(server.port, { type: "request", request }, seconds);
}
