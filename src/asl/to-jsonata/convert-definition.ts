import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
} from "../../expression/json.ts";
import { maximumGraphDepth } from "../parse-graph.ts";
import { convertState } from "./convert-state.ts";
import type { ConversionNote } from "./note.ts";
import { objectOf } from "./object-of.ts";
import { insertAfter } from "./replace-members.ts";

/** A definition in JSONata as far as it could be converted. */
export interface ConvertedDefinition {
  readonly definition: JsonObject;
  readonly notes: readonly ConversionNote[];
  /** How many states, at any depth, are in JSONata now, and how many were left in JSONPath. */
  readonly converted: number;
  readonly left: number;
}

/**
 * The definition with the same meaning in JSONata. If every state could be converted, the machine's `QueryLanguage` says so and
 * the states' own are dropped; otherwise each converted state has its own, as a machine of JSONata takes no state of JSONPath.
 */
export function convertDefinition(definition: JsonObject): ConvertedDefinition {
  if (definition["QueryLanguage"] === "JSONata") {
    return { definition, notes: [], converted: 0, left: 0 };
  }
  const walk: Walk = { notes: [], converted: 0, left: 0 };
  const converted = mapStates(definition, [], 0, (state, place) => {
    const result = convertState(state);
    if (result.isConverted) walk.converted++;
    else walk.left++;
    for (const note of result.notes) {
      walk.notes.push({ ...note, path: [...place, ...note.path] });
    }
    return result.state;
  });
  const { notes, left } = walk;
  if (left > 0) return { definition: converted, notes, converted: walk.converted, left };
  const plain = mapStates(converted, [], 0, (state) => without(state, "QueryLanguage"));
  const whole =
    plain["QueryLanguage"] === undefined
      ? insertAfter(plain, "Comment", "QueryLanguage", "JSONata")
      : objectOf(
          Object.entries(plain).map(([name, value]) =>
            name === "QueryLanguage" ? [name, "JSONata"] : [name, value],
          ),
        );
  return { definition: whole, notes, converted: walk.converted, left };
}

interface Walk {
  readonly notes: ConversionNote[];
  converted: number;
  left: number;
}

function without(object: JsonObject, name: string): JsonObject {
  return objectOf(Object.entries(object).filter(([known]) => known !== name));
}

type Place = ConversionNote["path"];
type Change = (state: JsonObject, place: Place) => JsonObject;

/** The graph with every state changed, those within a state first. */
function mapStates(graph: JsonObject, place: Place, depth: number, change: Change): JsonObject {
  const { States } = graph;
  if (!isJsonObject(States) || depth > maximumGraphDepth) return graph;
  const states = objectOf(
    Object.entries(States).map(([name, state]) => {
      if (!isJsonObject(state)) return [name, state];
      const at = [...place, "States", name];
      return [name, change(mapGraphs(state, at, depth + 1, change), at)];
    }),
  );
  return withMember(graph, "States", states);
}

/** The state with the graphs in it changed. */
function mapGraphs(state: JsonObject, place: Place, depth: number, change: Change): JsonObject {
  const inner = (graph: JsonValue, at: Place): JsonValue =>
    isJsonObject(graph) ? mapStates(graph, at, depth, change) : graph;
  let changed = state;
  for (const name of ["ItemProcessor", "Iterator"]) {
    const graph = state[name];
    if (graph !== undefined) changed = withMember(changed, name, inner(graph, [...place, name]));
  }
  const { Branches } = state;
  if (!isJsonArray(Branches)) return changed;
  const branches = Branches.map((graph, index) => inner(graph, [...place, "Branches", index]));
  return withMember(changed, "Branches", branches);
}

/** The object with another value of a member that it has. */
function withMember(object: JsonObject, name: string, value: JsonValue): JsonObject {
  return objectOf(
    Object.entries(object).map(([known, other]) => [known, known === name ? value : other]),
  );
}
