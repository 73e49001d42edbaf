import type { QueryLanguage, State, StateGraph } from "../../asl/definition.ts";
import { invalidDefinitionMessage, type Diagnostic } from "../../asl/diagnostics/diagnostic.ts";
import { parseDefinition } from "../../asl/parse-definition.ts";
import { parseSingleState } from "../../asl/parse-single-state.ts";
import { prepareInSlices } from "../../runtime/machines/prepare-in-slices.ts";
import { errors } from "../errors/errors.ts";

/** The state that is tested, and the language of the machine around it. */
export interface TestedState {
  readonly state: State;
  readonly QueryLanguage: QueryLanguage;
}

/** The state that a definition is, or the one in it that `stateName` names, at any depth. */
export async function testedState(
  text: string,
  stateName: string | undefined,
): Promise<TestedState> {
  const prepared = await prepareInSlices(text);
  if (stateName === undefined) {
    const { state, diagnostics } = parseSingleState(text, prepared);
    return { state: required(state, diagnostics), QueryLanguage: "JSONPath" };
  }
  const parsed = parseDefinition(text, prepared);
  const definition = required(parsed.definition, parsed.diagnostics);
  const state = findState(definition, stateName);
  if (state === undefined) throw errors.validation("State not found in definition");
  return { state, QueryLanguage: definition.QueryLanguage };
}

function required<T>(parsed: T | undefined, diagnostics: readonly Diagnostic[]): T {
  if (parsed !== undefined) return parsed;
  throw errors.invalidDefinition(invalidDefinitionMessage(diagnostics));
}

/** Observed: states of item processors are found too. */
function findState(graph: StateGraph, name: string): State | undefined {
  const own = graph.States.get(name);
  if (own !== undefined) return own;
  for (const state of graph.States.values()) {
    for (const inner of innerGraphs(state)) {
      const found = findState(inner, name);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

export function innerGraphs(state: State): readonly StateGraph[] {
  if (state.Type === "Map") return [state.ItemProcessor];
  return state.Type === "Parallel" ? state.Branches : [];
}

/** Whether a state of that name is somewhere inside the state. */
export function holdsState(state: State, name: string): boolean {
  return innerGraphs(state).some((graph) => findState(graph, name) !== undefined);
}
