import { useVirtualizer } from "@tanstack/react-virtual";
import { Check, CircleAlert, CircleDot, Clock3 } from "lucide-react";
import { useRef } from "react";
import type { ExecutionRow } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import type { BulkAction } from "./bulk-action.ts";
import { MiddleName } from "./middle-name.tsx";

export type BulkResult = "working" | "done" | { readonly refused: string };

const rowHeight = 34;

/** How far an action has come, and what became of each execution. */
export function BulkResults({
  action,
  rows,
  results,
  isDone,
}: {
  readonly action: BulkAction;
  readonly rows: readonly ExecutionRow[];
  readonly results: ReadonlyMap<string, BulkResult>;
  readonly isDone: boolean;
}) {
  const text = useText();
  const format = useFormat();
  const words = text.executions.bulk;
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  const ended = [...results.values()].filter((result) => result !== "working");
  const refused = ended.filter((result) => result !== "done").length;
  const done = ended.length - refused;
  const skipped = rows.length - ended.length;
  const progress = words.progressOf(format.number(ended.length), format.number(rows.length));
  return (
    <div className="flex flex-col gap-3">
      <div>
        <p role="status" className="mb-2 flex justify-between gap-3 font-semibold">
          <span>
            {isDone
              ? words.summary(format.number(done), format.number(refused))
              : words[action].progress}
            {isDone && skipped > 0 && `, ${words.skipped(format.number(skipped))}`}
          </span>
          {!isDone && <span className="text-dim tabular-nums">{progress}</span>}
        </p>
        <progress
          aria-label={words[action].progress}
          max={rows.length}
          value={ended.length}
          className="block h-1.5 w-full appearance-none overflow-hidden rounded-full bg-sunken [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent"
        />
      </div>
      {!isDone && <p className="text-[13px] text-wait">{words.keepOpen}</p>}
      <div
        ref={box}
        role="region"
        aria-label={words.results}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keyboard
        tabIndex={0}
        className="max-h-72 overflow-auto rounded-lg border border-line"
      >
        <ul className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = rows[index];
            if (row === undefined) return null;
            const result = results.get(row.executionArn);
            return (
              <li
                key={row.executionArn}
                style={{ height: rowHeight, transform: `translateY(${start}px)` }}
                className="absolute inset-x-0 top-0 flex items-center gap-3 border-b border-line px-3 text-[13px]"
              >
                <span className="flex w-2/5 min-w-0 shrink-0">
                  <MiddleName name={row.name} />
                </span>
                <ResultWords action={action} result={result} isDone={isDone} />
              </li>
            );
          })}
        </ul>
      </div>
    </div>
  );
}

function ResultWords({
  action,
  result,
  isDone,
}: {
  readonly action: BulkAction;
  readonly result: BulkResult | undefined;
  readonly isDone: boolean;
}) {
  const words = useText().executions.bulk;
  const [Icon, look, said] =
    result === undefined
      ? [Clock3, "text-dim", isDone ? words.notBegun : words.waiting]
      : result === "working"
        ? [CircleDot, "text-run", words.working]
        : result === "done"
          ? [Check, "text-ok", words[action].done]
          : [CircleAlert, "text-fail", result.refused];
  return (
    <span className={`flex min-w-0 items-center gap-1.5 ${look}`} title={said}>
      <Icon aria-hidden size={14} className="shrink-0" />
      <span className="truncate">{said}</span>
    </span>
  );
}
