import { historyEvent, isPublic } from "../machine/journal/history.ts";
import type { FinishedRun, LastEvent } from "../simulate/finished-run.ts";
import type { RunRequest } from "./execute-definition.ts";
import type { ProgressLine } from "./progress.ts";
import { durationText, styled, type Style } from "./terminal.ts";

const marks: {
  readonly [K in ProgressLine["kind"]]: { readonly mark: string; readonly style: Style };
} = {
  entered: { mark: "→", style: "cyan" },
  waiting: { mark: "…", style: "dim" },
  retry: { mark: "↻", style: "yellow" },
  caught: { mark: "!", style: "yellow" },
  done: { mark: "✔", style: "green" },
  failed: { mark: "✘", style: "red" },
};

/** A line of progress as stderr shows it. */
export function progressText({ kind, depth, text }: ProgressLine): string {
  const { mark, style } = marks[kind];
  return `${"  ".repeat(depth)}${styled(process.stderr, style, mark)} ${text}\n`;
}

/** Says on stderr how it ended, and puts the output (or everything, as JSON) on stdout. */
export function reportRun(request: RunRequest, finished: FinishedRun, json: boolean): void {
  const { last, status, events } = finished;
  const startedAt = events[0]?.at ?? last.at;
  const shown = events.filter(isPublic);
  const result = resultOf(last);
  const succeeded = status === "SUCCEEDED";
  const took = `${durationText(last.at - startedAt)}, ${shown.length} events`;
  const verdict = styled(process.stderr, succeeded ? ["bold", "green"] : ["bold", "red"], status);
  process.stderr.write(`${verdict} in ${took}\n`);
  if (!succeeded) {
    process.stderr.write(
      `  error: ${result.error ?? "(none)"}\n  cause: ${result.cause ?? "(none)"}\n`,
    );
  }
  if (json) {
    const document = {
      executionArn: finished.executionArn,
      status,
      startDate: new Date(startedAt).toISOString(),
      stopDate: new Date(last.at).toISOString(),
      input: JSON.parse(request.input) as unknown,
      ...result,
      events: shown.map((event) => historyEvent(event, true)),
    };
    process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  } else if (result.output !== undefined) {
    // For a person it is laid out; a program gets the text as it is.
    const text = process.stdout.isTTY ? JSON.stringify(result.output, null, 2) : last.payload?.text;
    process.stdout.write(`${text ?? ""}\n`);
  }
}

function resultOf(last: LastEvent): { output?: unknown; error?: string; cause?: string } {
  if (last.type === "ExecutionSucceeded") return { output: last.payload?.value ?? null };
  return last.details;
}
