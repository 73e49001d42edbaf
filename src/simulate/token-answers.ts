import type { Engine } from "../runtime/engine.ts";
import type { RunningTasks } from "./running-tasks.ts";

/** Somebody, or nobody, who completes tasks that wait for their token. */
export interface TokenAnswers {
  /** Looks whether a task waits for an answer, and asks for it. */
  ask(engine: Pick<Engine, "completeTask">): void;
  /** Whether a task waits for an answer that can still come. */
  awaited(): boolean;
  close(): void;
}

/** Our choice: what a task fails with that nobody can complete. */
export const unansweredError = "Stepwell.Unanswered";

/** Nobody answers: a task that waits for its token and does not time out by itself fails, for this cause. */
export function nobodyAnswers(tasks: RunningTasks, cause: string): TokenAnswers {
  return {
    ask(engine) {
      for (const { taskToken, timesOut } of tasks.openTokens()) {
        if (timesOut) continue;
        void engine.completeTask(taskToken, { type: "failure", error: unansweredError, cause });
      }
    },
    awaited: () => false,
    close() {},
  };
}
