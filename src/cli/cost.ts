import type { CostReport, CostRow } from "../telemetry/usage/cost-report.ts";
import { parseArguments } from "./arguments.ts";
import { CommandFailure, UsageError } from "./errors.ts";
import type { Command } from "./main.ts";
import { ownerEndpoint } from "./owner-credentials.ts";
import { signedFetch } from "./signed-fetch.ts";
import { tableOf } from "./table.ts";

const usualEndpoint = "http://127.0.0.1:8083";

const help = `Show what the workflows of a running server used in a month, and what AWS would have charged for it.

Usage: stepwell cost [OPTIONS]

Options:
  --month MONTH      A month such as 2026-11; this one by default
  --by GROUPING      machine (the default), version, alias, or tag:NAME for the values of a tag
  --json             Print one JSON document instead of a table
  --endpoint URL     The server; AWS_ENDPOINT_URL_SFN, AWS_ENDPOINT_URL, else the one over the data directory here,
                     else ${usualEndpoint}
  --help, -h         Show this

Exit status: 0 done, 1 the server refused or was not reached, 2 the command line was wrong.
`;

/** `stepwell cost`: usage by month, and its price at AWS. */
export const cost: Command = {
  help,
  async run(args) {
    const { values, positionals } = parseArguments(args, {
      month: { type: "string" },
      by: { type: "string" },
      json: { type: "boolean" },
      endpoint: { type: "string" },
    });
    if (positionals.length > 0) {
      throw new UsageError(`cost takes options only, not '${positionals.join(" ")}'.`);
    }
    const { AWS_ENDPOINT_URL_SFN, AWS_ENDPOINT_URL } = process.env;
    const endpoint =
      values.endpoint ??
      AWS_ENDPOINT_URL_SFN ??
      AWS_ENDPOINT_URL ??
      (await ownerEndpoint()) ??
      usualEndpoint;
    if (!URL.canParse(endpoint)) throw new UsageError(`--endpoint '${endpoint}' is no address.`);
    const url = new URL("/stepwell/cost", endpoint);
    const { month, by } = values;
    if (month !== undefined) url.searchParams.set("month", month);
    if (by !== undefined) url.searchParams.set("by", by);
    const report = await ask(url);
    process.stdout.write(
      values.json === true ? `${JSON.stringify(report, undefined, 2)}\n` : costText(report),
    );
    return 0;
  },
};

async function ask(url: URL): Promise<CostReport> {
  const answer = await signedFetch({ method: "GET", url }).catch((error: unknown) => {
    throw new CommandFailure(`No server answers at ${url.origin}. Is 'stepwell start' running?`, {
      cause: error,
    });
  });
  const body = (await answer.json()) as CostReport & { readonly message?: string };
  if (answer.ok) return body;
  throw new CommandFailure(body.message ?? `The server answered ${answer.status}.`);
}

/** The report as a table, with what it was reckoned with. */
export function costText(report: CostReport): string {
  const { month, by, rows, total, prices, freeTransitions } = report;
  if (rows.length === 0) return `Nothing was used in ${month}.\n`;
  const head = [
    by.startsWith("tag:") ? by.slice("tag:".length).toUpperCase() : by.toUpperCase(),
    "EXECUTIONS",
    "TRANSITIONS",
    "REQUESTS",
    "GB-SECONDS",
    "MAP RUNS",
    prices.currency,
  ];
  const cells = (row: CostRow, key: string): readonly string[] => [
    key,
    whole(row.executions),
    whole(row.transitions),
    whole(row.requests),
    row.gbSeconds.toFixed(1),
    whole(row.mapRuns),
    amount(row.cost.total),
  ];
  const table = tableOf(head, [
    ...rows.map((row) => cells(row, row.key || "(none)")),
    cells(total, "Total"),
  ]);
  return `${month}: what AWS would have charged, at the prices of ${prices.region} of ${prices.date}

${table}
Free transitions of the month: ${whole(freeTransitions)}. Called services, logs and data are not in it.
`;
}

function whole(number: number): string {
  return number.toLocaleString("en-US");
}

/** Four digits: one execution costs less than a cent. */
function amount(money: number): string {
  return money.toFixed(money !== 0 && money < 1 ? 4 : 2);
}
