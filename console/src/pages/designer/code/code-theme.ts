import { HighlightStyle } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const wavy = (colour: string) => ({
  // The package's own underline is an image.
  backgroundImage: "none",
  textDecoration: `underline wavy ${colour} 1px`,
  textUnderlineOffset: "3px",
  paddingBottom: "0",
});

/** As tokens.css has it: Tailwind puts it into its classes, which do not reach into a shadow tree. */
const mono =
  'ui-monospace, "SF Mono", "JetBrains Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace';

/** The editor in the page's tokens, so that every theme is its theme, too. */
export const codeTheme = EditorView.theme({
  "&": {
    height: "100%",
    color: "var(--text)",
    backgroundColor: "var(--surface)",
    fontSize: "12.5px",
  },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: mono, lineHeight: "1.55" },
  ".cm-content": { caretColor: "var(--text)", padding: "8px 0" },
  ".cm-cursor, .cm-dropCursor": { borderLeftColor: "var(--text)", borderLeftWidth: "2px" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground":
    { background: "color-mix(in srgb, var(--accent) 28%, transparent)" },
  ".cm-gutters": {
    backgroundColor: "var(--surface)",
    color: "var(--faint)",
    border: "none",
    borderRight: "1px solid var(--line)",
  },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--text) 4%, transparent)" },
  ".cm-activeLineGutter": { backgroundColor: "var(--sunken)", color: "var(--text)" },
  ".cm-foldGutter .cm-gutterElement": { cursor: "pointer", padding: "0 3px" },
  ".cm-fold": {
    display: "inline-block",
    border: "4px solid transparent",
    borderTopColor: "var(--dim)",
    borderBottomWidth: "0",
  },
  ".cm-fold-closed": { transform: "rotate(-90deg)", borderTopColor: "var(--accent)" },
  ".cm-foldPlaceholder": {
    backgroundColor: "var(--sunken)",
    border: "1px solid var(--line)",
    color: "var(--dim)",
  },
  "&.cm-focused .cm-matchingBracket, .cm-matchingBracket": {
    backgroundColor: "var(--accent-soft)",
    outline: "1px solid var(--accent)",
  },
  ".cm-selectionMatch": { backgroundColor: "var(--accent-soft)" },
  ".cm-searchMatch": { backgroundColor: "var(--wait-soft)", outline: "1px solid var(--wait)" },
  ".cm-searchMatch-selected": { backgroundColor: "var(--accent-soft)" },
  ".cm-panels": { backgroundColor: "var(--sunken)", color: "var(--text)" },
  ".cm-panels-top": { borderBottom: "1px solid var(--line)" },
  ".cm-panel.cm-search": {
    padding: "6px 32px 6px 8px",
    fontFamily: "inherit",
  },
  ".cm-textfield": {
    backgroundColor: "var(--surface)",
    border: "1px solid var(--line)",
    borderRadius: "4px",
    color: "var(--text)",
    fontSize: "12.5px",
  },
  ".cm-button": {
    backgroundImage: "none",
    backgroundColor: "var(--surface)",
    border: "1px solid var(--line)",
    borderRadius: "4px",
    color: "var(--text)",
  },
  ".cm-panel.cm-search [name=close]": { color: "var(--dim)", fontSize: "18px" },
  ".cm-tooltip": {
    backgroundColor: "var(--raised)",
    border: "1px solid var(--line)",
    borderRadius: "6px",
    color: "var(--text)",
    boxShadow: "var(--shadow-high)",
  },
  ".cm-tooltip-hover": {
    maxWidth: "26rem",
    padding: "0",
    fontFamily: "inherit",
  },
  ".cm-doc": { padding: "6px 10px", fontSize: "12.5px", lineHeight: "1.5" },
  ".cm-doc b": { fontFamily: mono },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": {
    fontFamily: mono,
    maxHeight: "16em",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "2px 8px" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": {
    backgroundColor: "var(--accent)",
    color: "var(--accent-text)",
  },
  ".cm-completionDetail": { fontStyle: "normal", opacity: "0.75", marginLeft: "1em" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-completionInfo": {
    fontFamily: "inherit",
    fontSize: "12px",
    maxWidth: "20rem",
    backgroundColor: "var(--raised)",
  },
  ".cm-lintRange-error": wavy("var(--fail)"),
  ".cm-lintRange-warning": wavy("var(--wait)"),
  ".cm-lintRange-info": wavy("var(--dim)"),
  ".cm-lintPoint:after": { borderBottomColor: "var(--fail)" },
  ".cm-diagnostic": { padding: "6px 10px", fontSize: "12.5px", whiteSpace: "pre-wrap" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--fail)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--wait)" },
  ".cm-diagnostic-info": { borderLeftColor: "var(--dim)" },
  ".cm-diagnosticAction": {
    backgroundColor: "var(--accent)",
    color: "var(--accent-text)",
    borderRadius: "4px",
    padding: "2px 8px",
  },
  ".cm-insertedLine, .cm-changedLine": { backgroundColor: "var(--ok-soft) !important" },
  ".cm-deletedChunk": { backgroundColor: "var(--fail-soft) !important" },
  ".cm-changedText": { background: "color-mix(in srgb, var(--ok) 30%, transparent) !important" },
  ".cm-deletedText": { background: "color-mix(in srgb, var(--fail) 30%, transparent) !important" },
  ".cm-deletedChunk .cm-chunkButtons button.cm-take-back": {
    backgroundColor: "var(--surface)",
    border: "1px solid var(--line)",
    borderRadius: "4px",
    color: "var(--text)",
    padding: "0 6px",
    fontSize: "11px",
    cursor: "pointer",
  },
  ".cm-changeGutter": { width: "3px", paddingLeft: "1px" },
  ".cm-changedLineGutter": { background: "var(--ok)" },
  ".cm-deletedLineGutter": { background: "var(--fail)" },
  ".cm-collapsedLines": { backgroundColor: "var(--sunken)", color: "var(--dim)" },
});

/** Names apart from values; no meaning is told by colour alone. */
export const codeColours = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--run)" },
  { tag: tags.definition(tags.propertyName), color: "var(--run)" },
  { tag: tags.string, color: "var(--ok)" },
  { tag: tags.content, color: "var(--text)" },
  { tag: tags.number, color: "var(--wait)" },
  { tag: [tags.bool, tags.null, tags.keyword], color: "var(--wait)", fontWeight: "600" },
  { tag: tags.comment, color: "var(--faint)", fontStyle: "italic" },
  { tag: [tags.punctuation, tags.separator, tags.bracket], color: "var(--dim)" },
  { tag: tags.invalid, color: "var(--fail)" },
]);
