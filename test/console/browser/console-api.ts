import type {
  ApprovalView,
  ExecutionView,
  MapRunRow,
  RunStatus,
  VisitPage,
  VisitView,
} from "../../../src/console/view-types.ts";
import { executionArn, machineArn, taskArn } from "./arns.ts";
import type { ConsoleServer } from "./console-server.ts";

/** What the tests do beside the browser: what a client of the API, a worker, or another visitor does. */
export class ConsoleApi {
  readonly #server: ConsoleServer;

  constructor(server: ConsoleServer) {
    this.#server = server;
  }

  async read<T>(path: string): Promise<T> {
    const response = await fetch(`${this.#server.url}/api/${path}`);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  async send<T>(path: string, body: unknown): Promise<T> {
    const response = await fetch(`${this.#server.url}/api/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  /** Starts an execution; `input` as JSON text may say what a value of JavaScript cannot. */
  async start(machine: string, name: string, input: unknown): Promise<string> {
    await this.#server.service.call("StartExecution", {
      stateMachineArn: machineArn(machine),
      name,
      input: typeof input === "string" ? input : JSON.stringify(input),
    });
    return executionArn(machine, name);
  }

  view(arn: string): Promise<ExecutionView> {
    return this.read(`executions/${encodeURIComponent(arn)}`);
  }

  async visits(arn: string): Promise<readonly VisitView[]> {
    const path = `executions/${encodeURIComponent(arn)}/visits?limit=1000`;
    return (await this.read<VisitPage>(path)).visits;
  }

  /** Waits until the execution is so. */
  ended(arn: string, status: RunStatus = "SUCCEEDED"): Promise<ExecutionView> {
    return until(`${arn} is ${status}`, async () => {
      const view = await this.view(arn);
      return view.status === status ? view : undefined;
    });
  }

  /** Waits until the execution waits for an answer. */
  asked(arn: string): Promise<ApprovalView> {
    return until(`${arn} waits for an answer`, async () => {
      const all = await this.read<readonly ApprovalView[]>("approvals");
      return all.find((each) => each.executionArn === arn);
    });
  }

  mapRunOf(arn: string): Promise<MapRunRow> {
    return until(`${arn} has a Map Run`, async () => {
      const all = await this.read<readonly MapRunRow[]>("map-runs");
      return all.find((each) => each.executionArn === arn);
    });
  }

  /** A worker takes the next task of the activity. */
  async work(activity: string, outcome: { readonly error?: string; readonly cause?: string } = {}) {
    const { service } = this.#server;
    const { taskToken } = await service.call("GetActivityTask", { activityArn: taskArn(activity) });
    if (outcome.error === undefined) {
      await service.call("SendTaskSuccess", { taskToken, output: "{}" } as never);
    } else await service.call("SendTaskFailure", { taskToken, ...outcome } as never);
  }
}

const longestMs = 15_000;
const everyMs = 20;

/** Asks until there is an answer. */
export async function until<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  const end = performance.now() + longestMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > end) throw new Error(`This did not come: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

/** An order as the example takes it; packed at once. */
export function order(orderId: string, more: object = {}): object {
  return {
    orderId,
    customer: "ada@example.com",
    card: "4242424242424242",
    items: [{ sku: "lamp", quantity: 2, price: 40 }],
    packingSeconds: 0,
    ...more,
  };
}

export const declined = { card: "4000000000000002" };
export const large = { items: [{ sku: "desk", quantity: 2, price: 450 }] };
