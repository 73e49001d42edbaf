import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  ownMember,
} from "../../expression/json.ts";
import { parseJson } from "../../expression/parse-json.ts";
import { mapLabel } from "./map-label.ts";

/**
 * What a child of a distributed Map runs, as JSON text: the processor of the Map of that label, as it is written in the
 * definition of the whole; `undefined` if it has no such Map.
 */
export function childDefinitionText(
  definition: string,
  machineArn: string,
  label: string,
): string | undefined {
  const whole = parseJson(definition);
  const processor = find(whole, (name, state) => {
    const Label = ownMember(state, "Label");
    const distributed = typeof Label === "string" ? { Label } : {};
    return mapLabel(machineArn, { Name: name, distributed }) === label;
  });
  if (processor === undefined) return undefined;
  const { ProcessorConfig: _config, ...graph } = processor;
  const language = isJsonObject(whole) ? ownMember(whole, "QueryLanguage") : undefined;
  return JSON.stringify({ ...(language !== undefined && { QueryLanguage: language }), ...graph });
}

function find(
  graph: JsonValue | undefined,
  isWanted: (name: string, state: JsonObject) => boolean,
): JsonObject | undefined {
  const states = isJsonObject(graph) ? ownMember(graph, "States") : undefined;
  for (const [name, state] of Object.entries(isJsonObject(states) ? states : {})) {
    if (!isJsonObject(state)) continue;
    const processor = ownMember(state, "ItemProcessor");
    if (isDistributed(processor) && isWanted(name, state)) return processor;
    const branches = ownMember(state, "Branches");
    const inner = [processor, ownMember(state, "Iterator")];
    for (const graphWithin of [...inner, ...(isJsonArray(branches) ? branches : [])]) {
      const found = find(graphWithin, isWanted);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function isDistributed(processor: JsonValue | undefined): processor is JsonObject {
  if (!isJsonObject(processor)) return false;
  const config = ownMember(processor, "ProcessorConfig");
  return isJsonObject(config) && ownMember(config, "Mode") === "DISTRIBUTED";
}
