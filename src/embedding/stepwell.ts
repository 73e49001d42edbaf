import type { TaskHandlers } from "../integrations/task-handlers.ts";
import type { Logger } from "../ports/logger.ts";
import { startStepwell as startServer } from "../server/start-stepwell.ts";
import {
  createStepwell as createServerParts,
  type Stepwell as ServerParts,
} from "../server/stepwell-server.ts";
import type { StepwellOptions as ServerOptions } from "../server/stepwell-options.ts";
import { stderrLogger } from "../server/stderr-logger.ts";
import { openStore } from "../store/open-store.ts";
import { type InProcessFunctions, withFunctions } from "./in-process-functions.ts";
import { type Workflows, workflowsOf } from "./workflows.ts";

export { ApiError } from "../service/errors/api-error.ts";
export { TaskFailed } from "../worker/worker.ts";
export type { Logger } from "../ports/logger.ts";
export type { JsonObject, JsonValue } from "../expression/json.ts";
export type { InputOf, OperationName } from "../service/model/service-model.ts";
export type {
  FunctionCall,
  InProcessFunction,
  InProcessFunctions,
} from "./in-process-functions.ts";
export type { DeployOptions, ExecutionResult, Workflows } from "./workflows.ts";

export interface StepwellOptions {
  /** The folder in which everything is kept; it belongs to this process meanwhile. Absent: all is kept in memory, and gone in the end. */
  readonly dataDir?: string;
  /** Absent: `us-east-1` and `000000000000`. */
  readonly region?: string;
  readonly accountId?: string;
  /** Lambda functions that are functions of this process. */
  readonly functions?: InProcessFunctions;
  /** A folder of Lambda functions, each in a folder of its own, which run in processes of their own. */
  readonly functionsFolder?: string;
  /** Serves the API over HTTP on the loopback, for clients and other processes. Absent: there is no server. */
  readonly listen?: {
    /** Absent: one that is free. */
    readonly port?: number;
  };
  /** What waits and retry delays are multiplied by. Absent: 1. */
  readonly waitTimeScale?: number;
  /** Absent: warnings and errors go to standard error. */
  readonly logger?: Logger;
  /**
   * The engine cannot go on: its disk has failed, say. What was accepted is in its store. Absent: the reason is thrown where nobody
   * catches it, which ends the process.
   */
  readonly onFailure?: (reason: Error) => void;
}

/** A Step Functions within this process. */
export interface Stepwell extends Workflows {
  /** Where the API is served; absent without `listen`. */
  readonly url: string | undefined;
  /** Lets running tasks finish for that long, and closes the store: what is under way in a `dataDir` goes on when it is opened again. */
  close(graceMs?: number): Promise<void>;
}

/** What only a test gives: its clock, and what stands around its tasks. */
export type InnerOptions = Partial<Pick<ServerOptions, "clock" | "subscribers">> & {
  readonly around?: (
    handlers: Pick<TaskHandlers, "find">,
  ) => ReturnType<NonNullable<ServerOptions["around"]>>;
};

/** Makes a Step Functions within this process: `import { createStepwell } from "stepwell"`. */
export async function createStepwell(options: StepwellOptions = {}): Promise<Stepwell> {
  return (await openStepwell(options, {})).stepwell;
}

/** The same with its parts. */
export async function openStepwell(
  options: StepwellOptions,
  inner: InnerOptions,
): Promise<{ readonly stepwell: Stepwell; readonly parts: ServerParts }> {
  const { dataDir, listen, functions = {}, onFailure = throwUncaught } = options;
  const store = await openStore(
    dataDir === undefined ? { kind: "memory" } : { kind: "sqlite", dataDir },
  );
  const serverOptions: ServerOptions = {
    ...inner,
    store,
    logger: options.logger ?? stderrLogger("warn"),
    onFailure,
    around: (handlers) => {
      const found = withFunctions(handlers, functions);
      return inner.around?.(found) ?? found;
    },
    ...(options.region !== undefined && { region: options.region }),
    ...(options.accountId !== undefined && { accountId: options.accountId }),
    ...(options.functionsFolder !== undefined && { functionsFolder: options.functionsFolder }),
    ...(options.waitTimeScale !== undefined && { waitTimeScale: options.waitTimeScale }),
  };
  const closing = new AbortController();
  try {
    const { parts, url } = await opened(serverOptions, listen);
    return {
      parts,
      stepwell: {
        ...workflowsOf(parts.service, closing.signal),
        url,
        async close(graceMs = defaultGraceMs) {
          closing.abort(new Error("The Stepwell was closed."));
          await parts.shutdown(graceMs);
        },
      },
    };
  } catch (error) {
    // A port that is taken has closed everything already.
    await store.close().catch(() => {});
    throw error;
  }
}

/** Our choice: as long as `stepwell start` lets them. */
const defaultGraceMs = 5_000;

async function opened(
  options: ServerOptions,
  listen: StepwellOptions["listen"],
): Promise<{ readonly parts: ServerParts; readonly url: string | undefined }> {
  if (listen === undefined) return { parts: await createServerParts(options), url: undefined };
  // Nobody is asked for credentials, so that nobody else may reach it.
  const host = "127.0.0.1";
  const parts = await startServer({ ...options, host, port: listen.port ?? 0 });
  return { parts, url: `http://${host}:${parts.port}` };
}

function throwUncaught(reason: Error): void {
  queueMicrotask(() => {
    throw reason;
  });
}
