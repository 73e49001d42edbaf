// The load generator: a process of its own, so that its work is not part of what it measures. Plans come over the
// channel to its parent, and results go back.
import { apiRequest } from "./aws-json.ts";
import { HttpConnection } from "./http-connection.ts";
import type { LoadPlan, LoadResult, Ports, Request, Workflow } from "./load-plan.ts";

type RunOnce = (connection: HttpConnection) => Promise<void>;

async function send(connection: HttpConnection, request: Request): Promise<string> {
  const { status, body } = await connection.post(request.path, request.headers, request.body);
  if (status >= 300) throw new Error(`${request.path} answered ${status}: ${body.slice(0, 300)}`);
  return body;
}

function runOnce(workflow: Workflow): RunOnce {
  if (workflow.type === "request") {
    return async (connection) => void (await send(connection, workflow.request));
  }
  const { stateMachineArn, input } = workflow;
  const start = apiRequest("StartExecution", { stateMachineArn, input });
  const describe = apiRequest("DescribeExecution", {}, 10);
  return async (connection) => {
    const started = JSON.parse(await send(connection, start)) as { executionArn: string };
    const body = `{"executionArn":"${started.executionArn}"}`;
    const answer = await send(connection, { ...describe, body });
    if (!answer.includes('"status":"SUCCEEDED"')) throw new Error(`not succeeded: ${answer}`);
  };
}

async function openAll(port: Ports, clients: number): Promise<HttpConnection[]> {
  const ports = typeof port === "number" ? [port] : port;
  return Promise.all(
    Array.from({ length: clients }, (_, index) =>
      HttpConnection.open(ports[index % ports.length] as number),
    ),
  );
}

function resultOf(latencies: number[], elapsedMs: number): LoadResult {
  latencies.sort((a, b) => a - b);
  const at = (share: number): number =>
    latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? Number.NaN;
  return { completed: latencies.length, elapsedMs, p50Ms: at(0.5), p99Ms: at(0.99) };
}

async function loop(plan: Extract<LoadPlan, { type: "loop" }>): Promise<LoadResult> {
  const connections = await openAll(plan.port, plan.clients);
  const run = runOnce(plan.workflow);
  const from = performance.now() + plan.warmUpMs;
  const until = from + plan.durationMs;
  const latencies: number[] = [];
  await Promise.all(
    connections.map(async (connection) => {
      for (let started = performance.now(); started < until;) {
        await run(connection);
        const ended = performance.now();
        // Counted where it ends, so that the rate is what was completed within the time.
        if (ended >= from && ended <= until) latencies.push(ended - started);
        started = ended;
      }
    }),
  );
  for (const connection of connections) connection.close();
  return resultOf(latencies, plan.durationMs);
}

async function batch(plan: Extract<LoadPlan, { type: "batch" }>): Promise<LoadResult> {
  const connections = await openAll(plan.port, plan.clients);
  const { requests } = plan;
  const total = "times" in requests ? requests.times : requests.length;
  const latencies: number[] = [];
  let next = 0;
  const began = performance.now();
  await Promise.all(
    connections.map(async (connection) => {
      while (next < total) {
        const index = next++;
        const request = "times" in requests ? requests.request : (requests[index] as Request);
        const started = performance.now();
        await send(connection, request);
        latencies.push(performance.now() - started);
      }
    }),
  );
  const elapsedMs = performance.now() - began;
  for (const connection of connections) connection.close();
  return resultOf(latencies, elapsedMs);
}

process.on("message", (plan: LoadPlan) => {
  (plan.type === "loop" ? loop(plan) : batch(plan)).then(
    (result) => process.send?.({ result }),
    (thrown: unknown) => process.send?.({ error: String(thrown) }),
  );
});
process.on("disconnect", () => process.exit(0));
