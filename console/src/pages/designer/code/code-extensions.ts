import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { yaml } from "@codemirror/lang-yaml";
import {
  bracketMatching,
  codeFolding,
  foldGutter,
  foldKeymap,
  indentOnInput,
  syntaxHighlighting,
} from "@codemirror/language";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import {
  drawSelection,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  rectangularSelection,
} from "@codemirror/view";
import type { DefinitionFormat } from "../../../designer/document/definition-document.ts";
import { codeKeys } from "./code-keys.ts";
import { codeColours, codeTheme } from "./code-theme.ts";
import { completeCode } from "./complete-code.ts";
import { hoverDocs } from "./hover-docs.ts";
import { typingOverSelection } from "./typing-over-selection.ts";
import { pressDefinition } from "./definition-keys.ts";

/** Parts of the set-up that change while the text is open. */
export const codeParts = {
  language: new Compartment(),
  help: new Compartment(),
  phrases: new Compartment(),
  difference: new Compartment(),
} as const;

export function languageOf(format: DefinitionFormat): Extension {
  return format === "json" ? json() : yaml();
}

/** A triangle that is drawn: not every font has one. */
function foldMark(isOpen: boolean): HTMLElement {
  const mark = document.createElement("span");
  mark.className = isOpen ? "cm-fold" : "cm-fold cm-fold-closed";
  return mark;
}

/** What the text is edited with: it is part of the store's state from the first, so that a view can come and go. */
export function codeExtensions(): Extension {
  return [
    codeParts.language.of(json()),
    codeParts.help.of([]),
    codeParts.phrases.of([]),
    codeParts.difference.of([]),
    lineNumbers(),
    foldGutter({ markerDOM: foldMark }),
    codeFolding(),
    typingOverSelection,
    highlightSpecialChars(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    highlightSelectionMatches({ minSelectionLength: 3 }),
    drawSelection(),
    rectangularSelection(),
    EditorState.allowMultipleSelections.of(true),
    EditorState.tabSize.of(2),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    search({ top: true }),
    autocompletion({ override: [completeCode], icons: false, maxRenderedOptions: 100 }),
    hoverDocs,
    pressDefinition,
    syntaxHighlighting(codeColours),
    codeTheme,
    keymap.of([
      ...codeKeys,
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...foldKeymap,
      ...defaultKeymap,
    ]),
  ];
}
