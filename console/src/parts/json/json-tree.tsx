import { useVirtualizer } from "@tanstack/react-virtual";
import { ChevronRight } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { useText } from "../../i18n/language.tsx";
import { CopyButton } from "../copy.tsx";
import { linesOf, keysAbove, mostLines, type JsonLine } from "./json-lines.ts";
import { jsonText, writtenNumber } from "./json-value.ts";
import { recognise } from "./recognise.ts";
import { RecognisedValue } from "./recognised-value.tsx";
import { asJsonata, asJsonPath, type ValuePath } from "./value-path.ts";

/** With more lines only those in view are drawn. */
const mostDrawn = 200;
/** Characters of a text that is not the chosen line. */
const longestText = 2_000;

/** A document line by line; what a text holds is opened with one press, and the chosen place can be copied. */
export function JsonTree({
  value,
  label,
  root,
  found,
  sought,
}: {
  readonly value: unknown;
  readonly label: string;
  readonly root: string;
  /** The place that a search is at. */
  readonly found: ValuePath | undefined;
  readonly sought: string;
}) {
  const text = useText();
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  const [chosen, setChosen] = useState<JsonLine>();
  const list = useRef<HTMLDivElement>(null);
  const forced = useMemo(() => (found === undefined ? undefined : keysAbove(found)), [found]);
  const lines = useMemo(() => linesOf(value, turned, forced), [value, turned, forced]);
  const foundKey = found === undefined ? undefined : asJsonPath(found);
  const isVirtual = lines.length > mostDrawn;
  // eslint-disable-next-line react-hooks/incompatible-library -- its functions are called here and now only
  const rows = useVirtualizer({
    count: isVirtual ? lines.length : 0,
    getScrollElement: () => list.current,
    estimateSize: () => 24,
    getItemKey: (index) => lines[index]?.key ?? index,
    overscan: 20,
  });
  useEffect(() => {
    if (foundKey === undefined) return;
    const index = lines.findIndex(({ key }) => key === foundKey);
    if (index < 0) return;
    if (isVirtual) rows.scrollToIndex(index, { align: "center" });
    else list.current?.querySelectorAll("[data-line]")[index]?.scrollIntoView({ block: "nearest" });
    // A line that is opened does not go back to what was found.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [foundKey]);
  const turn = (key: string) =>
    setTurned((before) => {
      const after = new Set(before);
      if (!after.delete(key)) after.add(key);
      return after;
    });
  const drawn = (line: JsonLine) => (
    <Line
      line={line}
      isChosen={chosen?.key === line.key}
      isFound={line.key === foundKey}
      sought={sought}
      onPress={() => {
        setChosen(line);
        if (line.count !== undefined && line.count > 0) turn(line.key);
      }}
      onOpen={() => turn(line.key)}
    />
  );
  return (
    <>
      <div
        ref={list}
        role="group"
        aria-label={label}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keyboard
        tabIndex={0}
        className="max-h-[28rem] overflow-auto p-2 font-mono text-xs leading-5"
      >
        {isVirtual ? (
          <div className="relative" style={{ height: rows.getTotalSize() }}>
            {rows.getVirtualItems().map((row) => {
              const line = lines[row.index];
              if (line === undefined) return null;
              return (
                <div
                  key={row.key}
                  ref={rows.measureElement}
                  data-index={row.index}
                  className="absolute inset-x-0 top-0"
                  style={{ transform: `translateY(${row.start}px)` }}
                >
                  {drawn(line)}
                </div>
              );
            })}
          </div>
        ) : (
          lines.map((line) => <div key={line.key}>{drawn(line)}</div>)
        )}
        {lines.length >= mostLines && <p className="text-dim">{text.json.linesCut}</p>}
      </div>
      {chosen !== undefined && <Place line={chosen} root={root} />}
    </>
  );
}

/** The line that was pressed: its path in both languages, and its value. */
function Place({ line, root }: { readonly line: JsonLine; readonly root: string }) {
  const text = useText().json;
  const path = asJsonPath(line.path);
  return (
    <div className="flex min-h-8 flex-wrap items-center gap-1 border-t border-line py-0.5 pr-1 pl-3 text-xs">
      <code className="min-w-24 grow basis-0 truncate text-dim" title={path}>
        {path}
        {line.isWithin && <span className="ml-1 font-sans">({text.within})</span>}
      </code>
      <span className="text-faint">JSONPath</span>
      <CopyButton value={path} label={text.copyPath("JSONPath")} />
      <span className="text-faint">JSONata</span>
      <CopyButton value={asJsonata(line.path, root) || "$"} label={text.copyPath("JSONata")} />
      <span className="text-faint">{text.value}</span>
      <CopyButton
        value={typeof line.value === "string" ? line.value : jsonText(line.value)}
        label={text.copyValue}
      />
    </div>
  );
}

function Line({
  line,
  isChosen,
  isFound,
  sought,
  onPress,
  onOpen,
}: {
  readonly line: JsonLine;
  readonly isChosen: boolean;
  readonly isFound: boolean;
  readonly sought: string;
  readonly onPress: () => void;
  readonly onOpen: () => void;
}) {
  const text = useText().json;
  const { value, name, count, isOpen } = line;
  const isParent = count !== undefined && count > 0;
  const holds = useMemo(
    () => (count === undefined ? (line.recognised ?? recognise(value)) : undefined),
    [count, line.recognised, value],
  );
  return (
    <div
      data-line
      className={`flex items-start rounded ${isFound ? "bg-wait-soft" : ""} ${isChosen ? "bg-pick" : ""}`}
      style={{ paddingLeft: Math.min(line.depth, 16) * 14 }}
    >
      <div className="min-w-0 grow">
        <div className="flex items-start gap-1.5">
          <button
            type="button"
            aria-expanded={isParent ? isOpen : undefined}
            onClick={onPress}
            className="flex min-h-6 min-w-0 items-start rounded px-1 py-0.5 text-left hover:bg-pick"
          >
            <ChevronRight
              aria-hidden
              size={12}
              className={`mt-1 mr-0.5 shrink-0 text-faint transition-transform ${isParent ? "" : "invisible"} ${isOpen ? "rotate-90" : ""}`}
            />
            <span className="min-w-0 break-words">
              {name !== undefined && (
                <>
                  <span className={typeof name === "number" ? "text-faint" : "text-text"}>
                    <Marked text={String(name)} sought={sought} />
                  </span>
                  <span className="mr-1.5 text-faint">:</span>
                </>
              )}
              <Written value={value} count={count} isOpen={isOpen} sought={sought} />
            </span>
          </button>
          {holds !== undefined && (
            <button
              type="button"
              aria-expanded={isOpen}
              aria-label={(isOpen ? text.shut : text.open)(text.openAs[holds.kind])}
              onClick={onOpen}
              className={`min-h-6 shrink-0 rounded border px-1.5 font-sans text-[11px] leading-4 hover:border-accent hover:text-accent ${isOpen ? "border-accent text-accent" : "border-line text-dim"}`}
            >
              {text.openAs[holds.kind]}
            </button>
          )}
        </div>
        {isOpen && line.recognised !== undefined && line.recognised.kind !== "json" && (
          <div className="pb-1 pl-5">
            <RecognisedValue recognised={line.recognised} />
          </div>
        )}
      </div>
    </div>
  );
}

function Written({
  value,
  count,
  isOpen,
  sought,
}: {
  readonly value: unknown;
  readonly count: number | undefined;
  readonly isOpen: boolean;
  readonly sought: string;
}) {
  if (count !== undefined) {
    const [opening, closing] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
    return (
      <span className="text-faint">
        {isOpen ? opening : count === 0 ? opening + closing : `${opening} ${count} ${closing}`}
      </span>
    );
  }
  const look = typeof value === "string" ? "text-ok" : value === null ? "text-faint" : "text-run";
  const whole = writtenNumber(value) ?? JSON.stringify(value);
  const shown = whole.length > longestText ? `${whole.slice(0, longestText)}…` : whole;
  return (
    <span className={look}>
      <Marked text={shown} sought={sought} />
    </span>
  );
}

/** A text in which what is sought is marked. */
function Marked({ text, sought }: { readonly text: string; readonly sought: string }) {
  const at = sought === "" ? -1 : text.toLowerCase().indexOf(sought.toLowerCase());
  if (at < 0) return text;
  const end = at + sought.length;
  return (
    <>
      {text.slice(0, at)}
      <mark className="rounded-sm bg-wait/30 text-inherit">{text.slice(at, end)}</mark>
      {text.slice(end)}
    </>
  );
}
