import { useVirtualizer } from "@tanstack/react-virtual";
import { CircleDot } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import type { LogLineView } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { CopyButton } from "../../parts/copy.tsx";

/** How far from its end a list still follows what comes. */
const nearPx = 40;

/** Lines that a function printed, with their times: searched, copied, and followed to the end while more come. */
export function LogLines({
  lines,
  label,
  from,
  isRunning,
}: {
  readonly lines: readonly LogLineView[];
  readonly label: string;
  /** When the attempt began. */
  readonly from: number;
  readonly isRunning: boolean;
}) {
  const text = useText().inspector;
  const format = useFormat();
  const [sought, setSought] = useState("");
  const list = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const shown = useMemo(() => {
    const lower = sought.toLowerCase();
    return lower === "" ? lines : lines.filter((line) => line.text.toLowerCase().includes(lower));
  }, [lines, sought]);
  // eslint-disable-next-line react-hooks/incompatible-library -- its functions are called here and now only
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => list.current,
    estimateSize: () => 20,
    overscan: 20,
  });
  useEffect(() => {
    if (isRunning && isAtEnd.current && shown.length > 0) {
      rows.scrollToIndex(shown.length - 1, { align: "end" });
    }
  }, [rows, shown.length, isRunning]);
  const all = format.number(lines.length);
  return (
    <div className="min-w-0 rounded-lg border border-line bg-sunken">
      <div className="flex flex-wrap items-center gap-2 border-b border-line py-1 pr-1 pl-2 text-xs text-dim">
        <input
          type="search"
          aria-label={`${text.logsSearch}: ${label}`}
          placeholder={text.logsSearch}
          value={sought}
          onChange={(event) => setSought(event.target.value)}
          className="h-7 max-w-64 min-w-24 grow basis-0 rounded-md border border-line bg-surface px-2 text-text"
        />
        <span className="tabular-nums">
          {sought === "" ? text.logsLines(all) : text.logsFound(format.number(shown.length), all)}
        </span>
        <span className="min-w-0 grow" />
        {isRunning && (
          <span className="flex items-center gap-1.5 text-run">
            <CircleDot aria-hidden size={12} />
            {text.logsLive}
          </span>
        )}
        <CopyButton value={shown.map((line) => line.text).join("\n")} label={text.logsCopy} />
      </div>
      <div
        ref={list}
        role="log"
        aria-label={label}
        aria-live="off"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keyboard
        tabIndex={0}
        onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
          isAtEnd.current = scrollTop + clientHeight >= scrollHeight - nearPx;
        }}
        className="max-h-[28rem] overflow-auto py-1 font-mono text-xs leading-5"
      >
        {shown.length === 0 && <p className="px-3 py-1 font-sans text-dim">{text.logsNoMatch}</p>}
        <div className="relative" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map((row) => {
            const line = shown[row.index];
            if (line === undefined) return null;
            return (
              <div
                key={row.key}
                ref={rows.measureElement}
                data-index={row.index}
                className="absolute inset-x-0 top-0 flex gap-3 px-3 hover:bg-pick"
                style={{ transform: `translateY(${row.start}px)` }}
              >
                <time
                  dateTime={new Date(line.at).toISOString()}
                  title={`+${format.duration(line.at - from)}`}
                  className="shrink-0 text-faint tabular-nums select-none"
                >
                  {format.exactTime(line.at)}
                </time>
                {line.isError === true && (
                  <span className="shrink-0 text-wait select-none">{text.logsError}</span>
                )}
                <span className="min-w-0 break-words whitespace-pre-wrap">{line.text || " "}</span>
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
