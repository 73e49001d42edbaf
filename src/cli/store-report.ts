import type { DumpKind } from "../ports/store-dump.ts";
import type { CheckResult } from "../store/check-store.ts";
import type { CopyResult } from "../store/copy-store.ts";
import { durationText, styled } from "./terminal.ts";

/** What the kinds are called, for people. */
export const kindNames: { readonly [K in DumpKind]: string } = {
  secret: "secret",
  stateMachine: "state machines",
  revision: "revisions",
  version: "versions",
  alias: "aliases",
  note: "notes",
  document: "documents",
  activity: "activities",
  execution: "executions",
  journal: "journal chunks",
  activityTask: "waiting activity tasks",
  mapRun: "Map Runs",
  message: "messages",
};

const nameWidth = Math.max(...Object.values(kindNames).map(({ length }) => length));

/** `12,345` */
export function numberText(number: number): string {
  return number.toLocaleString("en-US");
}

/** What a check has read and found. */
export function checkText(name: string, schemaVersion: number, result: CheckResult): string {
  const { counts, statuses, parked, events, problems, risks } = result;
  const shown = Object.entries(statuses).map(([status, count]) => `${numberText(count)} ${status}`);
  const details: { readonly [K in DumpKind]?: string } = {
    execution: [...shown, `${numberText(parked)} parked`].join(", "),
    journal: `${numberText(events)} events`,
  };
  const lines = kinds
    .filter((kind) => kind !== "secret")
    .map((kind) => {
      const detail = details[kind];
      const count = numberText(counts[kind]).padStart(11);
      return `  ${kindNames[kind].padEnd(nameWidth)}${count}${detail === undefined ? "" : `  ${detail}`}\n`;
    });
  const wrong = problems.map((text) => `${styled(process.stdout, "red", "wrong:")} ${text}\n`);
  const risky = risks.map((text) => `${styled(process.stdout, "yellow", "risky:")} ${text}\n`);
  const verdict =
    problems.length === 0
      ? "Nothing is wrong.\n"
      : `${numberText(problems.length)} ${problems.length === 1 ? "thing is" : "things are"} wrong.\n`;
  return `${name}\nschema ${schemaVersion}\n${lines.join("")}${risky.join("")}${wrong.join("")}${verdict}`;
}

/** What a copy came to. */
export function copyText(
  result: CopyResult,
  names: readonly [string, string],
  tookMs: number,
): string {
  const width = Math.max(...result.kinds.map(({ counts }) => numberText(counts[0]).length), 9);
  const lines = result.kinds.map(({ kind, counts, checksums, differences }) => {
    // The checksum of the secret is nobody's business.
    const sum = kind === "secret" ? "" : checksums[0];
    const what = differences.length === 0 ? sum : styled(process.stdout, "red", "differs");
    return `  ${kindNames[kind].padEnd(nameWidth)}  ${numberText(counts[0]).padStart(width)}  ${what}`.trimEnd();
  });
  const head = `  ${"".padEnd(nameWidth)}  ${"records".padStart(width)}  SHA-256, the same on both sides`;
  const executions = result.kinds.find(({ kind }) => kind === "execution")?.counts[0] ?? 0;
  const rate = Math.round((executions * 1000) / Math.max(1, tookMs));
  const verdict =
    result.problems.length === 0
      ? `${names[1]} holds all that ${names[0]} holds: ` +
        `${numberText(executions)} executions in ${durationText(tookMs)}` +
        (result.resumed
          ? ", after an earlier copy was gone on with.\n"
          : `, ${numberText(rate)} a second.\n`)
      : `${styled(process.stdout, "red", "The copy is not what its source is")}, and no server opens it:\n` +
        result.problems.map((text) => `  ${text}\n`).join("");
  return `${head}\n${lines.join("\n")}\n${verdict}`;
}

const kinds = Object.keys(kindNames) as DumpKind[];
