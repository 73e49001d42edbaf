import { Annotation, EditorState, type Extension } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { codeField, markMistake } from "./expression-extensions.ts";
import { isCommand } from "./use-draft.ts";
import { useInsertTargets, type InsertTarget } from "./insert-target.ts";

export interface CodeInputProps {
  readonly label: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
  /** What was typed is to be put into the definition now. */
  readonly onFlush: () => void;
  /** Language, completion: those of the first time stay. */
  readonly extensions: () => Extension;
  /** Enter ends it, as in any field of one line. */
  readonly isOneLine?: boolean;
  /** It takes paths from the tree of data; `false`: it is no expression. */
  readonly takesPaths?: boolean;
  readonly isTemplate?: boolean;
  /** Where an error is in the text. */
  readonly mistake?: { readonly from: number; readonly to: number } | undefined;
  readonly isDisabled?: boolean;
}

/** Changes that come from the definition, and are not typed. */
const fromOutside = Annotation.define<true>();

/** Code in a form: a CodeMirror without a history of its own, since the definition has the only one. */
export function CodeInput(props: CodeInputProps) {
  const { text, isOneLine = false, takesPaths = true, isTemplate = false } = props;
  const parent = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<EditorView>();
  const targets = useInsertTargets();
  const changed = useEffectEvent(props.onChange);
  const flush = useEffectEvent(props.onFlush);
  const first = useEffectEvent(() => ({ text, label: props.label, own: props.extensions() }));

  useEffect(() => {
    const host = parent.current;
    if (host === null) return undefined;
    // The security policy takes no style element: in a shadow tree CodeMirror's styles are adopted sheets.
    const root = host.shadowRoot ?? host.attachShadow({ mode: "open", delegatesFocus: true });
    const { text: doc, label, own } = first();
    const made = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc,
        extensions: [
          own,
          isOneLine ? keymap.of([{ key: "Enter", run: () => (flush(), true) }]) : [],
          codeField,
          EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false" }),
          EditorView.updateListener.of(({ docChanged, state, transactions }) => {
            const isOutside = transactions.some((each) => each.annotation(fromOutside) === true);
            if (docChanged && !isOutside) changed(state.doc.toString());
          }),
        ],
      }),
    });
    const target: InsertTarget = { isTemplate, insert: (path) => insertAt(made, path) };
    const entered = () => takesPaths && targets.take(target);
    const left = () => flush();
    const typed = (event: KeyboardEvent) => isCommand(event) && flush();
    host.addEventListener("focusin", entered);
    host.addEventListener("focusout", left);
    host.addEventListener("keydown", typed);
    setView(made);
    return () => {
      host.removeEventListener("focusin", entered);
      host.removeEventListener("focusout", left);
      host.removeEventListener("keydown", typed);
      targets.leave(target);
      made.destroy();
    };
  }, [isOneLine, isTemplate, takesPaths, targets]);

  useEffect(() => {
    if (view === undefined || view.state.doc.toString() === text) return;
    view.dispatch({
      changes: { from: 0, to: view.state.doc.length, insert: text },
      annotations: fromOutside.of(true),
    });
  }, [view, text]);

  const { from, to } = props.mistake ?? {};
  useEffect(() => {
    const place = from === undefined || to === undefined ? undefined : { from, to };
    view?.dispatch({ effects: markMistake.of(place) });
  }, [view, from, to]);

  return <div ref={parent} className="min-w-0" />;
}

/** Puts a path in the place of what is selected, and goes on behind it. */
function insertAt(view: EditorView, path: string): void {
  view.dispatch(view.state.replaceSelection(path), { userEvent: "input.path" });
  view.focus();
}
