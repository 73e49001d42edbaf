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
    const isOfSelected = point.edge === undefined && selected.has(point.from ?? "");
    const isOfEdge = edge !== undefined && point.edge === edge;
    return (
      <InsertButton
        key={point.id}
        point={point}
        label={pointLabel(point, model, text)}
        isShown={point.kind === "empty" || isOfEdge || isOfSelected}
        onAdd={onAdd}
      />
    );
  });
});

interface InsertButtonProps {
  readonly point: InsertPoint;
  readonly label: string;
  readonly isShown: boolean;
  readonly onAdd: (point: InsertPoint) => void;
}

const InsertButton = memo(function InsertButton({
  point,
  label,
  isShown,
  onAdd,
}: InsertButtonProps) {
  const { id, kind, x, y } = point;
  const isLarge = kind === "empty";
  // A way for failures could begin at each card: it is shown where somebody looks for it.
  const rest =
    kind === "catch" ? "border-line text-dim opacity-0" : "border-line text-dim opacity-60";
  const shown = kind === "catch" ? "border-fail/60 text-fail" : "border-accent text-accent";
  return (
    <button
      type="button"
      tabIndex={-1}
      data-point={id}
      aria-label={label}
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
}, isSameButton);

/** Each edit makes other points, nearly all of which are where they were. Their ids say what is put there. */
function isSameButton(a: InsertButtonProps, b: InsertButtonProps): boolean {
  return (
    a.point.id === b.point.id &&
    a.point.x === b.point.x &&
    a.point.y === b.point.y &&
    a.label === b.label &&
    a.isShown === b.isShown &&
    a.onAdd === b.onAdd
  );
}

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

/** Opens the creator on a way, as its `+` does: what says so may be elsewhere on the page. */
export function pressInsertPoint(edge: string): void {
  document.querySelector<HTMLElement>(`[data-point="${CSS.escape(`edge:${edge}`)}"]`)?.click();
}
