import { Check, CircleAlert, Copy, Minus, Pencil, Trash2, TriangleAlert } from "lucide-react";
import { useState } from "react";
import type { CaseResultView, TestCase } from "../../../../../../src/console/view-types.ts";
import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import { useText } from "../../../../i18n/language.tsx";
import { IconButton } from "../../../../parts/button.tsx";
import { ConfirmDialog } from "../../../workflows/confirm-dialog.tsx";
import type { CaseRun } from "../try-store.ts";

/** A line for each case: how it went, what it is called, what it expects. */
export function CaseRows({
  cases,
  run,
  opened,
  onOpen,
  onEdit,
  onCopy,
  onRemove,
}: {
  readonly cases: readonly TestCase[];
  readonly run: CaseRun | undefined;
  readonly opened: string | undefined;
  readonly onOpen: (name: string) => void;
  readonly onEdit: (testCase: TestCase) => void;
  readonly onCopy: (testCase: TestCase) => void;
  readonly onRemove: (testCase: TestCase) => Promise<unknown>;
}) {
  const text = useDesignerText().trying.cases;
  const [removed, setRemoved] = useState<TestCase>();
  return (
    <>
      <ul aria-label={text.list} className="flex flex-col p-1.5">
        {cases.map((each) => {
          const result = run?.view.results.find(({ name }) => name === each.name);
          return (
            <li
              key={each.name}
              className={`flex items-center gap-1 rounded-lg pr-1 ${opened === each.name ? "bg-pick" : "hover:bg-sunken"}`}
            >
              <button
                type="button"
                aria-current={opened === each.name}
                onClick={() => onOpen(each.name)}
                className="flex min-h-11 min-w-0 grow items-center gap-2 rounded-lg px-2 text-left"
              >
                <ResultSign result={result?.result} />
                <span className="min-w-0">
                  <span className="block truncate text-[13px] font-medium">{each.name}</span>
                  <Expected testCase={each} />
                </span>
              </button>
              <IconButton label={`${text.edit}: ${each.name}`} onPress={() => onEdit(each)}>
                <Pencil aria-hidden size={14} />
              </IconButton>
              <IconButton label={`${text.copy}: ${each.name}`} onPress={() => onCopy(each)}>
                <Copy aria-hidden size={14} />
              </IconButton>
              <IconButton label={`${text.remove}: ${each.name}`} onPress={() => setRemoved(each)}>
                <Trash2 aria-hidden size={14} />
              </IconButton>
            </li>
          );
        })}
      </ul>
      {removed !== undefined && (
        <ConfirmDialog
          title={text.removeTitle}
          hint={text.removeHint(removed.name)}
          action={text.remove}
          perform={() => onRemove(removed)}
          onClose={() => setRemoved(undefined)}
        />
      )}
    </>
  );
}

function Expected({ testCase: { expectation } }: { readonly testCase: TestCase }) {
  const text = useDesignerText().trying.cases;
  const status = useText().status;
  const { status: wanted, error, cause, path = [] } = expectation ?? {};
  // Documented (mock files): what a case expects that does not say.
  const usual = error === undefined && cause === undefined ? "SUCCEEDED" : "FAILED";
  const words = [text.expects(status[wanted ?? usual]), path.join(" → ")].filter(Boolean);
  return <span className="block truncate text-xs text-dim">{words.join(" · ")}</span>;
}

/** A sign and its word. */
export function ResultSign({ result }: { readonly result: CaseResultView["result"] | undefined }) {
  const text = useDesignerText().trying.cases;
  const word = result === undefined ? text.notRun : text.result[result];
  const sign =
    result === "passed" ? (
      <Check aria-hidden size={15} className="text-ok" />
    ) : result === "failed" ? (
      <CircleAlert aria-hidden size={15} className="text-fail" />
    ) : result === "broken" ? (
      <TriangleAlert aria-hidden size={15} className="text-wait" />
    ) : (
      <Minus aria-hidden size={15} className="text-faint" />
    );
  return (
    <span title={word} className="shrink-0">
      {sign}
      <span className="sr-only">{word}</span>
    </span>
  );
}
