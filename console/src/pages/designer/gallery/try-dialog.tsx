import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { SimulationView, TestCase } from "../../../../../src/console/view-types.ts";
import { readHistory } from "../../../../../src/console/import/history-file.ts";
import { importHistory } from "../../../../../src/console/import/import-history.ts";
import type { DefinitionGraph } from "../../../../../src/console/import/definition-graph.ts";
import { designerTry } from "../../../api/designer-try.ts";
import { FlowGraph } from "../../../graph/flow-graph.tsx";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { useFormat, useText } from "../../../i18n/language.tsx";
import { Button } from "../../../parts/button.tsx";
import { Dialog } from "../../../parts/dialog.tsx";
import { Field, inputLook, Problem } from "../../../parts/field.tsx";
import { formatJson } from "../../../parts/format-json.ts";
import { StatusBadge } from "../../../parts/status.tsx";
import type { NamedStarter } from "./starters/starters.ts";

/** Runs a starter with one of its cases, with mocks and no time passing, and shows the way that it took. */
export function TryDialog({
  starter,
  onUse,
  onClose,
}: {
  readonly starter: NamedStarter;
  readonly onUse: () => void;
  readonly onClose: () => void;
}) {
  const { gallery: text } = useDesignerText();
  const app = useText().app;
  const { id, definition, type, cases } = starter;
  const [chosen, setChosen] = useState(cases[0]?.name);
  const testCase = cases.find(({ name }) => name === chosen);
  const simulation = useQuery({
    queryKey: ["starter", id, chosen],
    queryFn: () =>
      designerTry.simulate({
        definition,
        type,
        name: id,
        input: JSON.stringify(testCase?.input ?? {}),
        mocks: testCase?.mocks ?? {},
      }),
    staleTime: Infinity,
    retry: false,
  });
  const view = simulation.data;
  return (
    <Dialog title={text.tryTitle(text.names[id])} isOpen onClose={onClose} width="max-w-5xl">
      <div className="grid gap-5 md:grid-cols-[minmax(0,1fr)_20rem]">
        <Taken definition={definition} view={view} />
        <div className="flex min-w-0 flex-col gap-4">
          <Field label={text.case}>
            {(ids) => (
              <select
                {...ids}
                value={chosen}
                onChange={(event) => setChosen(event.target.value)}
                className={`${inputLook} h-8`}
              >
                {cases.map(({ name }) => (
                  <option key={name} value={name}>
                    {name}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <div aria-live="polite" className="flex flex-col gap-3">
            {simulation.isError ? (
              <Problem error={`${text.failed}: ${simulation.error.message}`} />
            ) : view === undefined ? (
              <p className="text-[13px] text-dim">{text.running}</p>
            ) : (
              <Came view={view} />
            )}
          </div>
          {testCase !== undefined && <Given testCase={testCase} />}
          <div className="mt-auto flex flex-wrap justify-end gap-2">
            <Button onPress={onClose}>{app.close}</Button>
            <Button look="primary" onPress={onUse}>
              {text.use}
            </Button>
          </div>
        </div>
      </div>
    </Dialog>
  );
}

/** The graph with the way that the simulation took. */
function Taken({
  definition,
  view,
}: {
  readonly definition: string;
  readonly view: SimulationView | undefined;
}) {
  const status = useMemo(() => {
    if (view === undefined) return undefined;
    const file = readHistory(JSON.stringify(view.events));
    return importHistory(file, "simulation", JSON.parse(definition) as DefinitionGraph).view;
  }, [definition, view]);
  return (
    <FlowGraph
      definition={definition}
      status={status}
      className="h-80 rounded-lg border border-line md:h-[60dvh]"
    />
  );
}

function Came({ view }: { readonly view: SimulationView }) {
  const { gallery: text } = useDesignerText();
  const format = useFormat();
  const { status, stopped, skippedMs, eventCount, output, error, cause } = view;
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-[13px]">
        <StatusBadge status={status} />
        <span className="text-dim tabular-nums">
          {text.steps(format.number(eventCount))} ·{" "}
          {skippedMs === 0 ? text.noSkip : text.skipped(format.duration(skippedMs))}
        </span>
      </p>
      {stopped !== undefined && <p className="text-[13px] text-wait">{text.stopped}</p>}
      {error !== undefined && (
        <p className="rounded-md bg-fail-soft px-3 py-2 text-[13px] break-words">
          <strong className="font-semibold">{error}</strong> {cause}
        </p>
      )}
      {output !== undefined && <Json label={text.output} json={output} />}
    </>
  );
}

function Given({ testCase: { input } }: { readonly testCase: TestCase }) {
  const { gallery: text } = useDesignerText();
  return <Json label={text.input} json={JSON.stringify(input)} />;
}

function Json({ label, json }: { readonly label: string; readonly json: string }) {
  return (
    <div>
      <p className="mb-1 text-xs text-dim">{label}</p>
      <pre
        aria-label={label}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keyboard
        tabIndex={0}
        className="max-h-48 overflow-auto rounded-lg border border-line bg-sunken px-3 py-2 font-mono text-xs leading-5"
      >
        {formatJson(json)}
      </pre>
    </div>
  );
}
