import { GitCompareArrows, OctagonX, RotateCw, X } from "lucide-react";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Button, IconButton } from "../../parts/button.tsx";
import type { JobAction } from "../../../../src/console/view-types.ts";

/** What can be done with the rows that are chosen; it stays in sight however long the list is. */
export function SelectionBar({
  count,
  onAct,
  onCompare,
  onClear,
}: {
  readonly count: number;
  readonly onAct: (action: JobAction) => void;
  /** Absent: there are not just two. */
  readonly onCompare: (() => void) | undefined;
  readonly onClear: () => void;
}) {
  const text = useText();
  const format = useFormat();
  const words = text.executions.selection;
  return (
    <div
      role="region"
      aria-label={words.label}
      className="sticky bottom-4 z-10 mx-auto mt-4 flex w-fit max-w-full flex-wrap items-center gap-2 rounded-xl border border-line-strong bg-raised py-2 pr-2 pl-4 shadow-high"
    >
      <span role="status" className="mr-1 font-semibold tabular-nums">
        {words.count(format.number(count))}
      </span>
      <Button look="danger" onPress={() => onAct("stop")}>
        <OctagonX aria-hidden size={14} />
        {words.stop}
      </Button>
      <Button onPress={() => onAct("redrive")}>
        <RotateCw aria-hidden size={14} />
        {words.redrive}
      </Button>
      {onCompare !== undefined && (
        <Button onPress={onCompare}>
          <GitCompareArrows aria-hidden size={14} />
          {text.compare.compare}
        </Button>
      )}
      <IconButton label={words.clear} onPress={onClear}>
        <X aria-hidden size={16} />
      </IconButton>
    </div>
  );
}
