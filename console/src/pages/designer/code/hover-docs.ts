import { hoverTooltip } from "@codemirror/view";
import { cursorPlace } from "../../../designer/language/cursor-place.ts";
import { placeAt } from "../../../designer/language/place-kind.ts";
import { codeHelp } from "./code-help.ts";

/** What a field is, beside its name. Members of the author's own data are not fields. */
export const hoverDocs = hoverTooltip((view, offset) => {
  const help = view.state.facet(codeHelp);
  if (help === undefined) return null;
  const document = help.document();
  const path = document.pathAt(offset);
  const key = document.keySpanOf(path);
  if (key === undefined || offset < key.from || offset > key.to) return null;
  const place = cursorPlace(document, key.from);
  const kind = placeAt(place?.holder ?? path.slice(0, -1)).kind;
  const name = String(path.at(-1));
  if (kind === "value" || kind === "states") return null;
  const docs = help.text.code.fieldDocs;
  const words = Object.hasOwn(docs, name) ? docs[name] : undefined;
  if (words === undefined) return null;
  return {
    pos: key.from,
    end: key.to,
    above: true,
    create: () => {
      const dom = window.document.createElement("div");
      dom.className = "cm-doc";
      const title = window.document.createElement("b");
      title.textContent = name;
      dom.append(title, `  ${words}`);
      return { dom };
    },
  };
});
