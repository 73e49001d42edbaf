import type { DataFlow, DynamicField, JsonPathFields } from "../asl/definition.ts";
import type { JsonataTemplate } from "../expression/jsonata/template.ts";
import type { EvaluationScope, StatesVariable } from "../expression/evaluation.ts";
import type { JsonObject, JsonValue } from "../expression/json.ts";
import type { Path } from "../expression/jsonpath/path.ts";
import type { PayloadTemplate } from "../expression/payload-template.ts";
import { emptyObject, Payload } from "../expression/payload.ts";

/** Variable name → new value as JSON text, as the history shows it. */
export interface AssignedVariables {
  readonly [name: string]: string;
}

/** What a path selects; the whole document keeps its text. */
export function select(path: Path, input: Payload, scope: EvaluationScope): Payload {
  return path.text === "$" ? input : Payload.ofValue(path.evaluate(input.value, scope));
}

/** `InputPath` applied to the raw input. */
export function effectiveInput(
  fields: JsonPathFields,
  rawInput: Payload,
  scope: EvaluationScope,
): Payload {
  if (fields.InputPath === undefined) return rawInput;
  return fields.InputPath === null ? emptyObject : select(fields.InputPath, rawInput, scope);
}

/** What a state works on: `InputPath` and `Parameters`, or `Arguments`, or the input itself. */
export function workInput(flow: DataFlow, rawInput: Payload, scope: EvaluationScope): Payload {
  if (flow.QueryLanguage === "JSONPath") {
    const input = effectiveInput(flow, rawInput, scope);
    if (flow.Parameters === undefined) return input;
    return Payload.ofValue(flow.Parameters.evaluate(input.value, scope));
  }
  if (flow.Arguments === undefined) return rawInput;
  return Payload.ofValue(flow.Arguments.evaluate({ input: rawInput.value }, scope));
}

/**
 * The state's output: `ResultSelector`, `ResultPath` and `OutputPath` over the raw input, or `Output`. Without any of
 * them it is the result itself, text and all.
 */
export function stateOutput(
  flow: DataFlow,
  rawInput: Payload,
  result: Payload,
  scope: EvaluationScope,
): Payload {
  if (flow.QueryLanguage === "JSONata") {
    if (flow.Output === undefined) return result;
    const states = { input: rawInput.value, result: result.value };
    return Payload.ofValue(flow.Output.evaluate(states, scope));
  }
  const selected =
    flow.ResultSelector === undefined
      ? result
      : Payload.ofValue(flow.ResultSelector.evaluate(result.value, scope));
  return outputPath(flow, mergeResult(flow.ResultPath, rawInput, selected), scope);
}

/** `OutputPath` applied to what would be the output without it. */
export function outputPath(
  fields: JsonPathFields,
  output: Payload,
  scope: EvaluationScope,
): Payload {
  if (fields.OutputPath === undefined) return output;
  return fields.OutputPath === null ? emptyObject : select(fields.OutputPath, output, scope);
}

/** `ResultPath` applied: where the result goes in the raw input. */
export function mergeResult(
  resultPath: JsonPathFields["ResultPath"],
  rawInput: Payload,
  result: Payload,
): Payload {
  if (resultPath === undefined || resultPath?.text === "$") return result;
  if (resultPath === null) return rawInput;
  return Payload.ofValue(resultPath.replace(rawInput.value, result.value));
}

/**
 * `Assign` evaluated. `own` is what `$` means in JSONPath (result, effective input or error output, by the kind of
 * state); `states` is what JSONata sees.
 */
export function assignVariables(
  assign: PayloadTemplate | JsonataTemplate | undefined,
  own: Payload,
  states: StatesVariable,
  scope: EvaluationScope,
): AssignedVariables | undefined {
  if (assign === undefined) return undefined;
  const values =
    assign.kind === "payloadTemplate"
      ? assign.evaluate(own.value, scope)
      : assign.evaluate(states, scope);
  const assigned: Record<string, string> = {};
  for (const [name, value] of Object.entries(values as JsonObject)) {
    assigned[name] = JSON.stringify(value);
  }
  return assigned;
}

/** The value of a field that may be a constant, a path or an expression; what it may be is for the caller to check. */
export function dynamicValue<T extends JsonValue>(
  field: DynamicField<T>,
  flow: DataFlow,
  rawInput: Payload,
  scope: EvaluationScope,
): JsonValue {
  switch (field.kind) {
    case "constant":
      return field.value;
    case "path":
      return field.path.evaluate(
        flow.QueryLanguage === "JSONPath"
          ? effectiveInput(flow, rawInput, scope).value
          : rawInput.value,
        scope,
      );
    case "jsonata":
      return field.template.evaluate({ input: rawInput.value }, scope);
  }
}
