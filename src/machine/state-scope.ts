import type {
  EvaluationScope,
  RandomSource,
  StepMeter,
  VariableScope,
} from "../expression/evaluation.ts";
import type { JsonObject, JsonValue } from "../expression/json.ts";
import type { Payload } from "../expression/payload.ts";
import { formatTimestamp } from "../expression/timestamp.ts";
import type { Branch, WaitingForMap } from "./snapshot.ts";
import type { TestStateProbe } from "./test-state/probe.ts";
import type { Turn } from "./turn.ts";

/** An item on its way into an iteration: what the context object shows as `Map.Item`. */
export interface MapItem {
  readonly index: number;
  readonly value: JsonValue;
  readonly key: string | undefined;
  /** Where a distributed Map's item comes from. */
  readonly source?: string;
}

/** Additions to the context object that only some evaluations have. */
export interface ScopeExtras {
  readonly taskToken?: string;
  readonly mapItem?: MapItem;
}

/** What the expressions of a state see. The context object is made only if one of them asks for it. */
export class StateScope implements EvaluationScope {
  readonly now: number;
  readonly variables: VariableScope;
  readonly probe: TestStateProbe | undefined;
  readonly #turn: Turn;
  readonly #branch: Branch;
  readonly #extras: ScopeExtras | undefined;
  #context: JsonObject | undefined;

  constructor(turn: Turn, branch: Branch, extras?: ScopeExtras) {
    this.#turn = turn;
    this.#branch = branch;
    this.#extras = extras;
    this.now = turn.at;
    this.probe = turn.machine.probe;
    this.variables = { lookup: (name) => lookupVariable(turn, branch, name)?.value };
  }

  get steps(): StepMeter {
    return this.#turn.steps;
  }

  get random(): RandomSource {
    return this.#turn.random;
  }

  get context(): JsonObject {
    const own = (): JsonObject => contextObject(this.#turn, this.#branch, this.#extras);
    return (this.#context ??= this.probe?.context(own) ?? own());
  }
}

function lookupVariable(turn: Turn, branch: Branch, name: string): Payload | undefined {
  const value = branch.variables.get(name);
  if (value !== undefined || branch.parent === undefined) return value;
  return lookupVariable(turn, turn.branch(branch.parent), name);
}

/**
 * The context object, with its members in AWS's order. `State.RetryCount` is there only where a state can be retried.
 * Observed.
 */
function contextObject(turn: Turn, branch: Branch, extras: ScopeExtras | undefined): JsonObject {
  const { identity } = turn.machine;
  const { snapshot } = turn;
  const type = turn.state(branch).Type;
  const state: Record<string, JsonValue> = {
    Name: branch.state as string,
    EnteredTime: formatTimestamp(branch.enteredAt),
  };
  if (type === "Task" || type === "Map" || type === "Parallel") {
    state["RetryCount"] = retryCount(branch);
  }
  const context: Record<string, JsonValue> = {
    Execution: {
      Id: identity.executionArn,
      Input: snapshot.input.value,
      StartTime: formatTimestamp(snapshot.startedAt),
      Name: identity.name,
      RoleArn: identity.roleArn,
      RedriveCount: snapshot.redriveCount,
      ...(snapshot.redriveCount === 0
        ? {}
        : { RedriveTime: formatTimestamp(snapshot.countedFrom) }),
    },
    StateMachine: { Id: identity.stateMachineArn, Name: identity.stateMachineName },
    State: state,
  };
  if (extras?.taskToken !== undefined) context["Task"] = { Token: extras.taskToken };
  const item = extras?.mapItem ?? enclosingItem(turn, branch);
  if (item !== undefined) {
    const shown = { Index: item.index, Value: item.value };
    context["Map"] = {
      Item: {
        ...shown,
        ...(item.key === undefined ? {} : { Key: item.key }),
        ...(item.source === undefined ? {} : { Source: item.source }),
      },
    };
  }
  return context;
}

export function retryCount(branch: Branch): number {
  return branch.retries.reduce((sum, used) => sum + used, 0);
}

/** The item that the innermost enclosing iteration works on. */
function enclosingItem(turn: Turn, branch: Branch): MapItem | undefined {
  if (branch.parent === undefined) return undefined;
  const parent = turn.branch(branch.parent);
  if (parent.waiting?.type !== "map") return enclosingItem(turn, parent);
  return mapItem(parent.waiting, branch.index);
}

export function mapItem(map: WaitingForMap, index: number): MapItem {
  return { index, value: map.items[index] as JsonValue, key: map.keys?.[index] };
}
