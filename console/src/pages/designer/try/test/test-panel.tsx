import { useMutation } from "@tanstack/react-query";
import { useMemo } from "react";
import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import { graphIndex, type StateEntry } from "../../../../designer/edits/graph-index.ts";
import { Problem } from "../../../../parts/field.tsx";
import { Empty, Loading } from "../../../../parts/layout.tsx";
import { useDefaultRole } from "../../../workflows/new-workflow.ts";
import { usePinned } from "../../pinned/pinned-data.ts";
import { useDesigner, useDesignerView, useWorkflowSettings } from "../../use-designer.ts";
import { definitionJson } from "../definition-json.ts";
import { dataAt } from "../simulate/data-at.ts";
import { useTryStore, useTryView } from "../try-store.ts";
import { runTest, type TestedState } from "./run-test.ts";
import { canMock, firstSetup, mistakesIn, mustMock } from "./test-request.ts";
import { TestResult } from "./test-result.tsx";
import { TestForm } from "./test-form.tsx";
import type { TestSetup } from "./test-setup.ts";

/** Tests the state that is selected, alone. */
export function TestPanel() {
  const text = useDesignerText().trying;
  const document = useDesignerView((view) => view.readable);
  const isStale = useDesignerView((view) => view.document !== view.readable);
  const selected = useDesignerView((view) => view.selected[0]);
  const state = selected === undefined ? undefined : graphIndex(document).states.get(selected);
  if (isStale) return <Empty title={text.unreadable} />;
  if (state === undefined) return <Empty title={text.test.choose}>{text.test.chooseHint}</Empty>;
  return <StateTest key={state.key} entry={state} />;
}

function StateTest({ entry }: { readonly entry: StateEntry }) {
  const text = useDesignerText().trying.test;
  const { store: designer, workflow } = useDesigner();
  const tried = useTryStore();
  const pinned = usePinned(entry.key);
  const document = useDesignerView((view) => view.readable);
  const done = useTryView((view) => view.results.get(entry.key));
  const kept = useTryView((view) => view.tests.get(entry.key));
  const recording = useTryView((view) => view.recording);
  const role = useDefaultRole();
  const { roleArn } = useWorkflowSettings();
  const state = testedState(entry);
  const recorded = useMemo(
    () => (recording === undefined ? undefined : dataAt(recording, entry.key)),
    [recording, entry.key],
  );
  const setup = withWhatMustBe(
    kept ?? firstSetup(state, roleArn === "" ? role : roleArn, pinned.data ?? recorded),
    state,
  );
  const source = pinned.source?.from ?? (recorded && "simulation");
  const change = (part: Partial<TestSetup>) =>
    tried.set({ tests: new Map(tried.view.tests).set(entry.key, { ...setup, ...part }) });
  const definition = definitionJson(document);
  const test = useMutation({
    mutationFn: () => runTest(state, setup, definition, workflow),
    onSuccess: (result) =>
      tried.set({ results: new Map(tried.view.results).set(entry.key, result) }),
  });
  const isAllowed = mistakesIn(setup).length === 0 && !test.isPending;
  return (
    <div className="grid h-full min-h-0 grid-rows-1 max-md:block max-md:overflow-auto md:grid-cols-[minmax(17rem,24rem)_minmax(0,1fr)]">
      <TestForm
        entry={entry}
        state={state}
        setup={setup}
        source={kept === undefined ? source : undefined}
        onChange={change}
        isAllowed={isAllowed}
        isPending={test.isPending}
        hasRun={done !== undefined}
        onRun={() => isAllowed && test.mutate()}
      />
      <section
        aria-label={text.outcome}
        className="min-h-0 min-w-0 overflow-auto p-3 max-md:border-t md:border-l border-line"
      >
        {test.isError && <Problem error={test.error} />}
        {test.isPending && <Loading />}
        {done === undefined && !test.isPending && !test.isError && (
          <Empty title={text.none}>{text.noneHint}</Empty>
        )}
        {done !== undefined && !test.isPending && (
          <TestResult
            entry={entry}
            done={done}
            isStale={
              done.state !== JSON.stringify(entry.fields) ||
              JSON.stringify(done.setup) !== JSON.stringify(setup)
            }
            onNext={(name) =>
              selectBeside(designer.view.selected[0], name, (key) => designer.select([key]))
            }
          />
        )}
      </section>
    </div>
  );
}

function testedState({ name, type, fields }: StateEntry): TestedState {
  const { Resource: resource } = fields;
  return { name, type, fields, resource: typeof resource === "string" ? resource : undefined };
}

/** A state whose type or call was changed since may have to be answered, or cannot be any more. */
function withWhatMustBe(setup: TestSetup, state: TestedState): TestSetup {
  if (!canMock(state)) return setup.mock === "none" ? setup : { ...setup, mock: "none" };
  return setup.mock === "none" && mustMock(state) ? { ...setup, mock: "result" } : setup;
}

/** Selects the state of that name in the scope of another one. */
function selectBeside(key: string | undefined, name: string, select: (key: string) => void): void {
  if (key !== undefined) select(`${key.slice(0, key.lastIndexOf("/"))}/${name}`);
}
