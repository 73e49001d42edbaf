import type { ExecutionPage, ExecutionRow } from "../console/view-types.ts";
import { parseArguments } from "./arguments.ts";
import { ask, consoleAddress, usualConsole } from "./ask-console.ts";
import { CommandFailure, UsageError } from "./errors.ts";
import type { Command } from "./main.ts";
import { tableOf } from "./table.ts";
import { durationText } from "./terminal.ts";

const help = `Find executions in a running server, in the language of the console's filter.

Usage: stepwell executions [--filter FILTER] [OPTIONS]

  stepwell executions --filter 'status:failed workflow:orders started:>-2h'
  stepwell executions --filter 'input.order.id:4711'

All terms have to hold; the same field twice means either. Fields: status, workflow, name, error, state, started, duration, version,
alias, type, waiting, redrives, parent, and members of inputs and outputs that the workflow's tag stepwell:index names.

Options:
  --filter FILTER    Absent: all of them, the newest first
  --limit N          How many are shown, 100 if absent, 10000 at most
  --console URL      The server's console; STEPWELL_CONSOLE_URL, else /console at AWS_ENDPOINT_URL, else
                     ${usualConsole}
  --json             Print a JSON document for each, on a line of its own
  --help, -h         Show this

Exit status: 0 done, 1 the filter was not understood or the server was not reached, 2 the command line was wrong.
`;

/** Our choice: as many as the console remembers would be more than a terminal shows. */
const mostRows = 10_000;

/** `stepwell executions`: the console's list of executions, in a terminal. */
export const executions: Command = {
  help,
  async run(args) {
    const { values, positionals } = parseArguments(args, {
      filter: { type: "string" },
      limit: { type: "string" },
      console: { type: "string" },
      json: { type: "boolean" },
    });
    const [unknown] = positionals;
    if (unknown !== undefined) {
      throw new UsageError(`'${unknown}' belongs to nothing; a filter is one word: --filter '…'.`);
    }
    const console = consoleAddress(values.console);
    const rows = await find(console, values.filter ?? "", limitOf(values.limit));
    const text =
      values.json === true ? rows.map((row) => `${JSON.stringify(row)}\n`).join("") : listOf(rows);
    process.stdout.write(text);
    return 0;
  },
};

function limitOf(text = "100"): number {
  const limit = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= mostRows) return limit;
  throw new UsageError(`--limit '${text}' is no whole number from 1 to ${mostRows}.`);
}

async function find(console: string, filter: string, limit: number): Promise<ExecutionRow[]> {
  const rows: ExecutionRow[] = [];
  let after: string | undefined;
  do {
    const query = new URLSearchParams({ filter, ...(after !== undefined && { after }) });
    const page = (await ask(console, `executions?${query.toString()}`)) as ExecutionPage & {
      readonly problems: readonly string[];
    };
    // The console goes on without what it does not understand, as somebody who types wants it. Here it would be a wrong answer.
    if (page.problems.length > 0) throw new CommandFailure(page.problems.join("\n"));
    rows.push(...page.rows);
    after = page.next;
  } while (after !== undefined && rows.length < limit);
  return rows.slice(0, limit);
}

function listOf(rows: readonly ExecutionRow[]): string {
  if (rows.length === 0) return "There are none.\n";
  const now = Date.now();
  return tableOf(
    ["STATUS", "WORKFLOW", "NAME", "STARTED", "TOOK", "ERROR"],
    rows.map((row) => [
      row.status,
      row.stateMachineName,
      row.name,
      new Date(row.startDate).toISOString(),
      durationText((row.stopDate ?? now) - row.startDate),
      row.error ?? "",
    ]),
  );
}
