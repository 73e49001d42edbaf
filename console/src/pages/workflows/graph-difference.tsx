import { useMemo } from "react";
import {
  compareDefinitions,
  type ChangeKind,
  type StateChange,
} from "../../graph/compare-definitions.ts";
import { FlowGraph } from "../../graph/flow-graph.tsx";
import { ChangeMark } from "../../graph/view/change-mark.tsx";
import { useFormat, useText } from "../../i18n/language.tsx";
import { DiffView } from "./diff-view.tsx";
import { lineDiff, type DiffLine } from "./line-diff.ts";

/** Stands for the definition's own fields among the changed states: no state's key is like it. */
const wholeKey = "whole";

/** Two definitions as one graph, with a list of what has changed, and the difference of what is chosen. */
export function GraphDifference({
  before,
  after,
  state,
  onState,
}: {
  readonly before: string;
  readonly after: string;
  readonly state: string | undefined;
  readonly onState: (key: string) => void;
}) {
  const text = useText();
  const format = useFormat();
  const changes = useMemo(() => compareDefinitions(parsed(before), parsed(after)), [before, after]);
  const count = (kind: ChangeKind) =>
    format.number(changes.states.filter((each) => each.kind === kind).length);
  const summary = text.editing.counts(count("added"), count("removed"), count("changed"));
  const listed: readonly StateChange[] = [
    ...(changes.whole === undefined
      ? []
      : [
          {
            key: wholeKey,
            name: text.editing.whole,
            kind: "changed",
            ...changes.whole,
          } as const,
        ]),
    ...changes.states,
  ];
  const chosen = listed.find(({ key }) => key === state);
  const node = changes.model.nodes.get(state ?? "");
  return (
    <>
      <p className="border-b border-line px-4 py-1.5 text-xs text-dim tabular-nums">{summary}</p>
      <div className="grid lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="flex min-w-0 flex-col">
          <FlowGraph
            definition={after}
            before={before}
            selected={node?.key}
            onSelect={onState}
            className="h-[460px] max-h-[60dvh]"
          />
          <Legend />
        </div>
        <section
          aria-label={text.editing.states}
          className="border-line max-lg:border-t lg:border-l"
        >
          <h3 className="px-4 pt-3 pb-1 text-xs font-semibold">{text.editing.states}</h3>
          {listed.length === 0 ? (
            <p className="px-4 py-2 text-[13px] text-dim">{text.editing.statesNone}</p>
          ) : (
            <ul className="max-h-[440px] overflow-y-auto p-2">
              {listed.map((change) => (
                <li key={change.key}>
                  <ChangeButton
                    change={change}
                    isChosen={change.key === state}
                    onPress={() => onState(change.key)}
                  />
                </li>
              ))}
            </ul>
          )}
        </section>
      </div>
      <section className="border-t border-line" aria-live="polite">
        {chosen === undefined ? (
          <p className="px-4 py-3 text-[13px] text-dim">
            {node === undefined ? text.editing.choose : text.editing.unchanged(node.name)}
          </p>
        ) : (
          <OwnDifference change={chosen} />
        )}
      </section>
    </>
  );
}

function ChangeButton({
  change: { key, name, kind },
  isChosen,
  onPress,
}: {
  readonly change: StateChange;
  readonly isChosen: boolean;
  readonly onPress: () => void;
}) {
  const text = useText();
  const around = key.slice(0, Math.max(0, key.length - name.length - 1)).slice(1);
  const place =
    key === wholeKey
      ? text.editing.wholeHint
      : around === ""
        ? undefined
        : text.editing.within(around);
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      onClick={onPress}
      className={`flex min-h-8 w-full items-center gap-3 rounded-md px-2 py-1 text-left hover:bg-sunken ${isChosen ? "bg-accent-soft" : ""}`}
    >
      <span className="min-w-0 grow">
        <span
          className={`block text-[13px] font-medium break-words ${kind === "removed" ? "line-through" : ""}`}
        >
          {name}
        </span>
        {place !== undefined && <span className="block text-xs break-words text-dim">{place}</span>}
      </span>
      <ChangeMark kind={kind} withWord />
    </button>
  );
}

function OwnDifference({ change: { name, before, after } }: { readonly change: StateChange }) {
  const text = useText();
  const lines = useMemo(() => {
    if (before === undefined) return oneSided("added", after);
    if (after === undefined) return oneSided("removed", before);
    return lineDiff(printed(before), printed(after));
  }, [before, after]);
  const title = text.editing.stateDifference(name);
  return (
    <>
      <h3 className="px-4 pt-3 pb-2 text-xs font-semibold break-words">{title}</h3>
      <DiffView key={name} lines={lines} isSplit={false} label={title} />
    </>
  );
}

function oneSided(kind: "added" | "removed", value: unknown): readonly DiffLine[] {
  return printed(value)
    .split("\n")
    .map((line, index) => ({
      kind,
      text: line,
      ...(kind === "added" ? { right: index + 1 } : { left: index + 1 }),
    }));
}

function Legend() {
  const text = useText();
  const ways = [
    { label: text.editing.addedWay, colour: "var(--ok)", dash: undefined },
    { label: text.editing.removedWay, colour: "var(--fail)", dash: "2 4" },
  ];
  return (
    <ul
      aria-label={text.editing.legend}
      className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t border-line px-4 py-2 text-xs text-dim"
    >
      {(["added", "removed", "changed"] as const).map((kind) => (
        <li key={kind}>
          <ChangeMark kind={kind} withWord />
        </li>
      ))}
      {ways.map(({ label, colour, dash }) => (
        <li key={label} className="inline-flex items-center gap-1.5">
          <svg viewBox="0 0 20 4" width={20} height={4} aria-hidden>
            <path d="M0 2h20" strokeWidth={2.5} strokeDasharray={dash} style={{ stroke: colour }} />
          </svg>
          {label}
        </li>
      ))}
    </ul>
  );
}

function printed(value: unknown): string {
  return JSON.stringify(value, null, 2) ?? "";
}

function parsed(definition: string): unknown {
  try {
    return JSON.parse(definition) as unknown;
  } catch {
    return {};
  }
}
