import { useCallback, useSyncExternalStore } from "react";
import type { SampleData } from "../../../designer/completion/candidate.ts";
import type { NodeKey } from "../../../graph/model.ts";
import { useDesigner } from "../use-designer.ts";
import type { Keeping, PinnedSource, PinnedStore } from "./pinned-store.ts";

/** What is pinned to a state, and how that is changed. */
export interface Pinned {
  /** `undefined`: nothing is pinned. */
  readonly data: SampleData | undefined;
  readonly source: PinnedSource | undefined;
  readonly pin: (data: SampleData, source: PinnedSource) => Keeping;
  readonly unpin: () => void;
}

/** The data that the expressions of a state are completed and tried with. Each caller sees what another one pins. */
export function usePinned(stateKey: NodeKey): Pinned {
  const { pinned }: { readonly pinned: PinnedStore } = useDesigner();
  const found = useSyncExternalStore(
    useCallback((listener) => pinned.subscribe(listener), [pinned]),
    () => pinned.get(stateKey),
  );
  return {
    data: found?.data,
    source: found?.source,
    pin: useCallback((data, source) => pinned.pin(stateKey, { data, source }), [pinned, stateKey]),
    unpin: useCallback(() => pinned.unpin(stateKey), [pinned, stateKey]),
  };
}
