import { parentPort, workerData } from "node:worker_threads";
import { performTrial } from "../../console/designer/try/trial.ts";
import type { TrialAnswer, TrialQuestion } from "../../console/designer/try/trial-threads.ts";
import type { Limits } from "../../machine/limits.ts";
import type { Logger } from "../../ports/logger.ts";
import { ApiError } from "../../service/errors/api-error.ts";
import { simulate, type SimulationHost } from "../../simulate/simulation/simulate.ts";
import { createStepwell } from "../stepwell-server.ts";

/** What the thread is told when it begins. */
export interface ThreadSettings {
  readonly limits: Limits;
}

const { limits } = workerData as ThreadSettings;

/** Of definitions that are being written nothing is for the log; a mistake of ours is told to whoever asked. */
const silent: Logger = { debug() {}, info() {}, warn() {}, error() {} };

const host: Pick<SimulationHost, "open" | "outside"> = {
  open: (parts) =>
    createStepwell({
      limits,
      cloudWatch: { to: async () => undefined, close() {} },
      ...parts,
      logger: silent,
    }),
  outside: {
    find() {
      throw new Error("Nothing is called on the thread of simulations");
    },
  },
};

async function answerOf({ trial, place }: TrialQuestion): Promise<TrialAnswer> {
  try {
    const view = await performTrial(trial, (settings, paths) =>
      simulate(
        { ...settings, seen: (record, events, isMain) => paths.note(record, events, isMain) },
        { ...host, ...place },
      ),
    );
    return { type: "done", view };
  } catch (error) {
    if (error instanceof ApiError) {
      const { code, message, extra, statusCode } = error;
      return { type: "refused", error: { code, message, extra, statusCode } };
    }
    return { type: "failed", message: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.on("message", (question: TrialQuestion) => {
  void answerOf(question).then((answer) => parentPort?.postMessage(answer));
});
