import type { State } from "../../asl/definition.ts";
import { isJsonArray, isJsonObject } from "../../expression/json.ts";
import { Payload } from "../../expression/payload.ts";
import type { MockedOutcome } from "../../machine/test-state/probe.ts";
import { errors } from "../errors/errors.ts";
import type { InputOf } from "../model/service-model.ts";
import { checkResultFields } from "./result-fields.ts";

type Mock = NonNullable<InputOf<"TestState">["mock"]>;

/** What the mock says that the state comes to. Refuses a result that the state could not have. Observed. */
export async function mockedOutcome(state: State, mock: Mock): Promise<MockedOutcome> {
  if (mock.result === undefined) return { type: "error", ...mock.errorOutput };
  const result = parseResult(mock.result);
  if (state.Type === "Map") checkMapResult(state, result);
  if (state.Type === "Parallel") checkParallelResult(state, result);
  if (state.Type === "Task") {
    await checkResultFields(state.Resource, result.value, mock.fieldValidationMode ?? "STRICT");
  }
  return { type: "result", result };
}

function parseResult(text: string): Payload {
  try {
    return Payload.parse(text);
  } catch {
    throw errors.validation("Mocked result must be valid JSON");
  }
}

function checkMapResult(state: Extract<State, { Type: "Map" }>, { value }: Payload): void {
  if (state.distributed?.ResultWriter?.Resource !== undefined) {
    if (!isJsonObject(value)) throw errors.validation("Mocked result must be a JSON object.");
  } else if (!isJsonArray(value)) throw errors.validation("Mocked result must be an array.");
}

function checkParallelResult(
  state: Extract<State, { Type: "Parallel" }>,
  { value }: Payload,
): void {
  if (!isJsonArray(value)) throw errors.validation("Mocked result must be an array.");
  if (value.length !== state.Branches.length) {
    throw errors.validation(
      "Mocked result must contain the same number of items as number of Parallel branches.",
    );
  }
}
