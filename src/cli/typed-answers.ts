import { createInterface } from "node:readline";
import { parseJsonText } from "../asl/diagnostics/json-text.ts";
import { Payload } from "../expression/payload.ts";
import type { Engine, TaskResult } from "../runtime/engine.ts";
import type { RunningTasks } from "../simulate/running-tasks.ts";
import { type TokenAnswers, unansweredError } from "../simulate/token-answers.ts";
import { jsonProblem } from "./json-problem.ts";

export interface TypedAnswersOptions {
  readonly tasks: RunningTasks;
  readonly input: NodeJS.ReadStream;
  /** Says something to the person who answers. */
  readonly tell: (text: string) => void;
  /** What {@link TokenAnswers.awaited} answers may have changed. */
  readonly changed: () => void;
}

/**
 * Completes tasks that wait for their token by what is typed: each line of the input answers the oldest of them, with
 * its output in JSON or with `fail ERROR CAUSE`. The input is not touched before a task waits. After its end nobody can
 * answer any more: tasks that do not time out by themselves fail.
 */
export function createTypedAnswers(options: TypedAnswersOptions): TokenAnswers {
  const { tasks, input, tell, changed } = options;
  const lines: string[] = [];
  let reader: ReturnType<typeof createInterface> | undefined;
  let ended = false;
  let answering = false;
  let asked: string | undefined;

  async function answerAll(engine: Pick<Engine, "completeTask">): Promise<void> {
    if (answering) return;
    answering = true;
    for (;;) {
      const [token] = tasks.openTokens();
      const unanswerable = ended ? tasks.openTokens().find(({ timesOut }) => !timesOut) : undefined;
      const line = lines.shift();
      if (token !== undefined && line !== undefined) {
        const result = taskResultOf(line);
        if (typeof result === "string") tell(result);
        else await engine.completeTask(token.taskToken, result);
      } else if (unanswerable !== undefined) {
        await engine.completeTask(unanswerable.taskToken, { type: "failure", ...unanswered });
      } else {
        if (line !== undefined) lines.unshift(line);
        break;
      }
    }
    answering = false;
  }

  return {
    ask(engine) {
      const [token] = tasks.openTokens();
      if (token === undefined) return;
      if (reader === undefined && !ended) {
        reader = createInterface({ input, terminal: false });
        reader.on("line", (line) => {
          if (line.trim() !== "") lines.push(line.trim());
          void answerAll(engine);
        });
        reader.on("close", () => {
          ended = true;
          const waiting = tasks.openTokens().find(({ timesOut }) => timesOut);
          if (lines.length === 0 && waiting !== undefined) {
            tell(
              `stdin has ended: ${waiting.stateName} cannot be answered and goes on until it times out`,
            );
          }
          void answerAll(engine);
          changed();
        });
      }
      if (!ended && token.taskToken !== asked) {
        asked = token.taskToken;
        tell(`Type the output of ${token.stateName} as JSON, or: fail ERROR CAUSE`);
      }
      void answerAll(engine);
    },
    awaited: () => !ended && tasks.openTokens().length > 0,
    close() {
      ended = true;
      reader?.removeAllListeners();
      reader?.close();
      if (reader !== undefined) input.destroy();
    },
  };
}

const unanswered = {
  error: unansweredError,
  cause:
    "The task waits for its token, and nobody can answer: stdin has ended, and the task has no TimeoutSeconds. Answer on stdin, or use `stepwell start` and SendTaskSuccess.",
};

/** What a line means; a text says what is wrong with it. */
function taskResultOf(line: string): TaskResult | string {
  const failure = /^fail(?:\s+(\S+)(?:\s+(.*))?)?$/.exec(line);
  if (failure !== null) {
    const [, error, cause] = failure;
    return {
      type: "failure",
      ...(error === undefined ? {} : { error }),
      ...(cause === undefined ? {} : { cause }),
    };
  }
  const { error } = parseJsonText(line);
  if (error === undefined) return { type: "success", output: Payload.ofText(line) };
  return `That is not JSON: ${jsonProblem(line, error)}. Type the task's output as JSON, or: fail ERROR CAUSE`;
}
