import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ExecutionRow, TestCase } from "../../../../../../src/console/view-types.ts";
import { server } from "../../../../api/client.ts";
import { designerTry } from "../../../../api/designer-try.ts";
import type { SampleData } from "../../../../designer/completion/candidate.ts";
import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import { Button } from "../../../../parts/button.tsx";
import { Dialog } from "../../../../parts/dialog.tsx";
import { Problem } from "../../../../parts/field.tsx";
import { JsonEditor } from "../../../../parts/json-editor.tsx";
import { jsonMistake } from "../../../../parts/json-mistake.ts";
import { Loading } from "../../../../parts/layout.tsx";
import { Segments } from "../../../../parts/segments.tsx";
import { StatusBadge } from "../../../../parts/status.tsx";
import { Ago } from "../../../../parts/time.tsx";
import { workflowFilter } from "../../../workflows/filters.ts";
import { usePinned } from "../../pinned/pinned-data.ts";
import { useDesigner } from "../../use-designer.ts";
import { useInspected } from "../inspected.ts";
import { dataOfCase, dataOfExecution, type FoundData } from "./pin-sources.ts";

type From = "execution" | "case" | "sample";

/** Chooses the data that a state's expressions are tried with. */
export function PinDialog({
  isOpen,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const { inspector: text } = useDesignerText();
  const { state } = useInspected();
  const { machine } = useDesigner().workflow;
  const [from, setFrom] = useState<From>(machine === undefined ? "sample" : "execution");
  const shown: readonly From[] =
    machine === undefined ? ["sample"] : ["execution", "case", "sample"];
  return (
    <Dialog title={text.pinTitle(state.name)} isOpen={isOpen} onClose={onClose} width="max-w-2xl">
      <div className="flex flex-col gap-4">
        <p className="text-[13px] text-dim">{text.pinHint}</p>
        {shown.length > 1 && (
          <div>
            <Segments
              label={text.pinFrom}
              options={shown.map((id) => ({ id, label: text.pinFroms[id] }))}
              selected={from}
              onSelect={setFrom}
            />
          </div>
        )}
        {from === "execution" && <Executions onDone={onClose} />}
        {from === "case" && <Cases onDone={onClose} />}
        {from === "sample" && <Typed onDone={onClose} />}
      </div>
    </Dialog>
  );
}

/** Pins what is found, and says where nothing is. */
function useTaking(onDone: () => void) {
  const { state } = useInspected();
  const { pin } = usePinned(state.key);
  return useMutation({
    mutationFn: (find: () => Promise<FoundData | undefined>) => find(),
    onSuccess: (found) => {
      if (found === undefined) return;
      pin(found.data, found.source);
      onDone();
    },
  });
}

function NotEntered({ isShown }: { readonly isShown: boolean }) {
  const { inspector: text } = useDesignerText();
  const { state } = useInspected();
  return (
    <p role="status" className="text-[13px] text-wait empty:hidden">
      {isShown ? text.notEntered(state.name) : ""}
    </p>
  );
}

const rowLook =
  "flex min-h-9 w-full items-center gap-3 rounded-md px-2 py-1 text-left text-[13px] hover:bg-sunken disabled:opacity-60";

function Executions({ onDone }: { readonly onDone: () => void }) {
  const { inspector: text } = useDesignerText();
  const { state } = useInspected();
  const { machine } = useDesigner().workflow;
  const filter = workflowFilter(machine?.name ?? "");
  const found = useQuery({
    queryKey: ["designer", "executions", filter],
    queryFn: () => server.executions(filter),
  });
  const taking = useTaking(onDone);
  if (found.error !== null) return <Problem error={found.error} />;
  if (found.data === undefined) return <Loading />;
  const rows = found.data.rows.filter(
    ({ stateMachineArn }) => stateMachineArn === machine?.stateMachineArn,
  );
  const take = ({ executionArn }: ExecutionRow) =>
    taking.mutate(() => dataOfExecution(executionArn, state.key));
  return (
    <>
      {rows.length === 0 && <p className="text-[13px] text-dim">{text.noExecutions}</p>}
      <ul aria-label={text.pinFroms.execution} className="max-h-80 overflow-auto">
        {rows.map((row) => (
          <li key={row.executionArn}>
            <button
              type="button"
              className={rowLook}
              disabled={taking.isPending}
              onClick={() => take(row)}
            >
              <span className="min-w-0 grow truncate font-mono text-xs">{row.name}</span>
              {row.failedState !== undefined && (
                <span className="truncate text-xs text-dim">{row.failedState}</span>
              )}
              <StatusBadge status={row.status} />
              <Ago at={row.startDate} />
            </button>
          </li>
        ))}
      </ul>
      <NotEntered isShown={taking.isSuccess && taking.data === undefined} />
      <Problem error={taking.error} />
    </>
  );
}

function Cases({ onDone }: { readonly onDone: () => void }) {
  const { inspector: text } = useDesignerText();
  const { state } = useInspected();
  const { workflow, store } = useDesigner();
  const arn = workflow.machine?.stateMachineArn ?? "";
  const found = useQuery({
    queryKey: ["designer", "cases to pin", arn],
    queryFn: () => designerTry.testCases(arn),
    staleTime: 0,
  });
  const taking = useTaking(onDone);
  if (found.error !== null) return <Problem error={found.error} />;
  if (found.data === undefined) return <Loading />;
  const { cases } = found.data;
  const take = (testCase: TestCase) =>
    taking.mutate(() =>
      dataOfCase(testCase, JSON.stringify(store.view.readable.value), state.key, workflow.type),
    );
  return (
    <>
      {cases.length === 0 && <p className="text-[13px] text-dim">{text.noCases}</p>}
      <ul aria-label={text.pinFroms.case} className="max-h-80 overflow-auto">
        {cases.map((each) => (
          <li key={each.name}>
            <button
              type="button"
              className={rowLook}
              disabled={taking.isPending}
              onClick={() => take(each)}
            >
              {each.name}
            </button>
          </li>
        ))}
      </ul>
      <NotEntered isShown={taking.isSuccess && taking.data === undefined} />
      <Problem error={taking.error} />
    </>
  );
}

const documents = ["input", "variables", "result"] as const;
type Texts = { readonly [D in (typeof documents)[number]]?: string };

function Typed({ onDone }: { readonly onDone: () => void }) {
  const { inspector: text } = useDesignerText();
  const { state } = useInspected();
  const { data, pin } = usePinned(state.key);
  const [texts, setTexts] = useState((): Texts => {
    const written = (value: unknown) => JSON.stringify(value, undefined, 2);
    return {
      input: written(data?.input ?? {}),
      variables: written(data?.variables ?? {}),
      ...(data?.result !== undefined && { result: written(data.result) }),
    };
  });
  const shown = documents.filter((name) => texts[name] !== undefined);
  const isRight = shown.every((name) => jsonMistake(texts[name] ?? "") === undefined);
  const hasResult = ["Task", "Parallel", "Map"].includes(state.type);
  const take = () => {
    const { context, errorOutput } = data ?? {};
    const read = shown.map((name) => [name, JSON.parse(texts[name] ?? "null") as unknown] as const);
    const typed: SampleData = {
      ...(context !== undefined && { context }),
      ...(errorOutput !== undefined && { errorOutput }),
      ...Object.fromEntries(read),
    };
    pin(typed, { from: "sample" });
    onDone();
  };
  return (
    <>
      {shown.map((name) => (
        <JsonEditor
          key={name}
          label={text.roots[name]}
          value={texts[name] ?? ""}
          rows={name === "input" ? 8 : 4}
          onChange={(written) => setTexts({ ...texts, [name]: written })}
        />
      ))}
      <div className="flex justify-end gap-2">
        {hasResult && texts.result === undefined && (
          <Button onPress={() => setTexts({ ...texts, result: "{}" })}>{text.addResult}</Button>
        )}
        <Button look="primary" isDisabled={!isRight} onPress={take}>
          {text.pinTyped}
        </Button>
      </div>
    </>
  );
}
