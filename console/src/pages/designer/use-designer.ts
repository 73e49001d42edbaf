import { createContext, use, useCallback, useSyncExternalStore } from "react";
import type { SettingsStore } from "./config/settings-store.ts";
import type { DesignedWorkflow, WorkflowSettings } from "./designed-workflow.ts";
import type { DesignerStore, DesignerView } from "./designer-store.ts";
import type { NewCases } from "./ship/new-cases.ts";
import type { PinnedStore } from "./pinned/pinned-store.ts";

/** What the parts of the page share. */
export interface Designer {
  readonly store: DesignerStore;
  readonly workflow: DesignedWorkflow;
  /** Test cases of a workflow that is new. */
  readonly cases: NewCases;
  /** What is to be saved beside the definition. */
  readonly settings: SettingsStore;
  /** What expressions are tried with; `usePinned` reads it for a state. */
  readonly pinned: PinnedStore;
}

export const DesignerContext = createContext<Designer | undefined>(undefined);

export function useDesigner(): Designer {
  const designer = use(DesignerContext);
  if (designer === undefined) throw new Error("There is no designer around.");
  return designer;
}

/** What is shown in its place where the newest may come a moment later: `LateView`. */
export const LateViewContext = createContext<DesignerView | undefined>(undefined);

/** A part of what is shown now; the component is drawn again when this part is another one. */
export function useDesignerView<T>(pick: (view: DesignerView) => T): T {
  const { store } = useDesigner();
  const late = use(LateViewContext);
  const subscribe = useCallback(
    // Where what is shown is given, the store itself is not followed.
    (listener: () => void) => (late === undefined ? store.subscribe(listener) : () => {}),
    [store, late],
  );
  return useSyncExternalStore(subscribe, () => pick(late ?? store.view));
}

/** The settings of the workflow as they are to be saved. */
export function useWorkflowSettings(): WorkflowSettings {
  const { settings } = useDesigner();
  return useSyncExternalStore(
    (listener) => settings.subscribe(listener),
    () => settings.settings,
  );
}
