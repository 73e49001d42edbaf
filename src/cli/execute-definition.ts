import { createStepwell } from "../server/stepwell-server.ts";
import { ApiError } from "../service/errors/api-error.ts";
import type { FinishedRun } from "../simulate/finished-run.ts";
import type { OpenEngine } from "../simulate/open-engine.ts";
import { RefusedMachine, runInMemory } from "../simulate/run-in-memory.ts";
import { eventsOfTrials } from "../triggers/status-events/events-configuration.ts";
import { consoleLogger, functionLogLines } from "./console-logger.ts";
import { CommandFailure } from "./errors.ts";
import { withShippedFunctions } from "./examples.ts";
import { createProgress } from "./progress.ts";
import { progressText } from "./run-report.ts";
import type { Settings } from "./settings.ts";
import { createTypedAnswers } from "./typed-answers.ts";

/** One execution of one definition. */
export interface RunRequest {
  readonly path: string;
  readonly name: string;
  readonly definition: string;
  readonly input: string;
  readonly type: "STANDARD" | "EXPRESS";
  readonly skipWaits: boolean;
  readonly settings: Settings;
  readonly verbose: boolean;
}

/** Runs the definition with the real engine over a store in memory, and shows its progress on stderr. */
export async function executeDefinition(request: RunRequest): Promise<FinishedRun> {
  const { name, definition, type, input, settings, path } = request;
  const progress = createProgress();
  try {
    return await interruptibly((signal) =>
      runInMemory({
        open: engineOf(settings, request.verbose),
        region: settings.region,
        accountId: settings.accountId,
        machines: [{ name, definition, type }],
        stateMachineName: name,
        executionName: "run",
        input,
        skipsTime: request.skipWaits,
        answers: (tasks, changed) =>
          createTypedAnswers({
            tasks,
            input: process.stdin,
            tell: (text) => process.stderr.write(`${text}\n`),
            changed,
          }),
        seen(_, events, isMain) {
          if (!isMain) return;
          for (const line of progress(events)) process.stderr.write(progressText(line));
        },
        signal,
      }),
    );
  } catch (error) {
    if (!(error instanceof RefusedMachine)) throw error;
    const isInvalid = error.cause instanceof ApiError && error.cause.code === "InvalidDefinition";
    const hint = isInvalid ? `\nTo see where: stepwell validate ${path}` : "";
    throw new CommandFailure(`${error.message}${hint}`, { cause: error });
  }
}

/** How a command's engines are made: with the functions and connections that its settings name, and the functions of starters. */
export function engineOf(given: Settings, verbose: boolean): OpenEngine {
  const logger = consoleLogger(verbose);
  const settings = withShippedFunctions(given);
  return (parts) =>
    createStepwell({
      ...settings,
      // Time may be skipped here, and nobody asks what was used.
      telemetry: undefined,
      events: eventsOfTrials(settings.events),
      pipes: undefined,
      ...parts,
      logger,
      functionLogs: functionLogLines,
    });
}

/** Ctrl+C ends the process once what the work has opened is closed. */
export async function interruptibly<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const interrupted = (): void => {
    controller.abort();
    process.exit(130);
  };
  process.once("SIGINT", interrupted);
  try {
    return await work(controller.signal);
  } finally {
    process.off("SIGINT", interrupted);
  }
}
