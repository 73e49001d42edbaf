import { isJsonArray, isJsonObject, type JsonValue, ownMember } from "../../expression/json.ts";

/**
 * The names of the states of a definition that a mock can answer for, those inside Map and Parallel included: Tasks, and Maps
 * with an ItemReader.
 */
export function mockableStates(definition: JsonValue): readonly string[] {
  if (!isJsonObject(definition)) return [];
  const states = ownMember(definition, "States");
  if (states === undefined || !isJsonObject(states)) return [];
  return Object.entries(states).flatMap(([name, state]) => {
    if (!isJsonObject(state)) return [];
    if (ownMember(state, "Type") === "Task") return [name];
    const reads =
      ownMember(state, "Type") === "Map" && ownMember(state, "ItemReader") !== undefined;
    const branches = ownMember(state, "Branches") ?? [];
    const inner = [ownMember(state, "ItemProcessor"), ownMember(state, "Iterator")];
    const graphs = [...inner, ...(isJsonArray(branches) ? branches : [])];
    const within = graphs.flatMap((graph) => (graph === undefined ? [] : mockableStates(graph)));
    return reads ? [name, ...within] : within;
  });
}
