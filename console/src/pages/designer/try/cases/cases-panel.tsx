import { useState } from "react";
import type { TestCase } from "../../../../../../src/console/view-types.ts";
import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import { Empty, Failure, Loading } from "../../../../parts/layout.tsx";
import { useDesignerView } from "../../use-designer.ts";
import { useTryView } from "../try-store.ts";
import { CaseEditor } from "./case-editor.tsx";
import { freeName, withCase } from "./case-list.ts";
import { CaseResult } from "./case-result.tsx";
import { CaseRows } from "./case-rows.tsx";
import { CasesBar } from "./cases-bar.tsx";
import { Coverage } from "./coverage.tsx";
import { Strangers } from "./strangers.tsx";
import { useCases } from "./use-cases.ts";

/** What is open beside the list: a case as it went, or as it is edited; `old` is its name in the list, if it is there. */
type Opened =
  | { readonly kind: "result"; readonly name: string }
  | { readonly kind: "edit"; readonly testCase: TestCase; readonly old: string | undefined };

/** The test cases of the workflow: run, looked at, edited. */
export function CasesPanel() {
  const texts = useDesignerText().trying;
  const text = texts.cases;
  const read = useCases();
  const { cases, put, isDraft } = read;
  const isStale = useDesignerView((view) => view.document !== view.readable);
  const run = useTryView((view) => view.caseRun);
  const [opened, setOpened] = useState<Opened>();
  if (read.isLoading) return <Loading />;
  if (read.error !== null) return <Failure error={read.error} />;
  const edit = (testCase: TestCase, old?: string) => setOpened({ kind: "edit", testCase, old });
  const create = (testCase: TestCase) =>
    edit({ ...testCase, name: freeName(testCase.name, cases) });
  const openedCase = opened?.kind === "result" && cases.find(({ name }) => name === opened.name);
  return (
    <div className="flex h-full min-h-0 flex-col">
      <CasesBar cases={cases} onCreate={create} onPut={put} isReadable={!isStale} />
      {isDraft && cases.length > 0 && <p className="px-3 pt-1.5 text-xs text-dim">{text.draft}</p>}
      <Strangers cases={cases} onPut={put} />
      <div className="grid min-h-0 grow grid-rows-1 max-md:block max-md:overflow-auto md:grid-cols-[minmax(16rem,22rem)_minmax(0,1fr)]">
        <div className="min-h-0 overflow-auto border-line max-md:border-b md:border-r">
          {cases.length === 0 ? (
            <Empty title={text.none}>{text.noneHint}</Empty>
          ) : (
            <CaseRows
              cases={cases}
              run={run}
              opened={opened?.kind === "edit" ? opened.old : opened?.name}
              onOpen={(name) => setOpened({ kind: "result", name })}
              onEdit={(each) => edit(each, each.name)}
              onCopy={create}
              onRemove={async ({ name }) => {
                await put(cases.filter((each) => each.name !== name));
                setOpened(undefined);
              }}
            />
          )}
        </div>
        <div className="min-h-0 min-w-0 overflow-auto p-3">
          {opened?.kind === "edit" ? (
            <CaseEditor
              key={opened.old ?? opened.testCase.name}
              testCase={opened.testCase}
              taken={cases.flatMap(({ name }) => (name === opened.old ? [] : [name]))}
              onSave={async (testCase) => {
                await put(withCase(cases, testCase, opened.old));
                setOpened({ kind: "result", name: testCase.name });
              }}
              onCancel={() =>
                setOpened(
                  opened.old === undefined ? undefined : { kind: "result", name: opened.old },
                )
              }
            />
          ) : openedCase ? (
            <CaseResult
              testCase={openedCase}
              result={run?.view.results.find(({ name }) => name === openedCase.name)}
              onEdit={() => edit(openedCase, openedCase.name)}
            />
          ) : (
            run && <Coverage run={run} cases={cases} />
          )}
        </div>
      </div>
    </div>
  );
}
