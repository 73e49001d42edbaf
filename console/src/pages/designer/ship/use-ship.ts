import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { DesignerMode, DesignerSearch } from "../designer-search.ts";
import { blank } from "../gallery/starters/starters.ts";
import { useDesigner, useDesignerView } from "../use-designer.ts";
import { dropDraft, keepDraft, keptDraft, newDraftKey, type KeptDraft } from "./kept-drafts.ts";
import { isSameDefinition, savedOf, type SavedDefinition } from "./saved-definition.ts";

/** Our choice: as long as between two keys of somebody who types. */
const pauseMs = 400;

/** What is saved of the open text, and the draft of what is not. */
export interface Ship {
  readonly saved: SavedDefinition;
  /** The text, or what belongs to the workflow beside it. */
  readonly isChanged: boolean;
  /** The draft that the page was opened with, until somebody has said what becomes of it. */
  readonly restored: KeptDraft | undefined;
  /** Whether what is changed outlives the tab. */
  readonly isKept: boolean;
  /** Somebody else has saved another definition than the one that the text began with. */
  readonly isNewer: boolean;
  /** To be told what the open text is the same as now. */
  readonly setSaved: (saved: SavedDefinition) => void;
  /** The restored draft stays. */
  readonly keep: () => void;
  /** The text is again what is saved. */
  readonly discard: () => void;
}

export function useShip(
  search: DesignerSearch,
  mode: DesignerMode,
  onSearch: (change: Partial<DesignerSearch>) => void,
): Ship {
  const { store, workflow, cases, settings } = useDesigner();
  const key = workflow.machine?.stateMachineArn ?? newDraftKey(search.starter ?? blank);
  const [saved, setSaved] = useState(() => savedOf(workflow));
  const [restored, setRestored] = useState<KeptDraft>();
  const [isKept, setKept] = useState(true);
  const isTextChanged = useDesignerView((view) => view.document.text !== saved.text);
  const areSettingsChanged = useSyncExternalStore(
    (listener) => settings.subscribe(listener),
    () => settings.isChanged,
  );
  const isChanged = isTextChanged || areSettingsChanged;

  const isBegun = useRef(false);
  useEffect(() => {
    if (isBegun.current) return;
    isBegun.current = true;
    const draft = keptDraft(key);
    if (draft === undefined) return;
    if (draft.text === store.text && draft.settings === undefined) return;
    if (draft.text !== store.text) store.replaceText(draft.text);
    if (draft.settings !== undefined) settings.change(draft.settings);
    cases.set(draft.cases);
    setSaved(draft.saved);
    setRestored(draft);
    // An address that says what is to be seen has been chosen since.
    const isChosen = search.mode !== undefined || search.state !== undefined;
    if (!isChosen && draft.mode !== mode) onSearch({ mode: draft.mode });
  }, [key, store, cases, settings, search, mode, onSearch]);
  useEffect(() => store.setBase(saved.text), [store, saved]);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const keep = (): void => {
      timer = undefined;
      if (store.text === saved.text && !settings.isChanged) {
        dropDraft(key);
        setKept(true);
      } else {
        const draft: KeptDraft = {
          text: store.text,
          saved,
          mode,
          cases: cases.cases,
          ...(settings.isChanged && { settings: settings.settings }),
          at: Date.now(),
        };
        setKept(keepDraft(key, draft));
      }
    };
    let { doc } = store.view.editor;
    const later = (): void => {
      clearTimeout(timer);
      timer = setTimeout(keep, pauseMs);
    };
    const onView = (): void => {
      if (store.view.editor.doc === doc) return;
      ({ doc } = store.view.editor);
      later();
    };
    later();
    const unsubscribe = [
      store.subscribe(onView),
      cases.subscribe(later),
      settings.subscribe(later),
    ];
    // A tab that is closed waits for no timer.
    const now = (): void => {
      if (timer !== undefined) keep();
    };
    window.addEventListener("pagehide", now);
    return () => {
      for (const end of unsubscribe) end();
      window.removeEventListener("pagehide", now);
      clearTimeout(timer);
      // What is typed last before the page is left.
      if (timer !== undefined && store.text !== saved.text) keep();
    };
  }, [key, store, cases, settings, saved, mode]);

  const { machine } = workflow;
  const isNewer = machine !== undefined && !isSameDefinition(machine.definition, saved.definition);
  return {
    saved,
    isChanged,
    restored,
    isKept,
    isNewer,
    setSaved: useCallback(
      (next) => {
        dropDraft(key);
        setSaved(next);
        setRestored(undefined);
      },
      [key],
    ),
    keep: useCallback(() => setRestored(undefined), []),
    discard: useCallback(() => {
      const now = savedOf(workflow);
      dropDraft(key);
      if (store.text !== now.text) store.replaceText(now.text);
      settings.change(settings.saved);
      setSaved(now);
      setRestored(undefined);
    }, [key, store, settings, workflow]),
  };
}
