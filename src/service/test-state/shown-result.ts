import type { JsonObject, JsonValue } from "../../expression/json.ts";
import type { StateTestResult } from "../../machine/test-state/test-state.ts";
import type { HttpExchange } from "../../ports/task-handler.ts";
import type { InputOf } from "../model/service-model.ts";

type Level = NonNullable<InputOf<"TestState">["inspectionLevel"]>;

/**
 * The answer of TestState. Documents are JSON texts.
 *
 * Observed: DEBUG and TRACE show the same, but for the request and response of an HTTP Task.
 */
export function shownResult(
  { status, output, error, cause, nextState, variables, notes }: StateTestResult,
  input: string,
  level: Level,
  exchange: HttpExchange | undefined,
): JsonObject {
  const shown: Record<string, JsonValue> = { status };
  if (output !== undefined) shown["output"] = output.text;
  if (error !== undefined) shown["error"] = error;
  if (cause !== undefined) shown["cause"] = cause;
  if (nextState !== undefined) shown["nextState"] = nextState;
  if (level === "INFO") return shown;
  const data: Record<string, JsonValue> = { input };
  for (const [name, payload] of notes.documents) data[name] = payload.text;
  for (const [name, value] of notes.numbers) data[name] = value;
  // Documented: those that were given and those that the state has assigned.
  if (Object.keys(variables).length > 0) data["variables"] = JSON.stringify(variables);
  if (Object.keys(notes.errorDetails).length > 0) data["errorDetails"] = { ...notes.errorDetails };
  if (level === "TRACE" && exchange !== undefined) {
    data["request"] = { ...exchange.request };
    if (exchange.response !== undefined) data["response"] = { ...exchange.response };
  }
  shown["inspectionData"] = data;
  return shown;
}
