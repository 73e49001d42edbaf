import { useMutation } from "@tanstack/react-query";
import { Download, History, Play, Plus } from "lucide-react";
import { useState } from "react";
import type { TestCase } from "../../../../../../src/console/view-types.ts";
import { designerTry } from "../../../../api/designer-try.ts";
import { graphIndex } from "../../../../designer/edits/graph-index.ts";
import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import { useFormat } from "../../../../i18n/language.tsx";
import { Button } from "../../../../parts/button.tsx";
import { Problem } from "../../../../parts/field.tsx";
import { saveFile } from "../../../../parts/save-file.ts";
import { FileButton } from "../../../import/file-button.tsx";
import { useDesigner } from "../../use-designer.ts";
import { newestDefinition } from "../definition-json.ts";
import { useTryStore } from "../try-store.ts";
import { joined } from "./case-list.ts";
import { questionMocks } from "./first-answer.ts";
import { FromExecution } from "./from-execution.tsx";
import { mockFileOf, runCases } from "./run-cases.ts";

/** What is done with all cases. */
export function CasesBar({
  cases,
  onCreate,
  onPut,
  isReadable,
}: {
  readonly cases: readonly TestCase[];
  readonly onCreate: (testCase: TestCase) => void;
  readonly onPut: (cases: readonly TestCase[]) => Promise<void>;
  readonly isReadable: boolean;
}) {
  const text = useDesignerText().trying.cases;
  const format = useFormat();
  const { store, workflow, settings } = useDesigner();
  const tried = useTryStore();
  const [said, setSaid] = useState("");
  const [isChoosing, setChoosing] = useState(false);
  const run = useMutation({
    mutationFn: () => runCases(workflow, settings.settings, newestDefinition(store), cases),
    onSuccess(caseRun) {
      tried.set({ caseRun });
      const { results } = caseRun.view;
      const passed = results.filter(({ result }) => result === "passed").length;
      setSaid(text.sum(format.number(passed), format.number(results.length)));
    },
  });
  const exported = useMutation({
    mutationFn: () => mockFileOf(workflow, settings.settings, cases),
    onSuccess({ text: file, definitionFile }) {
      saveFile(file, definitionFile.replace(/\.asl\.json$/, ".mocks.json"), "application/json");
      setSaid(text.exported(definitionFile));
    },
  });
  const imported = useMutation({
    mutationFn: async (file: File) => {
      const found = await designerTry.readMockFile(await file.text(), workflow.machine?.name);
      await onPut(joined(cases, found.cases));
      return found.cases.length;
    },
    onSuccess: (count) => setSaid(text.imported(format.number(count))),
  });
  return (
    <div className="shrink-0 border-b border-line px-3 py-1.5">
      <div className="flex flex-wrap items-center gap-1.5">
        <Button
          look="primary"
          isDisabled={cases.length === 0 || run.isPending || !isReadable}
          onPress={() => run.mutate()}
        >
          <Play aria-hidden size={13} />
          {text.run}
        </Button>
        <Button
          onPress={() =>
            onCreate({
              name: text.newName,
              input: {},
              mocks: questionMocks(graphIndex(store.view.readable)),
            })
          }
        >
          <Plus aria-hidden size={13} />
          {text.add}
        </Button>
        {workflow.machine !== undefined && (
          <Button onPress={() => setChoosing(true)}>
            <History aria-hidden size={13} />
            {text.fromRun}
          </Button>
        )}
        <FileButton label={text.import} onFile={(file) => imported.mutate(file)}>
          {text.import}
        </FileButton>
        <Button isDisabled={cases.length === 0} onPress={() => exported.mutate()}>
          <Download aria-hidden size={13} />
          {text.export}
        </Button>
        <p role="status" className="ml-auto text-xs text-dim">
          {run.isPending ? text.running : said}
        </p>
      </div>
      <div className="mt-1.5 empty:hidden">
        <Problem error={run.error ?? imported.error ?? exported.error} />
      </div>
      {isChoosing && (
        <FromExecution
          onClose={() => setChoosing(false)}
          onTake={(testCase) => {
            setChoosing(false);
            onCreate(testCase);
          }}
        />
      )}
    </div>
  );
}
