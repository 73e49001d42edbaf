import type { State, StateGraph, StateMachineDefinition } from "../../asl/definition.ts";
import type { MapState } from "../../asl/states/map.ts";
import type { TaskState } from "../../asl/states/task.ts";

/** The states of a definition that reach outside, by their names. */
export interface OutsideStates {
  readonly tasks: ReadonlyMap<string, TaskState>;
  /** Distributed Maps with an ItemReader. */
  readonly readers: ReadonlyMap<string, MapState>;
}

export function outsideStates(definition: StateMachineDefinition): OutsideStates {
  const tasks = new Map<string, TaskState>();
  const readers = new Map<string, MapState>();
  for (const state of everyState(definition)) {
    if (state.Type === "Task") tasks.set(state.Name, state);
    if (state.Type === "Map" && state.distributed?.ItemReader !== undefined) {
      readers.set(state.Name, state);
    }
  }
  return { tasks, readers };
}

/** The states of a graph and of those within, in the order of the text. */
function* everyState({ States }: StateGraph): Generator<State> {
  for (const state of States.values()) {
    yield state;
    if (state.Type === "Map") yield* everyState(state.ItemProcessor);
    if (state.Type === "Parallel") for (const branch of state.Branches) yield* everyState(branch);
  }
}
