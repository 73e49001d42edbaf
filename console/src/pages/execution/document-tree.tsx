import { ChevronRight } from "lucide-react";
import { useMemo, useState } from "react";
import { useFormat, useText } from "../../i18n/language.tsx";
import { CopyButton } from "../../parts/copy.tsx";
import { JsonView } from "../../parts/json-view.tsx";
import {
  asJsonata,
  asJsonPath,
  diffValues,
  shownValue,
  type Change,
  type DiffNode,
  type ValueDiff,
  type ValuePath,
} from "./value-diff.ts";

/** Characters of a document that is compared; a longer one is shown as it is. */
const mostCompared = 200_000;
/** Lines that are drawn at first, and with each press. */
const linesAtOnce = 300;
/** A document with so few members is open all through. */
const smallDocument = 40;

const looks: Readonly<Record<Change, { readonly sign: string; readonly look: string }>> = {
  same: { sign: "", look: "" },
  added: { sign: "+", look: "bg-ok-soft" },
  removed: { sign: "−", look: "bg-fail-soft" },
  changed: { sign: "~", look: "bg-wait-soft" },
};

/** A document, marked where it differs from the one before it; the path of what is pointed at can be copied. */
export function DocumentTree({
  value,
  before,
  label,
  root,
}: {
  /** JSON text. */
  readonly value: string;
  readonly before: string | undefined;
  readonly label: string;
  /** How JSONata names the document: `$states.input`. */
  readonly root: string;
}) {
  const text = useText();
  const format = useFormat();
  const diff = useMemo(() => diffOf(value, before), [value, before]);
  if (diff === undefined) return <JsonView value={value} label={label} />;
  const { added, removed, changed } = diff.counts;
  const isCompared = before !== undefined && !diff.isOther;
  return (
    <div className="rounded-lg border border-line bg-sunken">
      <div className="flex flex-wrap items-center gap-x-2 border-b border-line py-1 pr-1 pl-3 text-xs text-dim">
        <span className="min-w-0 grow truncate">{label}</span>
        {isCompared && added + removed + changed > 0 && (
          <span className="flex gap-1.5 tabular-nums">
            <Count count={added} change="added" />
            <Count count={changed} change="changed" />
            <Count count={removed} change="removed" />
          </span>
        )}
        {diff.isOther && before !== undefined && <span>{text.execution.otherDocument}</span>}
        <span className="tabular-nums">{format.bytes(value.length)}</span>
        <CopyButton value={value} label={`${text.app.copy}: ${label}`} />
      </div>
      <Lines diff={diff} isCompared={isCompared} label={label} root={root} />
    </div>
  );
}

function Count({
  count,
  change,
}: {
  readonly count: number;
  readonly change: Exclude<Change, "same">;
}) {
  const text = useText();
  const format = useFormat();
  if (count === 0) return null;
  const { sign, look } = looks[change];
  return (
    <span
      title={text.execution.change[change](format.number(count))}
      className={`rounded px-1 text-text ${look}`}
    >
      <span aria-hidden>
        {sign}
        {format.number(count)}
      </span>
      <span className="sr-only">{text.execution.change[change](format.number(count))}</span>
    </span>
  );
}

function Lines({
  diff,
  isCompared,
  label,
  root,
}: {
  readonly diff: ValueDiff;
  readonly isCompared: boolean;
  readonly label: string;
  readonly root: string;
}) {
  const text = useText();
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const [most, setMost] = useState(linesAtOnce);
  const [pinned, setPinned] = useState<ValuePath>();
  const [pointed, setPointed] = useState<ValuePath>();
  const isSmall = useMemo(() => countOf(diff.root, smallDocument) < smallDocument, [diff]);
  const isOpen = (node: DiffNode) => {
    const isOpenAtFirst =
      isSmall || (isCompared ? node.isTouched || node.path.length === 0 : node.path.length < 2);
    return isOpenAtFirst !== toggled.has(asJsonPath(node.path));
  };
  const lines = linesOf(diff.root, isOpen, most + 1);
  const path = pointed ?? pinned;
  const press = (node: DiffNode) => {
    setPinned(node.path);
    if (node.children.length === 0) return;
    setToggled((earlier) => {
      const after = new Set(earlier);
      const key = asJsonPath(node.path);
      if (!after.delete(key)) after.add(key);
      return after;
    });
  };
  return (
    <>
      <ul
        aria-label={label}
        onPointerLeave={() => setPointed(undefined)}
        className="max-h-[28rem] overflow-auto p-2 font-mono text-xs"
      >
        {lines.slice(0, most).map((node) => (
          <Line
            key={`${node.change} ${asJsonPath(node.path)}`}
            node={node}
            isOpen={isOpen(node)}
            isChosen={pinned !== undefined && asJsonPath(pinned) === asJsonPath(node.path)}
            onPoint={() => setPointed(node.path)}
            onPress={() => press(node)}
          />
        ))}
        {(lines.length > most || diff.isCut) && (
          <li className="pl-3">
            {lines.length > most ? (
              <button
                type="button"
                className="min-h-6 text-run underline"
                onClick={() => setMost(most + linesAtOnce)}
              >
                {text.app.more}
              </button>
            ) : (
              <span className="text-dim">{text.execution.documentCut}</span>
            )}
          </li>
        )}
      </ul>
      <div className="flex min-h-8 items-center gap-1 border-t border-line py-0.5 pr-1 pl-3 text-xs">
        {path === undefined ? (
          <span className="text-faint">{text.execution.pathHint}</span>
        ) : (
          <>
            <code className="min-w-0 grow truncate text-dim" title={asJsonPath(path)}>
              {asJsonPath(path)}
            </code>
            <span className="text-faint">JSONPath</span>
            <CopyButton value={asJsonPath(path)} label={text.execution.copyAs("JSONPath")} />
            <span className="text-faint">JSONata</span>
            <CopyButton value={asJsonata(path, root)} label={text.execution.copyAs("JSONata")} />
          </>
        )}
      </div>
    </>
  );
}

