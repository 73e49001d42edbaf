import { useMemo } from "react";
import { nameOf, wayAt } from "../../../../designer/edits/ways.ts";
import { graphIndex } from "../../../../designer/edits/graph-index.ts";
import { retarget } from "../../../../designer/edits/retarget.ts";
import { answered } from "../../../../designer/edits/draft.ts";
import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import { inputLook } from "../../../../parts/field.tsx";
import { useDesignerView } from "../../use-designer.ts";
import { useInspected } from "../inspected.ts";

const toEnd = "end";
const toNothing = "nothing";

/** Where a way out of the inspected state leads: `end` is its id, as "next", "choice:0", "default" or "catch:1". */
export function TargetField({ end, label }: { readonly end: string; readonly label: string }) {
  const { inspector: text } = useDesignerText();
  const { state, edit } = useInspected();
  const document = useDesignerView((view) => view.readable);
  const way = useMemo(
    () => answered(() => wayAt(graphIndex(document), { state: state.key, end })),
    [document, state.key, end],
  );
  if ("refused" in way) return null;
  const name = nameOf(way.target);
  const target = name === undefined ? undefined : way.scope.states.get(name);
  const chosen =
    typeof way.target === "string" ? way.target : (target?.key ?? `missing:${name ?? ""}`);
  return (
    <select
      aria-label={label}
      value={chosen}
      onChange={(event) => {
        const to = event.target.value;
        edit("retarget", (each) => retarget(each, { state: state.key, end }, to));
      }}
      className={`${inputLook} h-8`}
    >
      {(chosen === toNothing || way.kind === "default") && (
        <option value={toNothing}>{text.nowhere}</option>
      )}
      {name !== undefined && target === undefined && (
        <option value={chosen}>{text.missingState(name)}</option>
      )}
      {way.kind === "next" && <option value={toEnd}>{text.end}</option>}
      {[...way.scope.states.values()].map((each) => (
        <option key={each.key} value={each.key}>
          {each.name}
        </option>
      ))}
    </select>
  );
}
