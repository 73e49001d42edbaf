import { useSyncExternalStore } from "react";
import type { CaseRunView, TestCase } from "../../../../../src/console/view-types.ts";
import { movedKeys, movedSet } from "../../../designer/edits/key-moves.ts";
import type { NodeKey } from "../../../graph/model.ts";
import type { DesignerStore } from "../designer-store.ts";
import { useDesigner } from "../use-designer.ts";
import type { Recording } from "./simulate/recording.ts";
import { newSimulation, type SimulationSetup } from "./simulate/simulation-setup.ts";
import type { StateTestResult } from "./test/state-test-result.ts";
import type { TestSetup } from "./test/test-setup.ts";

/** What has been tried with the open definition: it stays while the tools are opened and closed. */
export interface TryView {
  /** What each state was last tested with, by its key. */
  readonly tests: ReadonlyMap<NodeKey, TestSetup>;
  /** What it came to then. */
  readonly results: ReadonlyMap<NodeKey, DoneTest>;
  readonly simulation: SimulationSetup;
  readonly recording: Recording | undefined;
  /** The event of the recording that is shown; absent: its end. */
  readonly at: number | undefined;
  /** Where the recording is stopped at, by the keys of states. */
  readonly breakpoints: ReadonlySet<NodeKey>;
  /** The newest run of the cases. */
  readonly caseRun: CaseRun | undefined;
}

export interface DoneTest {
  readonly setup: TestSetup;
  readonly result: StateTestResult;
  /** The state as it was, as JSON text. */
  readonly state: string;
  /** The rest of the definition has errors: the state was tested without it. */
  readonly isAlone: boolean;
}

export interface CaseRun {
  readonly view: CaseRunView;
  /** What was run. */
  readonly definition: string;
  readonly cases: readonly TestCase[];
}

const nothingTried = (): TryView => ({
  tests: new Map(),
  results: new Map(),
  simulation: newSimulation,
  recording: undefined,
  at: undefined,
  breakpoints: new Set(),
  caseRun: undefined,
});

export class TryStore {
  #view = nothingTried();
  readonly #listeners = new Set<() => void>();

  get view(): TryView {
    return this.#view;
  }

  set(change: Partial<TryView>): void {
    this.#view = { ...this.#view, ...change };
    for (const listener of this.#listeners) listener();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** States have other keys now: what was tried with them goes along. */
  move(moves: ReadonlyMap<NodeKey, NodeKey>): void {
    const { tests, results, breakpoints } = this.#view;
    this.set({
      tests: movedKeys(tests, moves),
      results: movedKeys(results, moves),
      breakpoints: movedSet(breakpoints, moves),
    });
  }

  toggleBreakpoint(key: NodeKey): void {
    const breakpoints = new Set(this.#view.breakpoints);
    if (!breakpoints.delete(key)) breakpoints.add(key);
    this.set({ breakpoints });
  }
}

const stores = new WeakMap<DesignerStore, TryStore>();

/** The one that belongs to an open definition. */
export function tryStoreOf(designer: DesignerStore): TryStore {
  let store = stores.get(designer);
  if (store === undefined) stores.set(designer, (store = new TryStore()));
  return store;
}

export function useTryStore(): TryStore {
  return tryStoreOf(useDesigner().store);
}

/** A part of what was tried; the component is drawn again when this part is another one. */
export function useTryView<T>(pick: (view: TryView) => T): T {
  const store = useTryStore();
  return useSyncExternalStore(
    (listener) => store.subscribe(listener),
    () => pick(store.view),
  );
}
