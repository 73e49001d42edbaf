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

export function stateOf(graph: DefinitionGraph | undefined, name: string | undefined) {
  const states = graph?.States;
  if (name === undefined || states === undefined || !Object.hasOwn(states, name)) return undefined;
  return states[name];
}

/** The graph that a Parallel's branch, or a Map's item, runs in. */
export function graphWithin(
  state: DefinitionState | undefined,
  index: number,
): DefinitionGraph | undefined {
  return state?.Branches?.[index] ?? state?.ItemProcessor ?? state?.Iterator;
}
