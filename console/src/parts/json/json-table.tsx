import { useState } from "react";
import { useFormat, useText } from "../../i18n/language.tsx";
import { isContainer, jsonText, writtenNumber } from "./json-value.ts";
import type { JsonTable as Table } from "./tables.ts";
import { asJsonPath } from "./value-path.ts";

/** Rows that are drawn at first, and with each press. */
const rowsAtOnce = 100;

/** Arrays of objects as tables; where a document has several, one is chosen. */
export function JsonTable({
  tables,
  label,
}: {
  readonly tables: readonly Table[];
  readonly label: string;
}) {
  const text = useText().json;
  const format = useFormat();
  const [chosen, setChosen] = useState(0);
  const [most, setMost] = useState(rowsAtOnce);
  const table = tables[chosen] ?? tables[0];
  if (table === undefined) return null;
  const { columns, rows, isCut } = table;
  return (
    <div>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-3 py-1 text-xs text-dim">
        {tables.length > 1 && (
          <label className="flex items-center gap-1.5">
            {text.table}
            <select
              value={chosen}
              onChange={(event) => {
                setChosen(Number(event.target.value));
                setMost(rowsAtOnce);
              }}
              className="h-6 rounded border border-line bg-surface px-1 font-mono text-text"
            >
              {tables.map(({ path }, index) => (
                <option key={asJsonPath(path)} value={index}>
                  {asJsonPath(path)}
                </option>
              ))}
            </select>
          </label>
        )}
        <span className="tabular-nums">
          {rows.length > most
            ? text.rowsOf(format.number(most), format.number(rows.length))
            : text.rows(format.number(rows.length))}
        </span>
        {isCut && <span>{text.columnsCut}</span>}
      </div>
      <div
        role="group"
        aria-label={label}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keyboard
        tabIndex={0}
        className="max-h-[28rem] overflow-auto font-mono text-xs"
      >
        <table className="w-full border-collapse text-left">
          <thead className="sticky top-0 bg-sunken">
            <tr>
              <th scope="col" className="px-2 py-1 font-medium text-faint">
                <span className="sr-only">{text.row}</span>#
              </th>
              {columns.map((column) => (
                <th key={column} scope="col" className="px-2 py-1 font-medium whitespace-nowrap">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, most).map((row, index) => (
              // eslint-disable-next-line react/no-array-index-key -- a row is its place
              <tr key={index} className="border-t border-line align-top">
                <th scope="row" className="px-2 py-1 font-normal text-faint tabular-nums">
                  {index}
                </th>
                {row.map((value, column) => (
                  <td key={columns[column]} className="max-w-80 truncate px-2 py-1">
                    <Cell value={value} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        {rows.length > most && (
          <button
            type="button"
            className="sticky left-0 m-2 min-h-6 font-sans text-run underline"
            onClick={() => setMost(most + 5 * rowsAtOnce)}
          >
            {text.morePart}
          </button>
        )}
      </div>
    </div>
  );
}

/** Characters of a cell: what is longer is read in the tree. */
const longestCell = 200;

function Cell({ value }: { readonly value: unknown }) {
  if (value === undefined) return null;
  const written =
    writtenNumber(value) ??
    (typeof value === "string"
      ? value
      : isContainer(value)
        ? jsonText(value).replaceAll(/\s*\n\s*/g, " ")
        : jsonText(value));
  const look = typeof value === "string" ? "" : value === null ? "text-faint" : "text-run";
  const shown = written.slice(0, longestCell);
  return (
    <span className={look} title={shown}>
      {shown}
    </span>
  );
}
