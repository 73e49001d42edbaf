import { parseJsonText } from "../asl/diagnostics/json-text.ts";
import { basename } from "node:path";
import { definedNames, onlyPositional, parseArguments, stateMachineType } from "./arguments.ts";
import { CommandFailure, UsageError } from "./errors.ts";
import { executeDefinition, type RunRequest } from "./execute-definition.ts";
import type { Command } from "./main.ts";
import { jsonProblem } from "./json-problem.ts";
import { readDefinition } from "./read-definition.ts";
import { readProblem, textOf } from "./text-file.ts";
import { reportRun } from "./run-report.ts";
import { readSettings } from "./settings.ts";

const help = `Run a definition once, with no server and nothing stored, and print its output.

Usage: stepwell run DEFINITION [OPTIONS]

Options:
  --input JSON|@FILE    The input; {} if absent
  --type TYPE           STANDARD (the default) or EXPRESS
  --skip-waits          Waits and retry delays take no time; times that the execution sees jump ahead
  --functions DIR       The folder of the local functions, a folder for each. If absent: the folder
                        functions beside the definition, else in the working directory
  --config FILE         Configuration; stepwell.config.json, .yaml or .mjs if absent
  --define Name=value   Fill in \${Name} in strings of the definition; may be repeated
  --region REGION       The Region in ARNs; AWS_REGION, AWS_DEFAULT_REGION, else us-east-1
  --account ID          The account in ARNs; 000000000000
  --json                Print one JSON document with status, output or error, and the history
  --verbose             Log more
  --help, -h            Show this

States are shown on stderr as they go; stdout has the output and nothing else. A task that waits for
its token takes its output, or "fail ERROR CAUSE", from a line of stdin.

Exit status: 0 it succeeded, 1 it did not, 2 the command line was wrong.
`;

/** `stepwell run DEFINITION`. */
export const run: Command = {
  help,
  async run(args) {
    const { values, positionals } = parseArguments(args, {
      input: { type: "string" },
      type: { type: "string" },
      "skip-waits": { type: "boolean" },
      functions: { type: "string" },
      config: { type: "string" },
      define: { type: "string", multiple: true },
      region: { type: "string" },
      account: { type: "string" },
      json: { type: "boolean" },
      verbose: { type: "boolean" },
    });
    const path = onlyPositional(positionals, "DEFINITION");
    const type = stateMachineType(values.type);
    const input = inputText(values.input);
    const request: RunRequest = {
      path,
      name: machineName(path),
      definition: await definitionText(path, definedNames(values.define)),
      input,
      type,
      skipWaits: values["skip-waits"] === true,
      settings: await readSettings(values, [path]),
      verbose: values.verbose === true,
    };
    const finished = await executeDefinition(request);
    reportRun(request, finished, values.json === true);
    return finished.status === "SUCCEEDED" ? 0 : 1;
  },
};

/** What AWS takes as a name, made of the file's. */
function machineName(path: string): string {
  const name = basename(path).replace(/([.]asl)?[.](json|ya?ml)$/i, "");
  return name.replace(/[^A-Za-z0-9_-]+/g, "-").slice(0, 80) || "definition";
}

async function definitionText(path: string, defined: ReadonlyMap<string, string>): Promise<string> {
  const { content } = await readDefinition(path, defined);
  if (!("syntaxError" in content)) return content.text;
  throw new CommandFailure(
    `${path} is not a definition: ${content.syntaxError.message}\nTo see where: stepwell validate ${path}`,
  );
}

function inputText(value: string | undefined): string {
  if (value === undefined) return "{}";
  const text = value.startsWith("@") ? fileText(value.slice(1)) : value;
  const { error } = parseJsonText(text);
  if (error === undefined) return text;
  throw new UsageError(
    `--input is not JSON: ${jsonProblem(text, error)}. A file's name needs an @ before it.`,
  );
}

function fileText(path: string): string {
  try {
    return textOf(path);
  } catch (error) {
    throw new UsageError(`--input: ${path} cannot be read: ${readProblem(error)}`);
  }
}
