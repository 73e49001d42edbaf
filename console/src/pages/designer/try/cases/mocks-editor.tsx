import { Plus, Trash2 } from "lucide-react";
import { useState, type ReactNode } from "react";
import type { JsonValue } from "../../../../../../src/expression/json.ts";
import { graphIndex, type StateEntry } from "../../../../designer/edits/graph-index.ts";
import { textOf } from "../../../../graph/json.ts";
import { StateIcon } from "../../../../graph/view/state-icon.tsx";
import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import { useFormat } from "../../../../i18n/language.tsx";
import { Button, IconButton } from "../../../../parts/button.tsx";
import { Field, inputLook } from "../../../../parts/field.tsx";
import { JsonEditor } from "../../../../parts/json-editor.tsx";
import { Segments } from "../../../../parts/segments.tsx";
import { useDesignerView } from "../../use-designer.ts";
import { Folded } from "../../../../parts/folded.tsx";
import { firstAnswer } from "./first-answer.ts";
import { mockableStates, readsItems } from "./mockable.ts";
import { entriesIn, newEntry, type DraftEntry, type MockDraft } from "./mock-draft.ts";

/** Our choice: as many answers of a state as somebody types. */
const mostEntries = 50;
/** More states than these can be filtered, and more than those are not shown at once. */
const fewStates = 10;
const mostShown = 100;

/** What each call is answered with, attempt by attempt. */
export function MocksEditor({
  mocks,
  onChange,
}: {
  readonly mocks: MockDraft;
  readonly onChange: (mocks: MockDraft) => void;
}) {
  const text = useDesignerText().trying.mocks;
  const format = useFormat();
  const document = useDesignerView((view) => view.readable);
  const index = graphIndex(document);
  const states = mockableStates(index);
  const known = new Set(states.map(({ name }) => name));
  const [sought, setSought] = useState("");
  const matching = states.filter(({ name }) =>
    name.toLowerCase().includes(sought.trim().toLowerCase()),
  );
  const gone = Object.keys(mocks).filter((name) => !known.has(name));
  const set = (name: string, entries: readonly DraftEntry[]) => {
    const { [name]: _before, ...rest } = mocks;
    onChange(entries.length === 0 ? rest : { ...mocks, [name]: entries });
  };
  const row = (name: string, sign: ReactNode, hint?: string, state?: StateEntry) => {
    const entries = entriesIn(mocks, name);
    const attempts = entries.reduce((sum, { times }) => sum + times, 0);
    return (
      <Folded
        key={name}
        title={
          <span className="flex min-w-0 items-center gap-1.5">
            {sign}
            <span className="truncate">{name}</span>
          </span>
        }
        aside={
          <span className={`shrink-0 text-xs ${attempts === 0 ? "text-faint" : "text-dim"}`}>
            {attempts === 0 ? text.unmocked : text.attempts(format.number(attempts))}
          </span>
        }
      >
        <Entries
          name={name}
          entries={entries}
          first={state === undefined ? {} : firstAnswer(state, index)}
          onChange={(next) => set(name, next)}
          hint={hint}
        />
      </Folded>
    );
  };
  if (states.length + gone.length === 0) return <p className="text-xs text-dim">{text.none}</p>;
  return (
    <div className="flex flex-col gap-1.5">
      {states.length > fewStates && (
        <input
          aria-label={text.filter}
          placeholder={text.filter}
          value={sought}
          onChange={(event) => setSought(event.target.value)}
          className={`${inputLook} h-8 shrink-0`}
        />
      )}
      {matching
        .slice(0, mostShown)
        .map((state) =>
          row(
            state.name,
            <StateIcon type={state.type} resource={textOf(state.fields["Resource"])} size={13} />,
            readsItems(state) ? text.reads : undefined,
            state,
          ),
        )}
      {matching.length > mostShown && (
        <p className="text-xs text-dim">{text.more(format.number(matching.length - mostShown))}</p>
      )}
      {gone.map((name) => row(name, null, text.gone))}
    </div>
  );
}

function Entries({
  name,
  entries,
  first,
  onChange,
  hint,
}: {
  readonly name: string;
  readonly entries: readonly DraftEntry[];
  /** What an answer begins with. */
  readonly first: JsonValue;
  readonly onChange: (entries: readonly DraftEntry[]) => void;
  readonly hint: string | undefined;
}) {
  const text = useDesignerText().trying.mocks;
  return (
    <div className="flex flex-col gap-3">
      {hint !== undefined && <p className="text-xs text-dim">{hint}</p>}
      {entries.map((entry, index) => (
        <Entry
          // An answer is its place among the attempts.
          key={index}
          entry={entry}
          onChange={(change) =>
            onChange(entries.map((each, at) => (at === index ? { ...each, ...change } : each)))
          }
          onRemove={() => onChange(entries.filter((_, at) => at !== index))}
        />
      ))}
      <Button
        look="quiet"
        className="self-start"
        aria-label={`${text.add}: ${name}`}
        isDisabled={entries.length >= mostEntries}
        onPress={() =>
          onChange([...entries, { ...newEntry, value: JSON.stringify(first, undefined, 2) }])
        }
      >
        <Plus aria-hidden size={13} />
        {text.add}
      </Button>
    </div>
  );
}

function Entry({
  entry,
  onChange,
  onRemove,
}: {
  readonly entry: DraftEntry;
  readonly onChange: (change: Partial<DraftEntry>) => void;
  readonly onRemove: () => void;
}) {
  const text = useDesignerText().trying.mocks;
  const kinds = ["Return", "Throw"] as const;
  return (
    <div className="flex flex-col gap-2 border-l-2 border-line pl-3">
      <div className="flex flex-wrap items-center gap-2">
        <Segments
          label={text.kind}
          options={kinds.map((id) => ({ id, label: text.kinds[id] }))}
          selected={entry.kind}
          onSelect={(kind) => onChange({ kind })}
        />
        <label className="flex items-center gap-1.5 text-xs text-dim">
          {text.times}
          <input
            type="number"
            min={1}
            max={1_000}
            value={entry.times}
            onChange={({ target }) =>
              onChange({
                times: Math.min(1_000, Math.max(1, Math.trunc(Number(target.value)) || 1)),
              })
            }
            className={`${inputLook} h-7 w-16!`}
          />
        </label>
        <div className="grow" />
        <IconButton label={text.remove} onPress={onRemove}>
          <Trash2 aria-hidden size={14} />
        </IconButton>
      </div>
      {entry.kind === "Return" ? (
        <JsonEditor
          label={text.value}
          rows={3}
          value={entry.value}
          onChange={(value) => onChange({ value })}
        />
      ) : (
        (["error", "cause"] as const).map((name) => (
          <Field key={name} label={text[name]}>
            {(ids) => (
              <input
                {...ids}
                spellCheck={false}
                value={entry[name]}
                onChange={(event) => onChange({ [name]: event.target.value })}
                className={`${inputLook} h-8`}
              />
            )}
          </Field>
        ))
      )}
    </div>
  );
}
