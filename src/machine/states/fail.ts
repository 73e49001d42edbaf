import type { FailState, FailText } from "../../asl/states/fail.ts";
import { EvaluationError } from "../../expression/evaluation.ts";
import { notFoundMessage } from "../../expression/jsonpath/path-errors.ts";
import { expectType } from "../../expression/jsonata/expect-type.ts";
import { inspected } from "../data-flow.ts";
import { StateFailure } from "../failure/failure.ts";
import type { Branch } from "../snapshot.ts";
import { StateScope } from "../state-scope.ts";
import type { Turn } from "../turn.ts";

/** Fail: fails its machine, branch or iteration with the state's own error. */
export function enterFail(turn: Turn, branch: Branch, state: FailState): void {
  const scope = new StateScope(turn, branch);
  if (state.QueryLanguage === "JSONPath") inspected("afterInputPath", branch.input, scope);
  throw new StateFailure({
    error: failText(state.Error, "Error", branch, scope),
    cause: failText(state.Cause, "Cause", branch, scope),
  });
}

function failText(
  text: FailText | undefined,
  field: "Error" | "Cause",
  branch: Branch,
  scope: StateScope,
): string | undefined {
  if (text === undefined) return undefined;
  switch (text.kind) {
    case "constant":
      return text.value;
    case "path": {
      const value = text.path.find(branch.input.value, scope);
      if (value === undefined) {
        throw new EvaluationError(
          "States.Runtime",
          notFoundMessage(text.path.text, `${field}Path`, branch.input.value),
        );
      }
      return requireText(value, `${field}Path`, text.path.text);
    }
    case "intrinsic": {
      const value = text.intrinsic.evaluate(branch.input.value, scope);
      return requireText(value, `${field}Path`, text.intrinsic.text);
    }
    case "jsonata": {
      const value = text.template.evaluate({ input: branch.input.value }, scope);
      return expectType(text.template, field, "string", value) as string;
    }
  }
}

function requireText(value: unknown, field: string, path: string): string {
  if (typeof value === "string") return value;
  throw new EvaluationError(
    "States.Runtime",
    `The ${field} parameter does not reference a string value: ${path} == ${JSON.stringify(value)}`,
  );
}
