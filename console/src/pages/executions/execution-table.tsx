import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { memo, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { ExecutionRow } from "../../../../src/console/view-types.ts";
import { useShortcuts } from "../../app/keys.ts";
import { useText } from "../../i18n/language.tsx";
import { columns, type ColumnId } from "./columns.tsx";
import { useRowKeys } from "./use-row-keys.ts";

/** Up to so many all rows are drawn; more are drawn where they are looked at. */
const mostDrawn = 200;
const rowHeight = 41;
const checkboxWidth = 2.75;

/** The list of executions: rows of one height in columns of fixed widths. */
export function ExecutionTable({
  rows,
  chosen,
  selected,
  matches,
  onToggle,
  onSelectAll,
  onClear,
}: {
  readonly rows: readonly ExecutionRow[];
  readonly chosen: readonly ColumnId[];
  readonly selected: ReadonlySet<string>;
  readonly matches: (row: ExecutionRow) => boolean;
  readonly onToggle: (arn: string, isRange?: boolean) => void;
  readonly onSelectAll: () => void;
  readonly onClear: () => void;
}) {
  const text = useText();
  const shown = columns.filter(({ id }) => chosen.includes(id));
  const body = useRef<HTMLTableSectionElement>(null);
  const [offset, setOffset] = useState(0);
  // What is above the list grows and shrinks with the filter.
  useLayoutEffect(() => {
    const top = (body.current?.getBoundingClientRect().top ?? 0) + window.scrollY;
    if (Math.abs(top - offset) > 1) setOffset(top);
  });
  const isVirtual = rows.length > mostDrawn;
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => rowHeight,
    overscan: 16,
    scrollMargin: offset,
    enabled: isVirtual,
  });
  const drawn = virtual.getVirtualItems();
  const start = isVirtual ? (drawn[0]?.index ?? 0) : 0;
  const end = isVirtual ? (drawn.at(-1)?.index ?? -1) + 1 : rows.length;

  const shortcuts = useRowKeys({
    rows,
    body,
    scrollTo: (index) => isVirtual && virtual.scrollToIndex(index, { align: "auto" }),
    onToggle,
  });
  useShortcuts(shortcuts);

  const count = useMemo(
    () => rows.filter(({ executionArn }) => selected.has(executionArn)).length,
    [rows, selected],
  );
  // What takes the room that is left: the column with the longest words.
  const widest = chosen.includes("details") ? "details" : "name";
  const width = shown.reduce((total, column) => total + column.width, checkboxWidth);
  return (
    <div className="overflow-x-auto">
      <table
        aria-label={text.executions.list.label}
        aria-rowcount={rows.length + 1}
        className="w-full table-fixed border-collapse text-left"
        style={{ minWidth: `${width}rem` }}
      >
        <colgroup>
          <col style={{ width: `${checkboxWidth}rem` }} />
          {shown.map(({ id, width: own }) => (
            <col key={id} style={id === widest ? {} : { width: `${own}rem` }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1} className="border-b border-line">
            <th scope="col" className="py-1 pl-3">
              <SelectAll
                count={count}
                total={rows.length}
                onChange={() => (count === rows.length ? onClear() : onSelectAll())}
              />
            </th>
            {shown.map(({ id }) => (
              <th key={id} scope="col" className="truncate px-3 py-2 text-xs font-medium text-dim">
                {text.executions.columns[id]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          <Space height={start * rowHeight} columns={shown.length + 1} />
          {rows.slice(start, end).map((row, index) => (
            <Row
              key={row.executionArn}
              row={row}
              index={start + index}
              chosen={chosen}
              isSelected={selected.has(row.executionArn)}
              isGone={!matches(row)}
              onToggle={onToggle}
            />
          ))}
          <Space height={(rows.length - end) * rowHeight} columns={shown.length + 1} />
        </tbody>
      </table>
    </div>
  );
}

const Row = memo(function Row({
  row,
  index,
  chosen,
  isSelected,
  isGone,
  onToggle,
}: {
  readonly row: ExecutionRow;
  readonly index: number;
  readonly chosen: readonly ColumnId[];
  readonly isSelected: boolean;
  readonly isGone: boolean;
  readonly onToggle: (arn: string, isRange?: boolean) => void;
}) {
  const text = useText();
  return (
    <tr
      aria-rowindex={index + 2}
      title={isGone ? text.executions.row.gone : undefined}
      style={{ height: rowHeight }}
      className={`scroll-mt-16 scroll-mb-20 border-b border-line last:border-0 ${isSelected ? "bg-accent-soft/60" : "focus-within:bg-sunken hover:bg-sunken"} ${isGone ? "italic" : ""}`}
    >
      <td className="pl-3">
        <label className="flex h-7 w-7 cursor-pointer items-center justify-center">
          <input
            type="checkbox"
            aria-label={text.executions.row.select(row.name)}
            checked={isSelected}
            onChange={({ nativeEvent }) =>
              onToggle(row.executionArn, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)
            }
            className="h-4 w-4 cursor-pointer accent-accent"
          />
        </label>
      </td>
      {columns.map(({ id, cell }) =>
        chosen.includes(id) ? (
          <td key={id} className="px-3 whitespace-nowrap">
            {cell(row)}
          </td>
        ) : null,
      )}
    </tr>
  );
});

function SelectAll({
  count,
  total,
  onChange,
}: {
  readonly count: number;
  readonly total: number;
  readonly onChange: () => void;
}) {
  const text = useText();
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current !== null) box.current.indeterminate = count > 0 && count < total;
  }, [count, total]);
  return (
    <label className="flex h-7 w-7 cursor-pointer items-center justify-center">
      <input
        ref={box}
        type="checkbox"
        aria-label={text.executions.row.selectAll}
        checked={total > 0 && count === total}
        onChange={onChange}
        className="h-4 w-4 cursor-pointer accent-accent"
      />
    </label>
  );
}

/** Stands for rows that are not drawn. */
function Space({ height, columns: span }: { readonly height: number; readonly columns: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden>
      <td colSpan={span} style={{ height, padding: 0 }} />
    </tr>
  );
}
