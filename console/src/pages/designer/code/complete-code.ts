import {
  type Completion,
  type CompletionContext,
  type CompletionResult,
  snippet,
} from "@codemirror/autocomplete";
import type { EditorView } from "@codemirror/view";
import type { DefinitionDocument } from "../../../designer/document/definition-document.ts";
import { graphIndex } from "../../../designer/edits/graph-index.ts";
import { stateAtPath } from "../../../designer/edits/state-at-path.ts";
import { textCandidates, type TextCandidate } from "../../../designer/language/candidates.ts";
import { cursorPlace, type CursorPlace } from "../../../designer/language/cursor-place.ts";
import { expressionPlace } from "../../../designer/language/expression-place.ts";
import { codeHelp, type CodeHelp } from "./code-help.ts";
import { completeExpression } from "./complete-expression.ts";
import { fieldSnippet, stateSnippet, valueText, type Written } from "./written.ts";

/** What may stand at the cursor: by its path in the definition, or in its expression. */
export async function completeCode(context: CompletionContext): Promise<CompletionResult | null> {
  const help = context.state.facet(codeHelp);
  if (help === undefined) return null;
  // Who types on does not wait for a long text to be read.
  if (!context.explicit) await help.settled();
  return context.aborted ? null : candidatesAt(context, help);
}

function candidatesAt(context: CompletionContext, help: CodeHelp): CompletionResult | null {
  const document = help.document();
  const place = cursorPlace(document, context.pos);
  if (place === undefined) return null;
  const expression = expressionPlace(document, place);
  if (expression !== undefined) {
    return completeExpression(document, place, expression, help, stateKeyAt(document, place));
  }
  if (!context.explicit && place.written === "" && place.quote === "") return null;
  const { format, text } = document;
  const before = { format, place, text } satisfies Written;
  const options = optionsOf(document, place, help).map((candidate, at) =>
    optionOf(candidate, before, help, at),
  );
  return options.length === 0
    ? null
    : { from: place.from, to: context.pos, options, validFor: /^[\w .:$-]*$/ };
}

function stateKeyAt(document: DefinitionDocument, place: CursorPlace) {
  return document.faults.length > 0
    ? undefined
    : stateAtPath(graphIndex(document), place.holder)?.key;
}

type Option =
  TextCandidate | { readonly kind: "resource"; readonly label: string; readonly title: string };

function optionsOf(
  document: DefinitionDocument,
  place: CursorPlace,
  help: CodeHelp,
): readonly Option[] {
  if (place.part === "value" && place.name === "Resource") {
    return help.resources().map(({ arn, title }) => ({ kind: "resource", label: arn, title }));
  }
  return textCandidates(document, place, help);
}

/** In the order in which they are given: the most used first. */
function optionOf(option: Option, written: Written, help: CodeHelp, at: number): Completion {
  const { label } = option;
  const common = { label, boost: -Math.min(at, 98) };
  const code = help.text.code;
  switch (option.kind) {
    case "newState":
      return {
        ...common,
        detail: code.snippet(label),
        apply: replacing(written, stateSnippet(option.label, written)),
      };
    case "field": {
      const info = Object.hasOwn(code.fieldDocs, label) ? code.fieldDocs[label] : undefined;
      return {
        ...common,
        ...(option.isRequired === true && { detail: code.required }),
        ...(info !== undefined && { info }),
        apply: replacing(written, fieldSnippet(label, written)),
      };
    }
    case "resource":
      return { ...common, detail: option.title, apply: plain(written, label) };
    case "state":
      return { ...common, detail: code.stateHere, apply: plain(written, label) };
    case "literal":
      return { ...common, apply: plain(written, label, true) };
    default:
      return { ...common, apply: plain(written, label) };
  }
}

/** Puts a snippet in the place of what is written, with its quotes. */
function replacing({ place, text }: Written, template: string) {
  return (view: EditorView, _: Completion, from: number, to: number) => {
    const quote = place.quote.length;
    const behind = text.startsWith(place.quote, place.to) ? quote : 0;
    const rest = place.to - (place.from + place.written.length);
    snippet(template)(view, _, from - quote, to + rest + (quote > 0 ? behind : 0));
  };
}

function plain(written: Written, label: string, isLiteral = false) {
  return (view: EditorView, _: Completion, from: number, to: number) => {
    const { place, text } = written;
    const quote = place.quote.length;
    const behind = quote > 0 && text.startsWith(place.quote, place.to) ? quote : 0;
    const rest = place.to - (place.from + place.written.length);
    const insert = valueText(label, written, isLiteral);
    const start = from - quote;
    view.dispatch({
      changes: { from: start, to: to + rest + behind, insert },
      selection: { anchor: start + insert.length },
      userEvent: "input.complete",
    });
  };
}
