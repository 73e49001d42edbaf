import { typeOfArn } from "../../../../../../src/machine/arns.ts";
import { isJson } from "../json-of.ts";
import type { SampleData } from "../../../../designer/completion/candidate.ts";
import type { TestSetup } from "./test-setup.ts";

/** What AWS lets be said of a state that is tested. */
export interface TestableState {
  readonly type: string;
  readonly resource: string | undefined;
}

/** The state's call, or its branches, are answered by whoever tests: it cannot be run. */
export function mustMock({ type, resource = "" }: TestableState): boolean {
  return type === "Map" || type === "Parallel" || (type === "Task" && waits(resource));
}

/** *Documented*: a call that waits for a job or a token, and an activity's, cannot be tested for real. */
function waits(resource: string): boolean {
  return /\.(sync(:\d+)?|waitForTaskToken)$/.test(resource) || isActivity(resource);
}

/** Its outcome comes from outside, with a token. */
export function isCalledBack({ resource = "" }: TestableState): boolean {
  return resource.endsWith(".waitForTaskToken") || isActivity(resource);
}

export function canMock({ type }: TestableState): boolean {
  return type === "Task" || type === "Map" || type === "Parallel";
}

function isActivity(resource: string): boolean {
  return typeOfArn(resource) === "activity";
}

/** A setup for a state that was not tested yet: what would change something elsewhere is answered, not called. */
export function firstSetup(
  state: TestableState,
  roleArn: string,
  { input = {}, variables = {}, result }: SampleData = {},
): TestSetup {
  return {
    input: printed(input),
    variables: printed(variables),
    context: "",
    roleArn,
    mock: !canMock(state) ? "none" : isCalledBack(state) ? "callback" : "result",
    result: printed(result ?? (state.type === "Task" ? {} : [])),
    error: "States.TaskFailed",
    cause: "",
    retries: 0,
  };
}

function printed(value: unknown): string {
  return JSON.stringify(value, undefined, 2);
}

/** The texts of a setup that have to be JSON and are not. */
export function mistakesIn(
  setup: TestSetup,
): readonly ("input" | "variables" | "context" | "result")[] {
  const { input, variables, context, result, mock } = setup;
  return [
    ...(isJson(input) ? [] : (["input"] as const)),
    ...(isJson(variables) ? [] : (["variables"] as const)),
    ...(mock === "none" || context.trim() === "" || isJson(context) ? [] : (["context"] as const)),
    ...((mock === "result" || mock === "callback") && !isJson(result) ? (["result"] as const) : []),
  ];
}

/** The input of TestState for a setup; which state of which definition is not in it. *Documented*: context and retries go with a mock only. */
export function testRequest(
  state: TestableState,
  setup: TestSetup,
): Readonly<Record<string, unknown>> {
  const { input, variables, context, roleArn, mock, result, error, cause, retries } = setup;
  const common = {
    input,
    variables,
    inspectionLevel: "TRACE",
    revealSecrets: false,
    ...(roleArn.trim() !== "" && { roleArn: roleArn.trim() }),
  };
  if (mock === "none" || !canMock(state)) return common;
  return {
    ...common,
    mock:
      mock === "error"
        ? { errorOutput: { error, cause } }
        : // Members that an API always has need not be made up for a test.
          { result, fieldValidationMode: "PRESENT" },
    ...(context.trim() !== "" && { context }),
    ...(mock === "error" && { stateConfiguration: { retrierRetryCount: retries } }),
  };
}
