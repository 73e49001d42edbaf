import {
  ChevronsDownUp,
  CircleDot,
  Copy,
  CornerDownRight,
  Group,
  PackageOpen,
  PencilLine,
  Plus,
  Share,
  Trash2,
  Ungroup,
} from "lucide-react";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { IconButton } from "../../../parts/button.tsx";

/** What can be done with the selection. What it does not say cannot be done with what is selected. */
export interface SelectionActions {
  readonly add?: () => void;
  readonly rename?: () => void;
  readonly duplicate?: () => void;
  readonly wrap?: () => void;
  readonly unwrap?: () => void;
  readonly extract?: () => void;
  readonly collapse?: () => void;
  readonly retarget?: () => void;
  readonly breakpoint?: () => void;
  readonly remove?: () => void;
}

const icons = {
  add: Plus,
  rename: PencilLine,
  duplicate: Copy,
  wrap: Group,
  unwrap: Ungroup,
  extract: Share,
  collapse: ChevronsDownUp,
  retarget: CornerDownRight,
  breakpoint: CircleDot,
  remove: Trash2,
} as const;

const order = [
  "add",
  "rename",
  "duplicate",
  "wrap",
  "unwrap",
  "extract",
  "collapse",
  "retarget",
  "breakpoint",
  "remove",
] as const;

/** The same that the keys do, for the hand at the pointer. */
export function SelectionBar({
  actions,
  count,
  isCollapsed,
}: {
  readonly actions: SelectionActions;
  readonly count: number;
  readonly isCollapsed: boolean;
}) {
  const text = useDesignerText().canvas;
  const labels = { ...text.selection, add: text.add };
  return (
    <div
      role="toolbar"
      aria-label={text.selection.label}
      className="absolute top-2 left-1/2 z-10 flex -translate-x-1/2 items-center rounded-lg border border-line bg-surface shadow-card"
    >
      {count > 1 && (
        <span className="px-2.5 text-xs whitespace-nowrap text-dim">
          {text.selection.count(count)}
        </span>
      )}
      {order.map((name) => {
        const run = actions[name];
        if (run === undefined) return null;
        const Icon = name === "collapse" && isCollapsed ? PackageOpen : icons[name];
        const label = name === "collapse" && isCollapsed ? labels.expand : labels[name];
        return (
          <IconButton key={name} label={label} onPress={run}>
            <Icon aria-hidden size={15} />
          </IconButton>
        );
      })}
    </div>
  );
}
