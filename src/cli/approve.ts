import { parseJsonText } from "../asl/diagnostics/json-text.ts";
import type { ApprovalView } from "../console/view-types.ts";
import { parseArguments } from "./arguments.ts";
import { ask, consoleAddress, usualConsole } from "./ask-console.ts";
import { CommandFailure, UsageError } from "./errors.ts";
import { jsonProblem } from "./json-problem.ts";
import type { Command } from "./main.ts";
import { durationText, styled } from "./terminal.ts";

const help = `List what waits for an answer in a running server, and answer it.

Usage: stepwell approve                      List what waits
       stepwell approve NUMBER --yes         Approve: {"approved": true}
       stepwell approve NUMBER --no          Reject: {"approved": false}
       stepwell approve NUMBER --output JSON Answer with any JSON
       stepwell approve NUMBER --fail ERROR  Fail the task
       stepwell approve NUMBER --link        Print a link for somebody without the console

NUMBER is that of the list; instead of it, the name of the execution is taken where only one waits.

Options:
  --comment TEXT     Sent with --yes and --no; the cause with --fail
  --console URL      The server's console; STEPWELL_CONSOLE_URL, else /console at AWS_ENDPOINT_URL, else
                     ${usualConsole}
  --json             Print the list as JSON
  --help, -h         Show this

Exit status: 0 done, 1 the server refused or was not reached, 2 the command line was wrong.
`;

/** `stepwell approve`: the inbox of the console, in a terminal. */
export const approve: Command = {
  help,
  async run(args) {
    const { values, positionals } = parseArguments(args, {
      yes: { type: "boolean" },
      no: { type: "boolean" },
      output: { type: "string" },
      fail: { type: "string" },
      link: { type: "boolean" },
      comment: { type: "string" },
      console: { type: "string" },
      json: { type: "boolean" },
    });
    const [which, another] = positionals;
    if (another !== undefined)
      throw new UsageError(`There is one NUMBER; '${another}' is too many.`);
    const console = consoleAddress(values.console);
    const waiting = (await ask(console, "approvals")) as readonly ApprovalView[];
    const answers = [values.yes, values.no, values.output, values.fail, values.link].filter(
      (given) => given !== undefined,
    );
    if (which === undefined) {
      if (answers.length > 0) throw new UsageError("NUMBER is missing: which one is answered?");
      process.stdout.write(
        values.json === true ? `${JSON.stringify(waiting, undefined, 2)}\n` : listOf(waiting),
      );
      return 0;
    }
    const asked = chosen(waiting, which);
    if (answers.length !== 1) {
      throw new UsageError("Give one of --yes, --no, --output, --fail and --link.");
    }
    const { executionArn, taskId } = asked;
    if (values.link === true) {
      const { url } = (await ask(console, "links", { executionArn, taskId })) as {
        readonly url: string;
      };
      process.stdout.write(`${url}\n`);
      return 0;
    }
    const { comment } = values;
    const answer =
      values.fail === undefined
        ? {
            output:
              values.output === undefined
                ? decision(values.yes === true, comment)
                : json(values.output),
          }
        : { error: values.fail, ...(comment !== undefined && { cause: comment }) };
    await ask(console, "approvals", { executionArn, taskId, ...answer });
    process.stdout.write(`Answered: ${asked.title} (${asked.executionName})\n`);
    return 0;
  },
};

function decision(approved: boolean, comment: string | undefined): string {
  return JSON.stringify({ approved, ...(comment !== undefined && { comment }) });
}

function json(text: string): string {
  const { error } = parseJsonText(text);
  if (error === undefined) return text;
  throw new UsageError(`--output is not JSON: ${jsonProblem(text, error)}`);
}

/** By its place in the list, or by its execution's name. */
function chosen(waiting: readonly ApprovalView[], which: string): ApprovalView {
  const named = waiting.filter(({ executionName }) => executionName === which);
  const [only] = named;
  if (only !== undefined && named.length === 1) return only;
  if (named.length > 1) {
    throw new CommandFailure(`${named.length} tasks of '${which}' wait: take the number of one.`);
  }
  const asked = /^\d+$/.test(which) ? waiting[Number(which) - 1] : undefined;
  if (asked !== undefined) return asked;
  throw new CommandFailure(
    waiting.length === 0
      ? "Nothing waits for an answer."
      : `There is no '${which}' in the list; it goes from 1 to ${waiting.length}.`,
  );
}

function listOf(waiting: readonly ApprovalView[]): string {
  if (waiting.length === 0) return "Nothing waits for an answer.\n";
  const now = Date.now();
  return waiting
    .map((asked, index) => {
      const due =
        asked.due === undefined ? "" : `, due in ${durationText(Math.max(0, asked.due - now))}`;
      const facts = asked.facts.map(({ name, value }) => `     ${name}: ${value}\n`).join("");
      const title = styled(process.stdout, "bold", asked.title);
      return `${String(index + 1).padStart(3)}  ${title}\n     ${asked.stateMachineName} / ${asked.executionName}, for ${durationText(now - asked.since)}${due}\n${facts}`;
    })
    .join("\n");
}
