import type { Branch, ExecutionSnapshot } from "../../machine/snapshot.ts";

/** A graph of a definition, as far as a history is read by it. */
export interface DefinitionGraph {
  readonly StartAt?: string;
  readonly States?: Readonly<Record<string, DefinitionState>>;
}

export interface DefinitionState {
  readonly Type?: string;
  readonly Next?: string;
  readonly Seconds?: unknown;
  readonly Timestamp?: unknown;
  readonly Retry?: readonly { readonly ErrorEquals?: readonly string[] }[];
  readonly Branches?: readonly DefinitionGraph[];
  readonly ItemProcessor?: DefinitionGraph & {
    readonly ProcessorConfig?: { readonly Mode?: string };
  };
  readonly Iterator?: DefinitionGraph;
}

function stateOf(graph: DefinitionGraph | undefined, name: string | undefined) {
  const states = graph?.States;
  if (name === undefined || states === undefined || !Object.hasOwn(states, name)) return undefined;
  return states[name];
}

/** The graph that a Parallel's branch, or a Map's item, runs in. */
function graphWithin(
  state: DefinitionState | undefined,
  index: number,
): DefinitionGraph | undefined {
  return state?.Branches?.[index] ?? state?.ItemProcessor ?? state?.Iterator;
}

/** The definition, as far as it is known, by the branches of a snapshot. */
export class BranchDefinitions {
  readonly #definition: DefinitionGraph | undefined;
  readonly #snapshot: ExecutionSnapshot;

  constructor(definition: DefinitionGraph | undefined, snapshot: ExecutionSnapshot) {
    this.#definition = definition;
    this.#snapshot = snapshot;
  }

  get isKnown(): boolean {
    return this.#definition !== undefined;
  }

  /** The state that the branch is in. */
  state(branch: Branch): DefinitionState | undefined {
    return stateOf(this.#graph(branch), branch.state);
  }

  /** Whether the branch enters this state next. */
  leadsTo(branch: Branch, name: unknown): boolean {
    const graph = this.#graph(branch);
    if (graph === undefined) return false;
    return (branch.enteredEventId === 0 ? graph.StartAt : branch.next) === name;
  }

  /** The graph that the branch runs in. */
  #graph(branch: Branch): DefinitionGraph | undefined {
    if (branch.parent === undefined) return this.#definition;
    const parent = this.#snapshot.branches.get(branch.parent);
    return parent && graphWithin(this.state(parent), branch.index);
  }
}
