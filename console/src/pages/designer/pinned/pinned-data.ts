import { useSyncExternalStore } from "react";
import type { NodeKey } from "../../../graph/model.ts";

/** A document as JSON text. */
export type JsonText = string;

/** Real or made-up data of a state, which its expressions are tried with. */
export interface PinnedData {
  readonly input: JsonText;
  /** What its call returned. */
  readonly result?: JsonText;
  /** An object of the variables in scope, by their names. */
  readonly variables?: JsonText;
}

/** Where pinned data come from. */
export type PinSource = "execution" | "case" | "test" | "sample";

export interface Pinned {
  readonly data: PinnedData | undefined;
  readonly source: PinSource | undefined;
  readonly pin: (data: PinnedData, source: PinSource) => void;
  readonly unpin: () => void;
}

const pins = new Map<NodeKey, { readonly data: PinnedData; readonly source: PinSource }>();
const listeners = new Set<() => void>();

function changed(): void {
  for (const listener of listeners) listener();
}

/** What is pinned at a state. */
export function usePinned(stateKey: NodeKey | undefined): Pinned {
  const pin = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => (stateKey === undefined ? undefined : pins.get(stateKey)),
  );
  return {
    data: pin?.data,
    source: pin?.source,
    pin(data, source) {
      if (stateKey === undefined) return;
      pins.set(stateKey, { data, source });
      changed();
    },
    unpin() {
      if (stateKey === undefined) return;
      pins.delete(stateKey);
      changed();
    },
  };
}
