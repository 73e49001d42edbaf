import { type ExactNumber, toDouble } from "../expression/exact-number.ts";
import type { DataFlow, DynamicField, JsonPathFields } from "../asl/definition.ts";
import type { JsonataTemplate } from "../expression/jsonata/template.ts";
import type { EvaluationScope, StatesVariable } from "../expression/evaluation.ts";
import type { JsonObject, JsonValue } from "../expression/json.ts";
import type { Path } from "../expression/jsonpath/path.ts";
import type { PayloadTemplate } from "../expression/payload-template.ts";
import { emptyObject, Payload } from "../expression/payload.ts";
import type { InspectedDocument, TestStateProbe } from "./test-state/probe.ts";

/** Variable name → new value as JSON text, as the history shows it. */
export interface AssignedVariables {
  readonly [name: string]: string;
}

/** What the fields of a state are evaluated in. */
export interface FlowScope extends EvaluationScope {
  readonly probe: TestStateProbe | undefined;
}

/** What a path selects; the whole document keeps its text. */
export function select(path: Path, input: Payload, scope: EvaluationScope): Payload {
  return path.text === "$" ? input : Payload.ofValue(path.evaluate(input.value, scope));
}

/** `InputPath` applied to the raw input. */
export function effectiveInput(
  fields: JsonPathFields,
  rawInput: Payload,
  scope: FlowScope,
): Payload {
  const { InputPath: path } = fields;
  const input =
    path === undefined ? rawInput : path === null ? emptyObject : select(path, rawInput, scope);
  return inspected("afterInputPath", input, scope);
}

/** What a state works on: `InputPath` and `Parameters`, or `Arguments`, or the input itself. */
export function workInput(flow: DataFlow, rawInput: Payload, scope: FlowScope): Payload {
  if (flow.QueryLanguage === "JSONPath") {
    const input = effectiveInput(flow, rawInput, scope);
    const parameters =
      flow.Parameters === undefined
        ? input
        : Payload.ofValue(flow.Parameters.evaluate(input.value, scope));
    return inspected("afterParameters", parameters, scope);
  }
  const computed =
    flow.Arguments === undefined
      ? rawInput
      : Payload.ofValue(flow.Arguments.evaluate({ input: rawInput.value }, scope));
  return inspected("afterArguments", computed, scope);
}

/**
 * The state's output: `ResultSelector`, `ResultPath` and `OutputPath` over the raw input, or `Output`. Without any of
 * them it is the result itself, text and all.
 */
export function stateOutput(
  flow: DataFlow,
  rawInput: Payload,
  result: Payload,
  scope: FlowScope,
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
  inspected("afterResultSelector", selected, scope);
  const merged = mergeResult(flow.ResultPath, rawInput, selected);
  return outputPath(flow, inspected("afterResultPath", merged, scope), scope);
}

/** Hands the document on, and shows it to whoever tests the state. */
export function inspected(name: InspectedDocument, payload: Payload, scope: FlowScope): Payload {
  scope.probe?.document(name, payload);
  return payload;
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
 * state); `states` is what JSONata sees. *Observed*: an `Assign` that assigns nothing leaves no trace.
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
  const members = Object.entries(values as JsonObject);
  if (members.length === 0) return undefined;
  const assigned: Record<string, string> = {};
  for (const [name, value] of members) assigned[name] = JSON.stringify(value);
  return assigned;
}

/**
 * The value of a field that may be a constant, a path or an expression; what it may be is for the caller to check. A number
 * is one to compute with.
 */
export function dynamicValue<T extends JsonValue>(
  field: DynamicField<T>,
  flow: DataFlow,
  rawInput: Payload,
  scope: FlowScope,
): Exclude<JsonValue, ExactNumber> {
  return toDouble(givenValue(field, flow, rawInput, scope));
}

function givenValue<T extends JsonValue>(
  field: DynamicField<T>,
  flow: DataFlow,
  rawInput: Payload,
  scope: FlowScope,
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
