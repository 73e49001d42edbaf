import { isRefused, type OpenEnd, type Refused } from "../../../designer/edits/edit-result.ts";
import { graphIndex, type GraphIndex } from "../../../designer/edits/graph-index.ts";
import type { DesignerCatalogue } from "../../../i18n/designer/texts.ts";
import type { DesignerView } from "../designer-store.ts";

type Words = DesignerCatalogue["canvas"];

/** What an edit came to, in words. */
export interface OutcomeWords {
  readonly tone: "done" | "open" | "refused";
  readonly text: string;
}

/** More than these are counted by nobody. */
const mostOpen = 4;

export function outcomeWords(view: DesignerView, text: Words): OutcomeWords | undefined {
  const { outcome, readable } = view;
  if (outcome === undefined) return undefined;
  const { edit, result } = outcome;
  const index = graphIndex(readable);
  if (isRefused(result)) return { tone: "refused", text: refusalWords(result, index, text) };
  if (result.edits.length === 0) return { tone: "done", text: text.nothingChanged };
  const names = result.select.map((key) => nameOf(key, index, text)).join(", ");
  const done: Readonly<Record<string, (names: string) => string>> = text.done;
  const said = Object.hasOwn(done, edit) ? done[edit]?.(names) : undefined;
  const words = said ?? text.changed;
  if (result.open.length === 0) return { tone: "done", text: words };
  const open = result.open.slice(0, mostOpen).map((end) => openWords(end, index, text));
  const more = result.open.length > mostOpen ? ", …" : "";
  return { tone: "open", text: `${words} ${text.left(open.join(", ") + more)}.` };
}

export function refusalWords(
  { refused, key, name }: Refused,
  index: GraphIndex,
  text: Words,
): string {
  const about = name ?? (key === undefined ? undefined : index.states.get(key)?.name);
  const words = text.refusals[refused];
  return about === undefined ? words : `${words} (${about})`;
}

export function openWords({ code, key, name }: OpenEnd, index: GraphIndex, text: Words): string {
  return text.openEnds[code](nameOf(key, index, text), name ?? "");
}

function nameOf(key: string, index: GraphIndex, text: Words): string {
  const state = index.states.get(key) ?? index.scopes.get(key)?.holder;
  return state?.name ?? text.definition;
}
