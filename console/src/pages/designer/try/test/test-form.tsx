import { Play } from "lucide-react";
import type { StateEntry } from "../../../../designer/edits/graph-index.ts";
import { StateIcon } from "../../../../graph/view/state-icon.tsx";
import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import { Button } from "../../../../parts/button.tsx";
import { Field, inputLook } from "../../../../parts/field.tsx";
import { JsonEditor } from "../../../../parts/json-editor.tsx";
import { Segments } from "../../../../parts/segments.tsx";
import type { DataSource } from "./test-setup.ts";
import { Folded } from "../../../../parts/folded.tsx";
import { canMock, isCalledBack, mustMock, type TestableState } from "./test-request.ts";
import type { TestMock, TestSetup } from "./test-setup.ts";

/** What a state is tested with. */
export function TestForm({
  entry,
  state,
  setup,
  source,
  onChange,
  isAllowed,
  isPending,
  hasRun,
  onRun,
}: {
  readonly entry: StateEntry;
  readonly state: TestableState;
  readonly setup: TestSetup;
  /** Where its first values came from. */
  readonly source: DataSource | undefined;
  readonly onChange: (change: Partial<TestSetup>) => void;
  readonly isAllowed: boolean;
  readonly isPending: boolean;
  readonly hasRun: boolean;
  readonly onRun: () => void;
}) {
  const text = useDesignerText().trying.test;
  return (
    <form
      aria-label={text.setup}
      onSubmit={(event) => {
        event.preventDefault();
        onRun();
      }}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        onRun();
      }}
      className="flex min-h-0 min-w-0 flex-col md:overflow-hidden"
    >
      <div className="flex shrink-0 items-center gap-2 border-b border-line px-3 py-1.5">
        <StateIcon type={state.type} resource={state.resource} size={14} />
        <b className="min-w-0 grow truncate text-[13px] font-semibold" title={entry.name}>
          {entry.name}
        </b>
        <Button type="submit" look="primary" isDisabled={!isAllowed || isPending}>
          <Play aria-hidden size={13} />
          {hasRun ? text.again : text.run}
        </Button>
      </div>
      <div className="flex min-h-0 flex-col gap-3 p-3 md:overflow-auto">
        <JsonEditor
          label={text.input}
          hint={source && text.fromPin[source]}
          rows={5}
          value={setup.input}
          onChange={(input) => onChange({ input })}
        />
        {canMock(state) && <CallFields state={state} setup={setup} onChange={onChange} />}
        <Folded title={text.variables} isOpenAtFirst={setup.variables !== "{}"}>
          <JsonEditor
            label={text.variables}
            hint={text.variablesHint}
            rows={3}
            value={setup.variables}
            onChange={(variables) => onChange({ variables })}
          />
        </Folded>
        {canMock(state) && (
          <Folded title={text.context} isOpenAtFirst={setup.context !== ""}>
            {setup.mock === "none" ? (
              <p className="text-xs text-dim">{text.contextMocked}</p>
            ) : (
              <Field label={text.context} hint={text.contextHint}>
                {(ids) => (
                  <textarea
                    {...ids}
                    rows={3}
                    spellCheck={false}
                    value={setup.context}
                    onChange={(event) => onChange({ context: event.target.value })}
                    className={`${inputLook} block py-2 font-mono text-xs!`}
                  />
                )}
              </Field>
            )}
          </Folded>
        )}
      </div>
    </form>
  );
}

function CallFields({
  state,
  setup,
  onChange,
}: {
  readonly state: TestableState;
  readonly setup: TestSetup;
  readonly onChange: (change: Partial<TestSetup>) => void;
}) {
  const text = useDesignerText().trying.test;
  const isTask = state.type === "Task";
  const kinds: readonly TestMock[] = [
    ...(mustMock(state) ? [] : (["none"] as const)),
    ...(isCalledBack(state) ? (["callback"] as const) : (["result"] as const)),
    "error",
  ];
  const returned = isTask
    ? setup.mock === "callback"
      ? text.callbackResult
      : text.result
    : text.branchResult;
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <span className="grow text-[13px] font-medium">{text.call}</span>
        <Segments
          label={text.call}
          options={kinds.map((id) => ({ id, label: text.mocks[id] }))}
          selected={setup.mock}
          onSelect={(mock) => onChange({ mock })}
        />
      </div>
      {mustMock(state) && (
        <p className="text-xs text-dim">{isTask ? text.mustMock : text.branches}</p>
      )}
      {setup.mock === "none" && (
        <>
          <p className="text-xs text-wait">{text.calls}</p>
          <TextField
            label={text.role}
            hint={text.roleHint}
            value={setup.roleArn}
            onChange={(roleArn) => onChange({ roleArn })}
          />
        </>
      )}
      {(setup.mock === "result" || setup.mock === "callback") && (
        <JsonEditor
          label={returned}
          rows={4}
          value={setup.result}
          onChange={(result) => onChange({ result })}
        />
      )}
      {setup.mock === "error" && (
        <>
          <TextField
            label={text.error}
            value={setup.error}
            onChange={(error) => onChange({ error })}
          />
          <TextField
            label={text.cause}
            value={setup.cause}
            onChange={(cause) => onChange({ cause })}
          />
          <Field label={text.retries} hint={text.retriesHint}>
            {(ids) => (
              <input
                {...ids}
                type="number"
                min={0}
                max={99}
                value={setup.retries}
                onChange={(event) =>
                  onChange({ retries: Math.max(0, Math.trunc(Number(event.target.value)) || 0) })
                }
                className={`${inputLook} h-8`}
              />
            )}
          </Field>
        </>
      )}
    </div>
  );
}

function TextField({
  label,
  hint,
  value,
  onChange,
}: {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  return (
    <Field label={label} hint={hint}>
      {(ids) => (
        <input
          {...ids}
          spellCheck={false}
          autoComplete="off"
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className={`${inputLook} h-8`}
        />
      )}
    </Field>
  );
}
