import { parseJson } from "../../expression/parse-json.ts";
import { isJsonObject, type JsonObject } from "../../expression/json.ts";
import { stateMachineArn, standardExecutionArn } from "../../machine/arns.ts";
import type { ExecutionIdentity } from "../../machine/machine.ts";
import { createStateTest } from "../../machine/test-state/test-state.ts";
import { TestStateRefused } from "../../machine/test-state/refused.ts";
import { checkRoleArn } from "../arns.ts";
import { errors } from "../errors/errors.ts";
import type { Operation, ServiceContext } from "../operation.ts";
import { executionInput } from "../payload-input.ts";
import { checkRequest } from "../test-state/check-request.ts";
import { checkState } from "../test-state/check-state.ts";
import { contextObject } from "../test-state/context-object.ts";
import { itemReaderData } from "../test-state/item-reader-data.ts";
import { mockedOutcome } from "../test-state/mocked-outcome.ts";
import { performTest } from "../test-state/perform-test.ts";
import { shownResult } from "../test-state/shown-result.ts";
import { testedState } from "../test-state/tested-state.ts";

/** Runs one state, with the same machine that runs executions, and shows what happens to its data. */
export const testState: Operation<"TestState"> = async (request, context, { signal }) => {
  checkRequest(request);
  if (request.roleArn !== undefined) checkRoleArn(request.roleArn);
  const { state, QueryLanguage } = await testedState(request.definition, request.stateName);
  checkState(state, request);
  const input = executionInput(request.input);
  const variables = variablesOf(request.variables);
  const { mock, stateConfiguration = {} } = request;
  const outcome = mock && (await mockedOutcome(state, mock));
  const identity = identityOf(context, request.roleArn ?? "");
  const test = createStateTest({
    state,
    QueryLanguage,
    input,
    variables,
    context: request.context === undefined ? undefined : contextObject(request.context, state),
    mock: outcome,
    retries: stateConfiguration.retrierRetryCount ?? 0,
    failedIterations: stateConfiguration.mapIterationFailureCount ?? 0,
    readItems: await itemReaderData(state, stateConfiguration.mapItemReaderData),
    machine: {
      identity,
      limits: context.limits,
      environment: {
        // Nothing waits for it: what completes by token is mocked.
        taskToken: () => Buffer.from(context.ids.uuid()).toString("base64"),
        activityExists: () => true,
        refuseParameters: () => undefined,
      },
    },
  });
  const options = { revealSecrets: request.revealSecrets === true, signal };
  try {
    const { result, exchange } = await performTest(test, identity, context, options);
    // Documented: the longest test ends so, whatever the state would catch.
    if (result === "timedOut") return { status: "FAILED", error: "States.Timeout" };
    return shownResult(result, input.text, request.inspectionLevel ?? "INFO", exchange);
  } catch (thrown) {
    if (thrown instanceof TestStateRefused) throw errors.validation(thrown.message);
    throw thrown;
  }
};

/** Observed: the execution that the state believes to be in is an Express one whose ARN has no id of its own. */
function identityOf({ ids, scope }: ServiceContext, roleArn: string): ExecutionIdentity {
  const name = ids.uuid();
  const stateMachineName = ids.uuid();
  const machineArn = stateMachineArn(scope, stateMachineName);
  return {
    executionArn: standardExecutionArn(machineArn, name).replace(":execution:", ":express:"),
    name,
    stateMachineArn: machineArn,
    stateMachineName,
    roleArn,
    region: scope.region,
  };
}

/** Our wording. */
function variablesOf(text: string | undefined): JsonObject {
  if (text === undefined) return {};
  try {
    const variables = parseJson(text);
    if (isJsonObject(variables)) return variables;
  } catch {
    // The same answer as for other documents.
  }
  throw errors.validation("Variables must be a JSON object");
}
