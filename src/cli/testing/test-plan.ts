import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parseJsonText } from "../../asl/diagnostics/json-text.ts";
import { isJsonObject, type JsonValue, ownMember } from "../../expression/json.ts";
import type { MockProblem } from "../../integrations/mocks/mock-configuration.ts";
import { jsonProblem } from "../json-problem.ts";
import { readProblem, textOf } from "../text-file.ts";
import { type PlannedCase, readPlannedCases } from "../../simulate/cases/planned-cases.ts";
import type { Tell } from "../../simulate/cases/read-expectation.ts";
import type { MockFile } from "./mock-file.ts";

/** What a mock file asks to be run. */
export interface TestPlan {
  readonly file: MockFile;
  /** Every state machine that a file is known of, those without test cases too: others may start them. */
  readonly definitions: ReadonlyMap<string, PlannedDefinition>;
  readonly cases: readonly PlannedCase[];
}

export interface PlannedDefinition {
  readonly path: string;
  readonly type: "STANDARD" | "EXPRESS";
}

/**
 * Reads what is ours in a mock file: `Definitions`, `Inputs` and `Expectations`, beside the format of Step Functions
 * Local. A definition that is not named is looked for beside the file, as `NAME.asl.json` or `.yaml`.
 */
export function readTestPlan(file: MockFile): TestPlan {
  const problems: MockProblem[] = [];
  const tell: Tell = (path, message) => problems.push({ path, message });
  const { configuration } = file;
  const stateMachineNames = [...configuration.stateMachines.keys()];
  const definitions = readDefinitions(file, stateMachineNames, tell);
  for (const name of stateMachineNames) {
    if (definitions.has(name)) continue;
    const files = besides(name).join(" or ");
    tell(
      ["StateMachines", name],
      `has no definition: name its file in Definitions, or put ${files} beside the mock file`,
    );
  }
  const cases = readPlannedCases(
    file,
    (input, where) => inputValue(input, file.path, where, tell),
    tell,
  );
  if (problems.length > 0) throw file.failure(problems);
  return { file, definitions, cases };
}

function besides(name: string): string[] {
  return ["json", "yaml", "yml"].map((extension) => `${name}.asl.${extension}`);
}

function readDefinitions(
  { path, value }: MockFile,
  stateMachineNames: readonly string[],
  tell: Tell,
): ReadonlyMap<string, PlannedDefinition> {
  const folder = dirname(path);
  const definitions = new Map<string, PlannedDefinition>();
  const given = ownMember(value, "Definitions") ?? {};
  if (!isJsonObject(given)) tell(["Definitions"], "must be an object: { STATE_MACHINE: FILE }");
  for (const [name, entry] of isJsonObject(given) ? Object.entries(given) : []) {
    const where = ["Definitions", name];
    const file = isJsonObject(entry) ? ownMember(entry, "Path") : entry;
    const type = isJsonObject(entry) ? (ownMember(entry, "Type") ?? "STANDARD") : "STANDARD";
    if (typeof file !== "string" || (type !== "STANDARD" && type !== "EXPRESS")) {
      tell(where, "must be a path, or an object: { Path: FILE, Type: STANDARD or EXPRESS }");
    } else if (existsSync(resolve(folder, file))) {
      definitions.set(name, { path: resolve(folder, file), type });
    } else tell(where, `names ${resolve(folder, file)}, which does not exist`);
  }
  for (const name of stateMachineNames) {
    if (isJsonObject(given) && Object.hasOwn(given, name)) {
      // What is wrong with it has been told: it is not looked for elsewhere.
      if (!definitions.has(name)) definitions.set(name, { path: "", type: "STANDARD" });
      continue;
    }
    const found = besides(name)
      .map((file) => resolve(folder, file))
      .find((file) => existsSync(file));
    if (found !== undefined) definitions.set(name, { path: found, type: "STANDARD" });
  }
  return definitions;
}

/** A text that begins with `@` names a file, as for `stepwell run --input`. */
function inputValue(
  input: JsonValue,
  mockFile: string,
  path: MockProblem["path"],
  tell: Tell,
): JsonValue {
  if (typeof input !== "string" || !input.startsWith("@")) return input;
  const file = resolve(dirname(mockFile), input.slice(1));
  let text: string;
  try {
    text = textOf(file);
  } catch (error) {
    tell(path, `names the input ${file}, which cannot be read: ${readProblem(error)}`);
    return {};
  }
  const { value, error } = parseJsonText(text);
  if (error === undefined) return value as JsonValue;
  tell(path, `names the input ${file}, which is not JSON: ${jsonProblem(text, error)}`);
  return {};
}
