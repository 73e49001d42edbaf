import { useCallback, useMemo, useSyncExternalStore } from "react";
import type { SampleData } from "../../../designer/completion/candidate.ts";
import type { NodeKey } from "../../../graph/model.ts";
import { useDesigner } from "../use-designer.ts";

/** Where pinned data is from. */
export type PinSource =
  | { readonly kind: "execution"; readonly executionArn: string; readonly name: string }
  | { readonly kind: "case"; readonly name: string }
  | { readonly kind: "typed" };

/** The data that a state's expressions are completed from and tried with. */
export interface Pinned {
  readonly data: SampleData | undefined;
  readonly source: PinSource | undefined;
  readonly pin: (data: SampleData, source: PinSource) => void;
  readonly unpin: () => void;
}

interface Pin {
  readonly data: SampleData;
  readonly source: PinSource;
}

/** Our choice: a pin that is larger is kept while the tab is open, and not longer. */
const mostKept = 256 * 1024;

const pins = new Map<string, Pin | undefined>();
const listeners = new Set<() => void>();

/** What is pinned at a state of the open workflow. */
export function usePinned(stateKey: NodeKey): Pinned {
  const { workflow } = useDesigner();
  const id = `stepwell.pin:${workflow.machine?.stateMachineArn ?? ""}:${stateKey}`;
  const pin = useSyncExternalStore(subscribe, () => pinAt(id));
  const set = useCallback((data: SampleData, source: PinSource) => keep(id, { data, source }), [id]);
  const unpin = useCallback(() => keep(id, undefined), [id]);
  return useMemo(
    () => ({ data: pin?.data, source: pin?.source, pin: set, unpin }),
    [pin, set, unpin],
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function pinAt(id: string): Pin | undefined {
  if (!pins.has(id)) pins.set(id, read(id));
  return pins.get(id);
}

function read(id: string): Pin | undefined {
  try {
    return JSON.parse(localStorage.getItem(id) ?? "null") as Pin | null ?? undefined;
  } catch {
    return undefined;
  }
}

function keep(id: string, pin: Pin | undefined): void {
  pins.set(id, pin);
  const text = pin === undefined ? undefined : JSON.stringify(pin);
  try {
    if (text === undefined || text.length > mostKept) localStorage.removeItem(id);
    else localStorage.setItem(id, text);
  } catch {
    // The browser's storage is full or closed: it stays in the tab.
  }
  for (const listener of listeners) listener();
}
