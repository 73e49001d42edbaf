import { useMemo } from "react";
import { nameOf, wayAt, type Way } from "../../../../designer/edits/ways.ts";
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
  const { state, edit } = useInspected();
  const document = useDesignerView((view) => view.readable);
  const way = useMemo(
    () => answered(() => wayAt(graphIndex(document), { state: state.key, end })),
    [document, state.key, end],
  );
  if ("refused" in way) return null;
  return (
    <TargetSelect
      way={way}
      label={label}
      onChoose={(to) =>
        void edit("retarget", (each) => retarget(each, { state: state.key, end }, to))
      }
    />
  );
}

/** The states of a way's scope, and what else it may lead to. */
export function TargetSelect({
  way,
  label,
  onChoose,
}: {
  readonly way: Way;
  readonly label: string;
  /** By its key; "end" and "nothing" as {@link retarget} takes them. */
  readonly onChoose: (target: string) => void;
}) {
  const { inspector: text } = useDesignerText();
  const name = nameOf(way.target);
  const target = name === undefined ? undefined : way.scope.states.get(name);
  const chosen =
    typeof way.target === "string" ? way.target : (target?.key ?? `missing:${name ?? ""}`);
  return (
    <select
      aria-label={label}
      value={chosen}
      onChange={(event) => onChoose(event.target.value)}
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
