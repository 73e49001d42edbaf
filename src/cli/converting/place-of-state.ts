import type { JsonPlace } from "../../asl/to-jsonata/edits.ts";
import {
  isJsonArray,
  isJsonObject,
  ownMember,
  setMember,
  type JsonObject,
  type JsonValue,
} from "../../expression/json.ts";

export interface PlacedState {
  readonly path: JsonPlace;
  readonly state: JsonObject;
}

/** A state by its name, which is unique in a definition, in any graph of it. Documented: ASL, "state names must be unique". */
export function placeOfState(definition: JsonObject, name: string): PlacedState | undefined {
  const graphs: { readonly graph: JsonValue | undefined; readonly path: JsonPlace }[] = [
    { graph: definition, path: [] },
  ];
  // A list is gone through with what is added to it on the way.
  for (const { graph, path } of graphs) {
    const states = isJsonObject(graph) ? ownMember(graph, "States") : undefined;
    if (!isJsonObject(states)) continue;
    const found = ownMember(states, name);
    if (isJsonObject(found)) return { path: [...path, "States", name], state: found };
    for (const [inner, state] of Object.entries(states)) {
      graphs.push(...graphsIn(state, [...path, "States", inner]));
    }
  }
  return undefined;
}

function graphsIn(state: JsonValue, path: JsonPlace) {
  if (!isJsonObject(state)) return [];
  const branches = ownMember(state, "Branches");
  const inBranches = isJsonArray(branches)
    ? branches.map((graph, index) => ({ graph, path: [...path, "Branches", index] }))
    : [];
  const processors = ["ItemProcessor", "Iterator"].map((member) => ({
    graph: ownMember(state, member),
    path: [...path, member],
  }));
  return [...inBranches, ...processors];
}

/** The definition with another state at a place of it. */
export function withStateAt(
  definition: JsonObject,
  path: JsonPlace,
  state: JsonObject,
): JsonObject {
  return replaced(definition, path, state) as JsonObject;
}

function replaced(value: JsonValue, [step, ...rest]: JsonPlace, state: JsonObject): JsonValue {
  if (step === undefined) return state;
  if (isJsonArray(value)) {
    return value.map((item, index) => (index === step ? replaced(item, rest, state) : item));
  }
  const copy: Record<string, JsonValue> = {};
  for (const [name, member] of Object.entries(value as JsonObject)) {
    setMember(copy, name, name === step ? replaced(member, rest, state) : member);
  }
  return copy;
}
