import type { StateMachineDefinition } from "../../asl/definition.ts";
import type { MapState } from "../../asl/states/map.ts";
import type { JsonValue } from "../../expression/json.ts";
import { effectiveInput } from "../data-flow.ts";
import { failureOf, type Failure } from "../failure/failure.ts";
import type { BranchId } from "../ids.ts";
import type { Machine } from "../machine.ts";
import { branchOf, type ExecutionSnapshot } from "../snapshot.ts";
import { type MapItem, StateScope } from "../state-scope.ts";
import type { TurnSteps } from "../turn-steps.ts";
import { Turn } from "../turn.ts";

/** An item, and what making a child's input of it takes. */
export interface GivenItem {
  readonly item: MapItem;
  readonly seed: number;
  /** What its expressions take is added to what those of the items before it have taken. */
  readonly steps: TurnSteps;
}

/** What one item becomes on its way into a child execution: itself, or what `ItemSelector` makes of it. */
export function mapRunItem(
  machine: Machine,
  snapshot: ExecutionSnapshot,
  branchId: BranchId,
  { item, seed, steps }: GivenItem,
): JsonValue {
  const activation = { type: "TimerFired", at: snapshot.startedAt, seed } as const;
  const turn = new Turn(machine, snapshot, activation, steps);
  steps.begin();
  const branch = branchOf(snapshot, branchId);
  const state = turn.state(branch) as MapState;
  const { ItemSelector: selector } = state;
  if (selector === undefined) return itemValue(item);
  const scope = new StateScope(turn, branch, { mapItem: item });
  if (selector.kind === "jsonataTemplate") {
    return selector.evaluate({ input: branch.input.value }, scope);
  }
  const input =
    state.QueryLanguage === "JSONPath" ? effectiveInput(state, branch.input, scope) : branch.input;
  return selector.evaluate(input.value, scope);
}

/** A pair of an object is given as a pair. Our choice where the service's default is not documented. */
function itemValue(item: MapItem): JsonValue {
  return item.key === undefined ? item.value : { Key: item.key, Value: item.value };
}

/** The failure of a state that an item could not be prepared for. */
export function mapRunItemFailure(
  snapshot: ExecutionSnapshot,
  branchId: BranchId,
  thrown: unknown,
): Failure | undefined {
  const branch = branchOf(snapshot, branchId);
  const where = { name: branch.state as string, enteredEventId: branch.enteredEventId };
  return failureOf(thrown, where);
}

/**
 * The definition that the children of a distributed Map run: its processor as a machine of its own. `undefined` if the
 * definition has no distributed Map of that label.
 */
export function childDefinition(
  definition: StateMachineDefinition,
  label: string,
  labelOf: (state: MapState) => string,
):
  | { readonly definition: StateMachineDefinition; readonly type: "STANDARD" | "EXPRESS" }
  | undefined {
  const state = findMap(definition, (map) => labelOf(map) === label);
  if (state?.distributed === undefined) return undefined;
  const { QueryLanguage } = definition;
  return {
    definition: { QueryLanguage, ...state.ItemProcessor },
    type: state.distributed.ExecutionType,
  };
}

function findMap(
  graph: Pick<StateMachineDefinition, "States">,
  wanted: (state: MapState) => boolean,
): MapState | undefined {
  for (const state of graph.States.values()) {
    if (state.Type === "Map") {
      if (state.distributed !== undefined && wanted(state)) return state;
      const inner = findMap(state.ItemProcessor, wanted);
      if (inner !== undefined) return inner;
    } else if (state.Type === "Parallel") {
      for (const branch of state.Branches) {
        const inner = findMap(branch, wanted);
        if (inner !== undefined) return inner;
      }
    }
  }
  return undefined;
}
