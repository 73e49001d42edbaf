import { Check, ChevronDown, ChevronUp, EqualNot } from "lucide-react";
import { useMemo } from "react";
import { useShortcuts } from "../../app/keys.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Button, IconButton } from "../../parts/button.tsx";
import type { ComparedPair } from "./pair-list.tsx";
import { differenceKinds, type DifferenceKind } from "./run-differences.ts";

/** Where the two first differ, the way from difference to difference, and which kinds of them count. */
export function DifferenceBar({
  rows,
  counts,
  selected,
  without,
  onSelect,
  onWithout,
}: {
  readonly rows: readonly ComparedPair[];
  readonly counts: ReadonlyMap<DifferenceKind, number>;
  readonly selected: string | undefined;
  readonly without: readonly DifferenceKind[];
  readonly onSelect: (pair: string) => void;
  readonly onWithout: (kinds: readonly DifferenceKind[]) => void;
}) {
  const text = useText();
  const format = useFormat();
  const differing = useMemo(() => rows.filter(({ differences }) => differences.length > 0), [rows]);
  const [first] = differing;
  const at = rows.findIndex(({ id }) => id === selected);
  const next = rows.find(({ differences }, index) => index > at && differences.length > 0);
  const previous = rows.findLast(({ differences }, index) => index < at && differences.length > 0);
  useShortcuts(
    useMemo(() => {
      const { group, nextDifference, previousDifference } = text.compare;
      const to = (row: ComparedPair | undefined) => () =>
        row === undefined ? undefined : onSelect(row.id);
      return [
        { keys: "n", label: nextDifference, group, run: to(next) },
        { keys: "N", label: previousDifference, group, run: to(previous) },
      ];
    }, [text, next, previous, onSelect]),
  );
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-3 py-2">
      <div role="status" className="flex min-w-0 items-center gap-2">
        {first === undefined ? (
          <>
            <Check aria-hidden size={15} className="shrink-0 text-ok" />
            <span>{text.compare.noDifference}</span>
          </>
        ) : (
          <>
            <EqualNot aria-hidden size={15} className="shrink-0 text-dim" />
            <span className="tabular-nums">
              {text.compare.differences(format.number(differing.length))}
            </span>
          </>
        )}
      </div>
      {first !== undefined && (
        <div className="flex min-w-0 items-center gap-1">
          <Button className="min-w-0" onPress={() => onSelect(first.id)}>
            <span className="text-dim">{text.compare.firstDifference}</span>
            <span className="max-w-64 truncate">
              {text.compare.firstIs(
                text.compare.kind[first.differences[0] ?? "path"],
                first.pair.name,
              )}
            </span>
          </Button>
          <IconButton
            label={`${text.compare.previousDifference} (N)`}
            isDisabled={previous === undefined}
            onPress={() => previous && onSelect(previous.id)}
          >
            <ChevronUp aria-hidden size={16} />
          </IconButton>
          <IconButton
            label={`${text.compare.nextDifference} (n)`}
            isDisabled={next === undefined}
            onPress={() => next && onSelect(next.id)}
          >
            <ChevronDown aria-hidden size={16} />
          </IconButton>
        </div>
      )}
      <span className="grow" />
      <div role="group" aria-label={text.compare.compared} className="flex flex-wrap gap-1">
        {differenceKinds.map((kind) => {
          const counted = !without.includes(kind);
          return (
            <button
              key={kind}
              type="button"
              aria-pressed={counted}
              title={text.compare.kindHint[kind]}
              onClick={() =>
                onWithout(counted ? [...without, kind] : without.filter((each) => each !== kind))
              }
              className={`inline-flex h-7 items-center gap-1.5 rounded-full border px-2.5 text-xs ${counted ? "border-line-strong bg-accent-soft text-text" : "border-line text-dim line-through hover:bg-sunken"}`}
            >
              {text.compare.kind[kind]}
              <span className="text-dim tabular-nums">{format.number(counts.get(kind) ?? 0)}</span>
            </button>
          );
        })}
      </div>
    </div>
  );
}
