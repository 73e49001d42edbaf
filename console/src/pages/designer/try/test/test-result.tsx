import { ArrowRight, Pin, Save } from "lucide-react";
import { useState } from "react";
import type { StateEntry } from "../../../../designer/edits/graph-index.ts";
import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import { Button } from "../../../../parts/button.tsx";
import { toneSoft, toneText, StatusIcon } from "../../../../parts/status.tsx";
import { StageLadder } from "../../../execution/data-flow.tsx";
import type { SampleData } from "../../../../designer/completion/candidate.ts";
import { objectOf } from "../../../../graph/json.ts";
import { jsonOf } from "../json-of.ts";
import type { TestSetup } from "./test-setup.ts";
import { usePinned } from "../../pinned/pinned-data.ts";
import type { DoneTest } from "../try-store.ts";
import { HandledBy } from "./handled-by.tsx";
import { HttpExchange } from "./http-exchange.tsx";
import { SaveTest } from "./save-test.tsx";
import { stagesOf, variablesStage, type TestStage } from "./test-stages.ts";

/** Each outcome as the status of a state that it is. */
const looks = {
  SUCCEEDED: { icon: "succeeded", tone: "ok" },
  FAILED: { icon: "failed", tone: "fail" },
  RETRIABLE: { icon: "retrying", tone: "wait" },
  CAUGHT_ERROR: { icon: "caught", tone: "wait" },
} as const;

/** What a test came to: the way of the data from the raw input to the next state. */
export function TestResult({
  entry,
  done,
  isStale,
  onNext,
}: {
  readonly entry: StateEntry;
  readonly done: DoneTest;
  readonly isStale: boolean;
  readonly onNext: (state: string) => void;
}) {
  const text = useDesignerText().trying.test;
  const { result, setup, isAlone } = done;
  const { status, error, cause, nextState, inspectionData } = result;
  const { icon, tone } = looks[status];
  const variables = variablesStage(result, setup.variables);
  const named = ({ name, ...stage }: TestStage) => ({ label: text.stages[name], ...stage });
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <span
          role="status"
          className={`inline-flex items-center gap-1.5 rounded-full px-2 py-0.5 text-xs font-medium ${toneSoft[tone]} ${toneText[tone]}`}
        >
          <StatusIcon status={icon} size={13} />
          {text.status[status]}
        </span>
        {nextState !== undefined ? (
          <span className="flex items-center gap-1 text-[13px] text-dim">
            {text.next}
            <ArrowRight aria-hidden size={13} />
            <Button look="quiet" className="px-2! text-accent!" onPress={() => onNext(nextState)}>
              {nextState}
            </Button>
          </span>
        ) : (
          status === "SUCCEEDED" && <span className="text-[13px] text-dim">{text.ends}</span>
        )}
        <div className="grow" />
        <Actions entry={entry} done={done} />
      </div>
      {isStale && <p className="text-xs text-wait">{text.stale}</p>}
      {isAlone && <p className="text-xs text-wait">{text.alone}</p>}
      {error !== undefined && (
        <div className="rounded-lg border border-fail/40 bg-fail-soft px-3 py-2 text-[13px] text-fail">
          <b className="font-semibold">{error}</b>
          {cause !== undefined && cause !== "" && (
            <p className="mt-0.5 font-mono text-xs break-words whitespace-pre-wrap">{cause}</p>
          )}
        </div>
      )}
      {status !== "SUCCEEDED" && (
        <HandledBy details={inspectionData?.errorDetails} status={status} state={entry.fields} />
      )}
      <div aria-label={text.ladder} role="group">
        <StageLadder stages={stagesOf(result).map(named)} state={entry.fields} />
        {variables !== undefined && (
          <div className="mt-3">
            <StageLadder stages={[named(variables)]} state={entry.fields} />
          </div>
        )}
      </div>
      <HttpExchange request={inspectionData?.request} response={inspectionData?.response} />
    </div>
  );
}

/** What the state was tested with, and what its call returned. */
function sampleOf(setup: TestSetup, called: string | undefined): SampleData {
  const result = called === undefined ? undefined : jsonOf(called);
  return {
    input: jsonOf(setup.input)?.value,
    variables: objectOf(jsonOf(setup.variables)?.value),
    ...(result && { result: result.value }),
  };
}

function Actions({ entry, done }: { readonly entry: StateEntry; readonly done: DoneTest }) {
  const text = useDesignerText().trying.test;
  const { pin } = usePinned(entry.key);
  const [said, setSaid] = useState("");
  const [isSaving, setSaving] = useState(false);
  const { setup, result } = done;
  const called = result.inspectionData?.result;
  return (
    <>
      <span role="status" className="text-xs text-ok">
        {said}
      </span>
      <Button
        onPress={() => {
          pin(sampleOf(setup, called), { from: "sample" });
          setSaid(text.pinned);
        }}
      >
        <Pin aria-hidden size={13} />
        {text.pin}
      </Button>
      <Button onPress={() => setSaving(true)}>
        <Save aria-hidden size={13} />
        {text.save}
      </Button>
      {isSaving && (
        <SaveTest
          entry={entry}
          done={done}
          onClose={(saved) => {
            setSaving(false);
            if (saved !== undefined) setSaid(saved);
          }}
        />
      )}
    </>
  );
}
