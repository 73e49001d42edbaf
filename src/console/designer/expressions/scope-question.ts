import { isJsonObject, type JsonObject } from "../../../expression/json.ts";
import { parseJson } from "../../../expression/parse-json.ts";
import { errors } from "../../../service/errors/errors.ts";

/** Documented: the quota of a definition's size. */
const longestDefinition = 1_048_576;

export interface ScopeQuestion {
  readonly definition: JsonObject;
  readonly state: string;
}

/** Reads what was asked. Throws the API's error for what is no question; the definition need not be valid. */
export function readScopeQuestion(given: unknown): ScopeQuestion {
  const { definition, state }: Readonly<Record<string, unknown>> = isJsonObject(given) ? given : {};
  if (typeof definition !== "string" || typeof state !== "string") {
    throw errors.validation("The 'definition' is a JSON text, the 'state' a state's name");
  }
  if (definition.length > longestDefinition) {
    throw errors.validation(`A definition has at most ${longestDefinition} characters`);
  }
  const read = readObject(definition);
  if (read === undefined) throw errors.validation("The 'definition' is the JSON text of an object");
  return { definition: read, state };
}

function readObject(text: string): JsonObject | undefined {
  try {
    const value = parseJson(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
