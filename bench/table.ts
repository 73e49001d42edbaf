import type { Row } from "./rows.ts";

/** Lays the rows out under each other; columns that have nothing in them are left out. */
export function tableOf(rows: readonly Row[]): string {
  const columns: readonly [string, (row: Row) => string][] = [
    ["Workload", (row) => row.workload],
    ["Stepwell", (row) => row.figure],
    ["Target", (row) => row.target ?? ""],
    ["", (row) => (row.met === undefined ? "" : row.met ? "met" : "MISSED")],
    ["Restate", (row) => row.restate ?? ""],
    ["DBOS", (row) => row.dbos ?? ""],
  ];
  const shown = columns.filter(([, cell]) => rows.some((row) => cell(row) !== ""));
  const lines = [
    shown.map(([name]) => name),
    ...rows.map((row) => shown.map(([, cell]) => cell(row))),
  ];
  const widths = shown.map((_, index) =>
    Math.max(...lines.map((line) => line[index]?.length ?? 0)),
  );
  const layOut = (line: readonly string[]): string =>
    line
      .map((cell, index) =>
        index === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[index] ?? 0),
      )
      .join("  ")
      .trimEnd();
  const [head = [], ...body] = lines;
  return [
    layOut(head),
    widths.map((width) => "-".repeat(width)).join("  "),
    ...body.map(layOut),
  ].join("\n");
}
