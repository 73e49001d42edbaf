import { onTestFinished } from "vitest";
import type { JsonObject } from "../../src/expression/json.ts";
import { startStepwell } from "../../src/server/start-stepwell.ts";
import type { StepwellOptions } from "../../src/server/stepwell-options.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import { accountId, region, roleArn } from "./start-server.ts";

export interface OwnServer {
  readonly url: string;
  call(operation: string, input: object): Promise<JsonObject>;
  /** Makes a machine and an activity's ARN or anything else in it, and starts an execution of it. */
  start(definition: object, input?: object): Promise<string>;
  /** The events of an execution, by their details. */
  history(executionArn: string): Promise<readonly JsonObject[]>;
  mistakes: string[];
}

/** A whole server with all its integrations, until the test ends. */
export async function ownServer(options: Partial<StepwellOptions> = {}): Promise<OwnServer> {
  const mistakes: string[] = [];
  const server = await startStepwell({
    store: createMemoryStore(),
    logger: {
      debug() {},
      info() {},
      warn() {},
      error: (message, fields) => mistakes.push(`${message} ${JSON.stringify(fields)}`),
    },
    cloudWatch: { to: async () => undefined, close() {} },
    region,
    accountId,
    host: "127.0.0.1",
    port: 0,
    onFailure: (reason) => mistakes.push(String(reason)),
    ...options,
  });
  onTestFinished(() => server.shutdown(1_000));
  const { service, port } = server;
  const call: OwnServer["call"] = (operation, input) =>
    service.call(operation, { ...input } as JsonObject);
  let machines = 0;
  return {
    url: `http://127.0.0.1:${port}`,
    mistakes,
    call,
    async start(definition, input = {}) {
      const { stateMachineArn = null } = await call("CreateStateMachine", {
        name: `machine-${++machines}`,
        definition: JSON.stringify(definition),
        roleArn,
      });
      const started = await call("StartExecution", {
        stateMachineArn,
        input: JSON.stringify(input),
      });
      return started["executionArn"] as string;
    },
    async history(executionArn) {
      const { events } = await call("GetExecutionHistory", { executionArn });
      return events as readonly JsonObject[];
    },
  };
}
