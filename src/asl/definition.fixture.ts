import type { JsonValue } from "../expression/json.ts";
import type { State } from "./definition.ts";
import { parseDefinition, type ParseOptions } from "./parse-definition.ts";

/** A machine that starts with the state `S`; `others` are its other states. */
export function machineOf(state: JsonValue, others: Record<string, JsonValue> = {}): JsonValue {
  return { StartAt: "S", States: { S: state, ...others } };
}

/** The diagnostics of a definition as `CODE: message at location`, without the code that most of them have. */
export function diagnosticsOf(definition: JsonValue, options?: ParseOptions): string[] {
  const { diagnostics } = parseDefinition(JSON.stringify(definition), options);
  return diagnostics.map(({ code, message, location }) => {
    const prefix = code === "SCHEMA_VALIDATION_FAILED" ? "" : `${code}: `;
    return `${prefix}${message} at ${location ?? "null"}`;
  });
}

/** The diagnostics of a machine that starts with the state `S`. */
export function stateDiagnostics(state: JsonValue, others?: Record<string, JsonValue>): string[] {
  return diagnosticsOf(machineOf(state, others));
}

/** The tree of the state `S`. Throws if the machine has errors. */
export function parsedState<Type extends State["Type"]>(
  type: Type,
  fields: Record<string, JsonValue>,
  others?: Record<string, JsonValue>,
): State & { readonly Type: Type } {
  const machine = machineOf({ Type: type, ...fields }, others);
  const { definition, diagnostics } = parseDefinition(JSON.stringify(machine));
  const state = definition?.States.get("S");
  if (state === undefined) throw new Error(JSON.stringify(diagnostics));
  return state as State & { readonly Type: Type };
}
