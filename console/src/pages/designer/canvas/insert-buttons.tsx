import { Plus } from "lucide-react";
import { memo } from "react";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import type { GraphModel, NodeKey } from "../../../graph/model.ts";
import type { InsertPoint } from "./insert-points.ts";

/** A `+` at each place where something can be put. Arrows lead to them, and a press opens the creator. */
export const InsertButtons = memo(function InsertButtons({
  points,
  model,
  selected,
  edge,
  onAdd,
}: {
  readonly points: readonly InsertPoint[];
  readonly model: GraphModel;
  readonly selected: ReadonlySet<NodeKey>;
  /** The edge that is selected. */
  readonly edge: string | undefined;
  readonly onAdd: (point: InsertPoint) => void;
}) {
  const text = useDesignerText().canvas;
  return points.map((point) => {
    const { id, kind, x, y } = point;
    const isLarge = kind === "empty";
    const isOfSelected = point.edge === undefined && selected.has(point.from ?? "");
    const isShown = isLarge || (edge !== undefined && point.edge === edge) || isOfSelected;
    // A way for failures could begin at each card: it is shown where somebody looks for it.
    const rest =
      kind === "catch" ? "border-line text-dim opacity-0" : "border-line text-dim opacity-60";
    const shown = kind === "catch" ? "border-fail/60 text-fail" : "border-accent text-accent";
    return (
      <button
        key={id}
        type="button"
        tabIndex={-1}
        data-point={id}
        aria-label={pointLabel(point, model, text)}
        onClick={() => onAdd(point)}
        style={{ left: x, top: y }}
        className="group absolute grid h-7 w-7 -translate-x-1/2 -translate-y-1/2 cursor-pointer place-items-center rounded-full outline-none"
      >
        <span
          className={`grid place-items-center rounded-full border bg-surface transition-[opacity,transform] group-hover:scale-125 group-hover:border-accent group-hover:text-accent group-hover:opacity-100 group-focus-visible:scale-125 group-focus-visible:border-accent group-focus-visible:bg-accent group-focus-visible:text-accent-text group-focus-visible:opacity-100 ${isShown ? shown : rest} ${isLarge ? "h-7 w-7" : "h-4 w-4"}`}
        >
          <Plus aria-hidden size={isLarge ? 16 : 11} />
        </span>
      </button>
    );
  });
});

/** What a screen reader says of it: "Add a state between A and B". */
export function pointLabel(
  { kind, name, to }: InsertPoint,
  model: GraphModel,
  text: ReturnType<typeof useDesignerText>["canvas"],
): string {
  if (kind !== "edge") return text.addOn[kind](name);
  return text.addOn.edge(said(name, text), said(model.nodes.get(to ?? "")?.name ?? "", text));
}

function said(name: string, text: ReturnType<typeof useDesignerText>["canvas"]): string {
  return name === "Start" ? text.start : name === "End" ? text.end : name;
}
