import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parseJsonText } from "../../asl/diagnostics/json-text.ts";
import { isJsonObject, type JsonObject, type JsonValue, ownMember } from "../../expression/json.ts";
import type { MockProblem } from "../../integrations/mocks/mock-configuration.ts";
import { jsonProblem } from "../json-problem.ts";
import { readProblem, textOf } from "../text-file.ts";
import type { Expectation } from "./expectation.ts";
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

export interface PlannedCase {
  readonly stateMachineName: string;
  readonly name: string;
  /** JSON text. */
  readonly input: string;
  readonly expectation: Expectation | undefined;
}

const statuses = ["SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"] as const;
const expectationMembers = ["status", "output", "error", "cause", "path"];

/**
 * Reads what is ours in a mock file: `Definitions`, `Inputs` and `Expectations`, beside the format of Step Functions
 * Local. A definition that is not named is looked for beside the file, as `NAME.asl.json` or `.yaml`.
 */
export function readTestPlan(file: MockFile): TestPlan {
  const problems: MockProblem[] = [];
  const tell: Tell = (path, message) => problems.push({ path, message });
  const { value, configuration } = file;
  const caseNames = new Map(
    Array.from(configuration.stateMachines, ([name, cases]) => [name, [...cases.keys()]]),
  );
  const definitions = readDefinitions(file, [...caseNames.keys()], tell);
  const inputs = byCase(value, "Inputs", caseNames, tell);
  const expectations = byCase(value, "Expectations", caseNames, tell);
  const cases: PlannedCase[] = [];
  for (const [stateMachineName, names] of caseNames) {
    if (!definitions.has(stateMachineName)) {
      const files = besides(stateMachineName).join(" or ");
      tell(
        ["StateMachines", stateMachineName],
        `has no definition: name its file in Definitions, or put ${files} beside the mock file`,
      );
    }
    for (const name of names) {
      const input = inputs.get(`${stateMachineName}#${name}`) ?? {};
      const expected = expectations.get(`${stateMachineName}#${name}`);
      cases.push({
        stateMachineName,
        name,
        input: inputText(input, file.path, ["Inputs", stateMachineName, name], tell),
        expectation:
          expected === undefined
            ? undefined
            : readExpectation(expected, ["Expectations", stateMachineName, name], tell),
      });
    }
  }
  if (problems.length > 0) throw file.failure(problems);
  return { file, definitions, cases };
}

type Tell = (path: MockProblem["path"], message: string) => void;

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

/** The values of `{ STATE_MACHINE: { CASE: value } }` by `STATE_MACHINE#CASE`. */
function byCase(
  value: JsonObject,
  member: string,
  caseNames: ReadonlyMap<string, readonly string[]>,
  tell: Tell,
): ReadonlyMap<string, JsonValue> {
  const found = new Map<string, JsonValue>();
  const given = ownMember(value, member) ?? {};
  if (!isJsonObject(given)) tell([member], "must be an object by state machine");
  for (const [machine, cases] of isJsonObject(given) ? Object.entries(given) : []) {
    const known = caseNames.get(machine);
    if (known === undefined) {
      tell([member, machine], "is not a state machine of StateMachines");
      continue;
    }
    if (!isJsonObject(cases)) tell([member, machine], "must be an object by test case");
    for (const [name, entry] of isJsonObject(cases) ? Object.entries(cases) : []) {
      if (known.includes(name)) found.set(`${machine}#${name}`, entry);
      else {
        tell([member, machine, name], `is not a test case; there are ${known.join(", ")}`);
      }
    }
  }
  return found;
}

/** A text that begins with `@` names a file, as for `stepwell run --input`. */
function inputText(
  input: JsonValue,
  mockFile: string,
  path: MockProblem["path"],
  tell: Tell,
): string {
  if (typeof input !== "string" || !input.startsWith("@")) return JSON.stringify(input);
  const file = resolve(dirname(mockFile), input.slice(1));
  let text: string;
  try {
    text = textOf(file);
  } catch (error) {
    tell(path, `names the input ${file}, which cannot be read: ${readProblem(error)}`);
    return "{}";
  }
  const { value, error } = parseJsonText(text);
  if (error === undefined) return JSON.stringify(value);
  tell(path, `names the input ${file}, which is not JSON: ${jsonProblem(text, error)}`);
  return "{}";
}

function readExpectation(value: JsonValue, path: readonly string[], tell: Tell): Expectation {
  if (!isJsonObject(value)) {
    tell(path, `must be an object with any of ${expectationMembers.join(", ")}`);
    return {};
  }
  for (const name of Object.keys(value)) {
    if (expectationMembers.includes(name)) continue;
    tell([...path, name], `is not known here; there are ${expectationMembers.join(", ")}`);
  }
  const given = ownMember(value, "status");
  const status = statuses.find((known) => known === given);
  if (given !== undefined && status === undefined) {
    tell([...path, "status"], `must be one of ${statuses.join(", ")}`);
  }
  const error = ownMember(value, "error");
  if (error !== undefined && typeof error !== "string") tell([...path, "error"], "must be a text");
  const cause = ownMember(value, "cause");
  if (cause !== undefined && typeof cause !== "string" && !isJsonObject(cause)) {
    tell([...path, "cause"], "must be a text, or an object for a cause that is JSON");
  }
  const states = ownMember(value, "path");
  const isPath = Array.isArray(states) && states.every((state) => typeof state === "string");
  if (states !== undefined && !isPath) tell([...path, "path"], "must be a list of state names");
  const output = ownMember(value, "output");
  return {
    ...(status === undefined ? {} : { status }),
    ...(output === undefined ? {} : { output }),
    ...(typeof error === "string" ? { error } : {}),
    ...(typeof cause === "string" || isJsonObject(cause) ? { cause } : {}),
    ...(isPath ? { path: states as readonly string[] } : {}),
  };
}
