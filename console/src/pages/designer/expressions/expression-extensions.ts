import { typingOverSelection } from "../code/typing-over-selection.ts";
import {
  autocompletion,
  closeBrackets,
  type CompletionContext,
  completionKeymap,
  type CompletionResult,
} from "@codemirror/autocomplete";
import { defaultKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { type Extension, RangeSetBuilder, StateEffect, StateField } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  EditorView,
  keymap,
  ViewPlugin,
  type ViewUpdate,
} from "@codemirror/view";
import type { Candidate, CompletionQuestion } from "../../../designer/completion/candidate.ts";
import { completions } from "../../../designer/completion/completions.ts";
import { jsonataTokens, type Token } from "../../../designer/completion/jsonata-tokens.ts";

/** An expression in the text, and where it begins there. */
export interface AskedPlace {
  readonly question: CompletionQuestion;
  readonly from: number;
}

/** Completes what `ask` finds at the cursor. `words` says what a candidate is, in the language of the page. */
export function completing(
  ask: (text: string, cursor: number) => AskedPlace | undefined,
  words: (candidate: Candidate) => string | undefined,
): Extension {
  const source = (context: CompletionContext): CompletionResult | null => {
    const text = context.state.doc.toString();
    const place = ask(text, context.pos);
    const found = place && completions(place.question);
    if (place === undefined || found === undefined) return null;
    const from = place.from + found.from;
    // An empty place is asked of on purpose only: with a key, or after what a path goes on with.
    if (!context.explicit && from === context.pos && !/[.$[]$/.test(text.slice(0, context.pos))) {
      return null;
    }
    return {
      from,
      filter: false,
      options: found.candidates.map((candidate) => optionOf(candidate, place.from, words)),
    };
  };
  return [
    autocompletion({ override: [source], icons: false, activateOnTypingDelay: 60 }),
    keymap.of(completionKeymap),
  ];
}

function optionOf(
  candidate: Candidate,
  offset: number,
  words: (candidate: Candidate) => string | undefined,
) {
  const info = words(candidate);
  return {
    label: candidate.label,
    detail: candidate.sample?.text ?? candidate.signature ?? "",
    ...(info !== undefined && { info }),
    apply: (view: EditorView, _: unknown, from: number, to: number) => {
      const start = candidate.from === undefined ? from : offset + candidate.from;
      const cursor = start + (candidate.cursor ?? candidate.insert.length);
      view.dispatch({
        changes: { from: start, to, insert: candidate.insert },
        selection: { anchor: cursor },
        userEvent: "input.complete",
      });
    },
  };
}

const marks: { readonly [K in Token["kind"]]?: Decoration } = {
  string: Decoration.mark({ class: "sw-string" }),
  number: Decoration.mark({ class: "sw-number" }),
  variable: Decoration.mark({ class: "sw-variable" }),
  quotedName: Decoration.mark({ class: "sw-name" }),
};

/** Colours of JSONata, by its words. */
export const jsonataColours: Extension = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = coloured(view);
    }

    update(update: ViewUpdate): void {
      if (update.docChanged) this.decorations = coloured(update.view);
    }
  },
  { decorations: ({ decorations }) => decorations },
);

function coloured(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  const tokens = jsonataTokens(view.state.doc.toString());
  for (const [index, { kind, from, to }] of tokens.entries()) {
    // The name of a member, in JSON and in an object that JSONata makes.
    const isName = kind === "string" && tokens[index + 1]?.text === ":";
    const mark = marks[isName ? "quotedName" : kind];
    if (mark !== undefined) builder.add(from, to, mark);
  }
  return builder.finish();
}

/** JSON: its texts and numbers look as those of JSONata. */
export const jsonText: Extension = [json(), jsonataColours];

const look = EditorView.theme({
  "&": { fontSize: "12px", color: "var(--text)", backgroundColor: "var(--sunken)" },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "0" },
  "&.cm-editor": { borderRadius: "6px", border: "1px solid var(--line)" },
  "&.cm-editor:hover": { borderColor: "var(--line-strong)" },
  ".cm-content": {
    fontFamily: "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace",
    padding: "6px 0",
    caretColor: "var(--text)",
  },
  ".cm-line": { padding: "0 9px", lineHeight: "18px" },
  ".cm-scroller": { maxHeight: "20rem", overflow: "auto", borderRadius: "6px" },
  ".cm-cursor, .cm-dropCursor": { borderLeftColor: "var(--text)" },
  ".cm-selectionBackground, &.cm-focused .cm-selectionBackground, ::selection": {
    backgroundColor: "var(--pick) !important",
  },
  ".cm-tooltip": {
    backgroundColor: "var(--raised)",
    border: "1px solid var(--line-strong)",
    borderRadius: "6px",
    color: "var(--text)",
    maxWidth: "24rem",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": {
    fontFamily: "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace",
    maxHeight: "14rem",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "3px 8px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    backgroundColor: "var(--accent-soft)",
    color: "var(--accent)",
  },
  ".cm-completionDetail": { color: "var(--dim)", fontStyle: "normal", marginLeft: "1em" },
  ".cm-completionInfo": { padding: "6px 8px", fontSize: "12px" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "600" },
  ".cm-placeholder": { color: "var(--faint)" },
  ".sw-string": { color: "var(--run)" },
  ".sw-number": { color: "var(--wait)" },
  ".sw-variable": { color: "var(--accent)", fontWeight: "600" },
  ".sw-mistake": { textDecoration: "underline wavy var(--fail) 1px", textUnderlineOffset: "3px" },
  ".sw-name": { color: "var(--accent)" },
});

/** Shows where an error is; `undefined` takes the mark away. */
export const markMistake = StateEffect.define<
  { readonly from: number; readonly to: number } | undefined
>();

const mistake = Decoration.mark({ class: "sw-mistake" });

/** The mark of an error's place, which goes with the next change: what is typed may have mended it. */
const mistakes: Extension = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(before, transaction) {
    const asked = transaction.effects.find((effect) => effect.is(markMistake));
    if (asked === undefined) return transaction.docChanged ? Decoration.none : before;
    const { length } = transaction.state.doc;
    if (asked.value === undefined || length === 0) return Decoration.none;
    // A mistake at the end of the text is shown at its last character.
    const from = Math.min(asked.value.from, length - 1);
    const to = Math.min(Math.max(asked.value.to, from + 1), length);
    return Decoration.set(mistake.range(Math.max(0, from), to));
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** What every field of code has. Tab leaves it, as it leaves any field. */
export const codeField: Extension = [
  closeBrackets(),
  typingOverSelection,
  mistakes,
  EditorView.lineWrapping,
  keymap.of(defaultKeymap.filter(({ key }) => key !== "Mod-Enter")),
  look,
];
