import { type ChildProcess, spawn } from "node:child_process";
import { exceedsBytes } from "../expression/payload.ts";
import { asJson, jsonObject } from "../integrations/functions/json-text.ts";
import type { TakenTask, WorkerResult } from "./worker-task.ts";

/** *Documented*: what a task's output may have. */
const mostOutputBytes = 262_144;

/** Our choices: how much of stderr goes into the cause, and how long a program may tidy up. */
const traceCharacters = 4_096;
const tidyMs = 5_000;

/**
 * A program as the worker's hands, a process for each task: the input on stdin, the output on stdout (JSON, else a string), an exit
 * status other than 0 a failure, which a document `{ "errorType", "errorMessage" }` on stdout may name, as for functions.
 */
export function runProgram(
  command: string,
  { taskToken, input }: TakenTask,
  signal: AbortSignal,
  activityArn: string,
): Promise<WorkerResult> {
  return new Promise((resolve) => {
    const child = spawn("/bin/sh", ["-c", command], {
      env: { ...process.env, STEPWELL_TASK_TOKEN: taskToken, STEPWELL_ACTIVITY_ARN: activityArn },
      stdio: ["pipe", "pipe", "pipe"],
      // A group of its own: all that it has started is ended with it.
      detached: true,
    });
    let stdout = "";
    let stderr = "";
    let verdict: WorkerResult | undefined;
    let killTimer: NodeJS.Timeout | undefined;
    const end = (): void => {
      signalGroup(child, "SIGTERM");
      killTimer ??= setTimeout(() => {
        signalGroup(child, "SIGKILL");
        // What has left the group may still hold them open.
        child.stdout.destroy();
        child.stderr.destroy();
      }, tidyMs);
    };
    const aborted = (): void => {
      verdict ??= failure("Worker.Stopped", "The program was ended: nobody waits for it any more.");
      end();
    };
    const settle = (result: WorkerResult): void => {
      clearTimeout(killTimer);
      signal.removeEventListener("abort", aborted);
      resolve(result);
    };
    signal.addEventListener("abort", aborted);
    if (signal.aborted) aborted();
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      if (verdict !== undefined) return;
      stdout += text;
      if (!exceedsBytes(stdout, mostOutputBytes)) return;
      verdict = failure(
        "States.DataLimitExceeded",
        `The program printed more than the ${mostOutputBytes} bytes that an output may have.`,
      );
      end();
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr = (stderr + text).slice(-traceCharacters);
      process.stderr.write(text);
    });
    // A program need not read its input.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
    child.on("error", (error) =>
      settle(failure("States.TaskFailed", `The program could not be started: ${error.message}`)),
    );
    // What it has left behind would hold its output open for ever.
    child.on("exit", end);
    child.on("close", (status, signalName) => {
      if (verdict !== undefined) settle(verdict);
      else if (status === 0) settle(success(asJson(stdout)));
      else settle(failed(stdout, stderr, signalName ?? `status ${status}`));
    });
  });
}

function success(output: string): WorkerResult {
  return exceedsBytes(output, mostOutputBytes)
    ? failure("States.DataLimitExceeded", "The output has more bytes than one may have.")
    : { type: "success", output };
}

function failed(stdout: string, stderr: string, how: string): WorkerResult {
  const { errorType, errorMessage } = jsonObject(stdout) ?? {};
  if (typeof errorType === "string" && errorType !== "") {
    return failure(errorType, typeof errorMessage === "string" ? errorMessage : "");
  }
  const said = stderr.trim();
  return failure("States.TaskFailed", `The program ended with ${how}${said && `: ${said}`}`);
}

function failure(error: string, cause: string): WorkerResult {
  return { type: "failure", error, cause };
}

function signalGroup(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, name);
  } catch {
    // All of it has ended.
  }
}
