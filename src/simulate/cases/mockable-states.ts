import { isJsonArray, isJsonObject, type JsonValue, ownMember } from "../../expression/json.ts";

/** The names of the Task states of a definition, those inside Map and Parallel included. */
export function mockableStates(definition: JsonValue): readonly string[] {
  if (!isJsonObject(definition)) return [];
  const states = ownMember(definition, "States");
  if (states === undefined || !isJsonObject(states)) return [];
  return Object.entries(states).flatMap(([name, state]) => {
    if (!isJsonObject(state)) return [];
    if (ownMember(state, "Type") === "Task") return [name];
    const branches = ownMember(state, "Branches") ?? [];
    const inner = [ownMember(state, "ItemProcessor"), ownMember(state, "Iterator")];
    return [...inner, ...(isJsonArray(branches) ? branches : [])].flatMap((graph) =>
      graph === undefined ? [] : mockableStates(graph),
    );
  });
}
