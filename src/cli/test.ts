import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { differences } from "../simulate/cases/expectation.ts";
import type { PlannedCase } from "../simulate/cases/planned-cases.ts";
import { definedNames, parseArguments } from "./arguments.ts";
import { CommandFailure, UsageError } from "./errors.ts";
import type { Command } from "./main.ts";
import { readProblem } from "./text-file.ts";
import { readSettings, type SettingFlags } from "./settings.ts";
import type { CaseResult } from "./testing/case-result.ts";
import { findMockFiles } from "./testing/find-mock-files.ts";
import { junitXml } from "./testing/junit-xml.ts";
import { readMockFile } from "./testing/mock-file.ts";
import { runTestCase } from "./testing/run-test-case.ts";
import { readTestPlan, type TestPlan } from "./testing/test-plan.ts";
import { createTestReport } from "./testing/test-report.ts";

const help = `Run the test cases of mock files: executions whose tasks are answered by the file, and whose waits
take no time.

Usage: stepwell test [FILE…] [OPTIONS]

A FILE is a mock configuration as Step Functions Local has it, JSON or YAML; a folder stands for those
in it. If absent: every MockConfigFile.json, *.mock.json and *.mock.yaml below the working directory.

Options:
  --filter TEXT         Only the cases that have TEXT in STATE_MACHINE#CASE
  --junit FILE          Write the results as JUnit XML, too
  --functions DIR       The folder of the local functions, for states that are not mocked. If absent:
                        the folder functions beside the definition, else in the working directory
  --define Name=value   Fill in \${Name} in strings of the definitions; may be repeated
  --config FILE         Configuration; stepwell.config.json, .yaml or .mjs if absent
  --region REGION       The Region in ARNs; AWS_REGION, AWS_DEFAULT_REGION, else us-east-1
  --account ID          The account in ARNs; 000000000000
  --help, -h            Show this

What a case should come to is in the file, too: docs/testing.md tells how. Without that it passes if
its execution succeeds.

Exit status: 0 every case passed, 1 one did not, 2 the command line or a mock file was wrong.
`;

/** `stepwell test [FILE…]`. */
export const test: Command = {
  help,
  async run(args) {
    const { values, positionals } = parseArguments(args, {
      filter: { type: "string" },
      junit: { type: "string" },
      functions: { type: "string" },
      define: { type: "string", multiple: true },
      config: { type: "string" },
      region: { type: "string" },
      account: { type: "string" },
    });
    const defined = definedNames(values.define);
    const files = positionals.length === 0 ? findMockFiles(".") : positionals.flatMap(mockFilesOf);
    if (files.length === 0) {
      throw new UsageError(
        "There is no mock file here: name one, or call it MockConfigFile.json or NAME.mock.json.",
      );
    }
    const plans = await readPlans(files);
    if (plans === undefined) return 2;
    const chosen = plans.flatMap((plan) =>
      plan.cases
        .filter(({ stateMachineName, name }) =>
          `${stateMachineName}#${name}`.includes(values.filter ?? ""),
        )
        .map((planned) => ({ plan, planned })),
    );
    if (chosen.length === 0) throw new UsageError(nothingChosen(values.filter, plans));

    const report = createTestReport(process.stdout);
    const startedAt = performance.now();
    const results: CaseResult[] = [];
    for (const { plan, planned } of chosen) {
      const result = await resultOf(plan, planned, values, defined);
      results.push(result);
      report.add(result);
    }
    report.end(results, performance.now() - startedAt);
    if (values.junit !== undefined) writeJunit(values.junit, results);
    return results.every(({ result }) => result.type === "passed") ? 0 : 1;
  },
};

function mockFilesOf(path: string): string[] {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  return isFolder ? findMockFiles(path).map((file) => join(path, file)) : [path];
}

/** All of them, or `undefined` after what is wrong has been said: a mistake in one file hides none in another. */
async function readPlans(files: readonly string[]): Promise<readonly TestPlan[] | undefined> {
  const plans: TestPlan[] = [];
  for (const file of files) {
    try {
      plans.push(readTestPlan(await readMockFile(file)));
    } catch (error) {
      if (!(error instanceof CommandFailure)) throw error;
      process.stderr.write(`stepwell test: ${error.message}\n`);
    }
  }
  return plans.length === files.length ? plans : undefined;
}

function nothingChosen(filter: string | undefined, plans: readonly TestPlan[]): string {
  if (filter === undefined) return "The mock files have no test cases.";
  const names = plans.flatMap(({ cases }) =>
    cases.map(({ stateMachineName, name }) => `${stateMachineName}#${name}`),
  );
  return `No test case has '${filter}' in its name. There are: ${names.join(", ")}.`;
}

async function resultOf(
  plan: TestPlan,
  planned: PlannedCase,
  flags: SettingFlags,
  defined: ReadonlyMap<string, string>,
): Promise<CaseResult> {
  const { stateMachineName, name, expectation } = planned;
  const startedAt = performance.now();
  const ended = (result: CaseResult["result"]): CaseResult => ({
    file: plan.file.path,
    stateMachineName,
    name,
    durationMs: performance.now() - startedAt,
    result,
  });
  const definition = plan.definitions.get(stateMachineName);
  const settings = await readSettings(flags, definition === undefined ? [] : [definition.path]);
  try {
    const outcome = await runTestCase(plan, planned, { settings, defined });
    const found = differences(expectation, outcome);
    return ended(
      found.length === 0 ? { type: "passed" } : { type: "failed", outcome, differences: found },
    );
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    return ended({ type: "broken", message: error.message });
  }
}

function writeJunit(path: string, results: readonly CaseResult[]): void {
  try {
    writeFileSync(path, junitXml(results));
  } catch (error) {
    throw new CommandFailure(`--junit: ${path} cannot be written: ${readProblem(error)}`, {
      cause: error,
    });
  }
}
