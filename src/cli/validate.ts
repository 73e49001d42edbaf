import { parseArguments, definedNames, stateMachineType } from "./arguments.ts";
import {
  checkDefinitionFile,
  type CheckedFile,
  type PlacedDiagnostic,
} from "./check-definition-file.ts";
import { CommandFailure, UsageError } from "./errors.ts";
import type { Command } from "./main.ts";
import { styled } from "./terminal.ts";

const help = `Check definitions in Amazon States Language, JSON or YAML, and show what is wrong where.

Usage: stepwell validate FILE… [OPTIONS]

Options:
  --define Name=value   Fill in \${Name} in strings; may be repeated. Placeholders that are not
                        filled in count as values that come later
  --type TYPE           STANDARD (the default) or EXPRESS, which has fewer patterns
  --json                Print one JSON document instead of text
  --help, -h            Show this

Exit status: 0 no errors (there may be warnings), 1 errors, 2 the command line was wrong.
`;

/** `stepwell validate FILE…`: diagnostics on stdout, as compilers print them. */
export const validate: Command = {
  help,
  async run(args) {
    const { values, positionals } = parseArguments(args, {
      define: { type: "string", multiple: true },
      type: { type: "string" },
      json: { type: "boolean" },
    });
    if (positionals.length === 0) throw new UsageError("FILE is missing: name one or more.");
    const type = stateMachineType(values.type);
    const defined = definedNames(values.define);
    const checked: CheckedFile[] = [];
    for (const path of positionals) checked.push(await checkOrFail(path, type, defined));
    process.stdout.write(values.json === true ? jsonReport(checked) : textReport(checked));
    return checked.some(({ errors }) => errors > 0) ? 1 : 0;
  },
};

/** A file that cannot be read is wrong like one that is not JSON: the others are still checked. */
async function checkOrFail(
  path: string,
  type: "STANDARD" | "EXPRESS",
  defined: ReadonlyMap<string, string>,
): Promise<CheckedFile> {
  try {
    return await checkDefinitionFile(path, type, defined);
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    const diagnostic: PlacedDiagnostic = {
      severity: "ERROR",
      code: "UNREADABLE_FILE",
      message: error.message,
      line: 1,
      column: 1,
      sourceLine: "",
    };
    return { file: path, diagnostics: [diagnostic], errors: 1, warnings: 0 };
  }
}

function jsonReport(checked: readonly CheckedFile[]): string {
  const files = checked.map(({ file, errors, diagnostics }) => ({
    file,
    result: errors > 0 ? "FAIL" : "OK",
    diagnostics: diagnostics.map((diagnostic) => ({ ...diagnostic, sourceLine: undefined })),
  }));
  return `${JSON.stringify({ result: files.some(({ result }) => result === "FAIL") ? "FAIL" : "OK", files }, null, 2)}\n`;
}

function textReport(checked: readonly CheckedFile[]): string {
  const parts = checked.flatMap(({ file, diagnostics }) =>
    diagnostics.map((diagnostic) => diagnosticText(file, diagnostic)),
  );
  return `${parts.join("")}${summary(checked)}\n`;
}

function diagnosticText(file: string, diagnostic: PlacedDiagnostic): string {
  const { severity, code, message, location, line, column, sourceLine } = diagnostic;
  const place = styled(process.stdout, "bold", `${file}:${line}:${column}:`);
  const label = severity === "ERROR" ? "error" : "warning";
  const colour = severity === "ERROR" ? "red" : "yellow";
  const where = location === undefined ? "" : styled(process.stdout, "dim", ` (at ${location})`);
  const head = `${place} ${styled(process.stdout, ["bold", colour], label)} ${code} ${message}${where}\n`;
  if (sourceLine.trim() === "") return head;
  const { text, indent } = excerpt(sourceLine, column);
  const number = String(line);
  return `${head}  ${number} | ${text}\n  ${" ".repeat(number.length)} | ${indent}${styled(process.stdout, colour, "^")}\n`;
}

/** Minified definitions are one line: what is shown of it has the place in sight. */
const widest = 100;

function excerpt(line: string, column: number): { text: string; indent: string } {
  const start = line.length <= widest ? 0 : Math.max(0, column - 1 - widest / 2);
  const text = line.slice(start, start + widest);
  const before = line.slice(start, column - 1);
  const [left, right] = [start > 0 ? "…" : "", start + widest < line.length ? "…" : ""];
  // Tabs stay tabs, so that the caret is under its place however wide they are.
  return {
    text: `${left}${text}${right}`,
    indent: `${left && " "}${before.replace(/[^\t]/g, " ")}`,
  };
}

function summary(checked: readonly CheckedFile[]): string {
  const errors = checked.reduce((sum, file) => sum + file.errors, 0);
  const warnings = checked.reduce((sum, file) => sum + file.warnings, 0);
  const files = plural(checked.length, "file");
  const found = warnings === 0 ? "" : `, ${plural(warnings, "warning")}`;
  return errors === 0
    ? `${styled(process.stdout, "green", "OK")}: ${files} without errors${found}`
    : `${styled(process.stdout, "red", "FAIL")}: ${plural(errors, "error")}${found} in ${files}`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