function Line({
  node,
  isOpen,
  isChosen,
  onPoint,
  onPress,
}: {
  readonly node: DiffNode;
  readonly isOpen: boolean;
  readonly isChosen: boolean;
  readonly onPoint: () => void;
  readonly onPress: () => void;
}) {
  const text = useText();
  const { change, path, children, value, before } = node;
  const { sign, look } = looks[change];
  const hasMore = children.length > 0;
  return (
    <li>
      <button
        type="button"
        aria-expanded={hasMore ? isOpen : undefined}
        onPointerEnter={onPoint}
        onFocus={onPoint}
        onClick={onPress}
        className={`flex min-h-6 w-full items-start rounded px-1 py-0.5 text-left leading-5 hover:bg-pick ${look} ${isChosen ? "outline outline-line-strong" : ""}`}
        style={{ paddingLeft: 4 + Math.min(path.length, 12) * 14 }}
      >
        <span aria-hidden className="w-3 shrink-0 text-dim">
          {sign}
        </span>
        {change !== "same" && <span className="sr-only">{text.execution.changed[change]} </span>}
        <ChevronRight
          aria-hidden
          size={12}
          className={`mt-1 mr-0.5 shrink-0 text-faint transition-transform ${hasMore ? "" : "invisible"} ${isOpen ? "rotate-90" : ""}`}
        />
        <span className="min-w-0 break-words">
          {path.length > 0 && (
            <>
              {path.at(-1)}
              <span className="mr-1.5 text-faint">:</span>
            </>
          )}
          {change === "changed" && (
            <>
              <del className="text-dim">{short(before)}</del>
              <span className="mx-1 text-faint">→</span>
            </>
          )}
          <Value value={value} isOpen={hasMore && isOpen} />
        </span>
      </button>
    </li>
  );
}

function Value({ value, isOpen }: { readonly value: unknown; readonly isOpen: boolean }) {
  if (typeof value !== "object" || value === null) {
    const look = typeof value === "string" ? "text-ok" : value === null ? "text-faint" : "text-run";
    return <span className={look}>{JSON.stringify(value)}</span>;
  }
  const [opening, closing] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  const count = Object.keys(value).length;
  return (
    <span className="text-faint">
      {isOpen ? opening : count === 0 ? `${opening}${closing}` : `${opening} ${count} ${closing}`}
    </span>
  );
}

/** What a changed value was needs a line, not all of it. */
const longestBefore = 80;

function short(value: unknown): string {
  const written = JSON.stringify(value) ?? "";
  return written.length <= longestBefore ? written : `${written.slice(0, longestBefore)}…`;
}

function linesOf(
  node: DiffNode,
  isOpen: (node: DiffNode) => boolean,
  most: number,
  lines: DiffNode[] = [],
): readonly DiffNode[] {
  if (lines.length >= most) return lines;
  lines.push(node);
  if (isOpen(node)) for (const child of node.children) linesOf(child, isOpen, most, lines);
  return lines;
}

/** How many there are, counted no further than `most`. */
function countOf({ children }: DiffNode, most: number): number {
  let count = 1;
  for (const child of children) {
    if (count >= most) break;
    count += countOf(child, most - count);
  }
  return count;
}

function diffOf(value: string, before: string | undefined): ValueDiff | undefined {
  if (value.length > mostCompared) return undefined;
  try {
    const after: unknown = JSON.parse(value);
    if (before === undefined || before.length > mostCompared) return shownValue(after);
    return diffValues(JSON.parse(before), after);
  } catch {
    return undefined;
  }
}
