import { ConsoleService } from "../../src/console/console-service.ts";
import { LinkDesk } from "../../src/console/questions/link-desk.ts";
import { Payload } from "../../src/expression/payload.ts";
import type { Logger } from "../../src/ports/logger.ts";
import { systemClock } from "../../src/runtime/system-clock.ts";
import { createAuthenticator } from "../../src/server/authentication/authenticator.ts";
import { createConsoleHttp } from "../../src/server/console/console-http.ts";
import { createHttpServer } from "../../src/server/http-server.ts";
import { createStepwell, type Stepwell } from "../../src/server/stepwell-server.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import { accountId, passDefinition, region, roleArn } from "../api/start-server.ts";
import { builtConsole } from "../console/ask.ts";

/** A server with all its doors: the API, IAM, the console, webhooks and links. */
export interface FuzzServer {
  readonly port: number;
  readonly stepwell: Stepwell;
  /** What it logged as its own mistakes. */
  readonly mistakes: readonly string[];
  close(): Promise<void>;
}

export const machineArn = `arn:aws:states:${region}:${accountId}:stateMachine:m`;
export const executionArn = `arn:aws:states:${region}:${accountId}:execution:m:e`;

/** With a state machine `m` and an execution `e` of it; `isClosed`: it asks who calls. Tasks succeed with an empty object. */
export async function openFuzzServer({
  isClosed = false,
}: { readonly isClosed?: boolean } = {}): Promise<FuzzServer> {
  const mistakes: string[] = [];
  const logger: Logger = {
    debug() {},
    info() {},
    warn() {},
    error: (message, fields) => mistakes.push(`${message} ${JSON.stringify(fields)}`),
  };
  const store = createMemoryStore();
  const run = () => Promise.resolve({ type: "succeeded", output: Payload.ofText("{}") } as const);
  const handlers = { find: () => ({ handles: () => true, run }) };
  const common = { logger, cloudWatch: { to: async () => undefined, close() {} } };
  const stepwell = await createStepwell({
    ...common,
    store,
    region,
    accountId,
    around: () => handlers,
    // Whether a workflow may act in its role is held elsewhere.
    iam: { mode: isClosed ? "required" : "open", workflowRoles: "ignore" },
    onFailure: (reason) => mistakes.push(String(reason)),
  });
  const { service, engine, iam } = stepwell;
  const views = new ConsoleService({
    service,
    engine,
    store,
    clock: systemClock,
    version: "1.2.3",
    simulations: {
      open: (parts) => createStepwell({ ...parts, ...common }),
      outside: handlers,
    },
  });
  const server = createHttpServer({
    service,
    host: "127.0.0.1",
    port: 0,
    logger,
    hooks: stepwell.hooks,
    iam: iam.service,
    authenticator: isClosed
      ? createAuthenticator({ credentials: iam.credentials, clock: systemClock, accountId })
      : undefined,
    console: createConsoleHttp({
      console: views,
      links: new LinkDesk({
        questions: views.questions,
        engine,
        clock: systemClock,
        secret: store.secret(),
      }),
      service,
      folder: builtConsole(),
      basePath: "/console",
      logger,
    }),
  });
  const { port } = await server.listen();
  await service.call("CreateStateMachine", { name: "m", definition: passDefinition, roleArn });
  await service.call("StartExecution", { stateMachineArn: machineArn, name: "e" });
  return {
    port,
    stepwell,
    mistakes,
    async close() {
      await server.close(0);
      await stepwell.shutdown(0);
    },
  };
}
