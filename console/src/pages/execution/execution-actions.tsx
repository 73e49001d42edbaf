import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Download, GitCompareArrows, Play, RotateCw, Square } from "lucide-react";
import { useState } from "react";
import type { ExecutionView } from "../../../../src/console/view-types.ts";
import { regionOf, server } from "../../api/client.ts";
import { useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { later } from "../../parts/later.tsx";
import { downloadHistory } from "./download-history.ts";

const ChooseRun = later(async () => (await import("../compare/choose-run.tsx")).ChooseRun);
const StopDialog = later(async () => (await import("./stop-dialog.tsx")).StopDialog);

/** What can be done with all of an execution. */
export function ExecutionActions({
  view,
  onStartAgain,
}: {
  readonly view: ExecutionView;
  readonly onStartAgain: () => void;
}) {
  const text = useText();
  const client = useQueryClient();
  const [isStopping, setStopping] = useState(false);
  const { executionArn } = view;
  const redrive = useMutation({
    mutationFn: () => server.call("RedriveExecution", { executionArn }, regionOf(executionArn)),
    onSuccess: () => void client.invalidateQueries({ queryKey: ["execution", executionArn] }),
  });
  const download = useMutation({ mutationFn: () => downloadHistory(view) });
  return (
    <div className="flex flex-wrap items-center gap-2">
      {(redrive.isError || download.isError) && (
        <span role="alert" className="text-fail">
          {(redrive.error ?? download.error)?.message}
        </span>
      )}
      {view.status === "RUNNING" && (
        <Button look="danger" onPress={() => setStopping(true)}>
          <Square aria-hidden size={13} />
          {text.execution.stop}
        </Button>
      )}
      {view.status !== "RUNNING" && view.notRedrivable === undefined && (
        <Button look="primary" isDisabled={redrive.isPending} onPress={() => redrive.mutate()}>
          <RotateCw aria-hidden size={13} />
          {text.execution.redrive}
        </Button>
      )}
      <Button onPress={onStartAgain}>
        <Play aria-hidden size={13} />
        {text.execution.again}
      </Button>
      <CompareButton executionArn={executionArn} />
      <Button isDisabled={download.isPending} onPress={() => download.mutate()}>
        <Download aria-hidden size={13} />
        {text.execution.exportHistory}
      </Button>
      {isStopping && (
        <StopDialog executionArn={executionArn} isOpen onClose={() => setStopping(false)} />
      )}
    </div>
  );
}

/** Leads to the comparison with another execution, which is A: it is what this one is measured by. */
function CompareButton({ executionArn }: { readonly executionArn: string }) {
  const text = useText();
  const navigate = useNavigate();
  const [isChoosing, setChoosing] = useState(false);
  return (
    <>
      <Button onPress={() => setChoosing(true)}>
        <GitCompareArrows aria-hidden size={13} />
        {text.compare.compareWith}
      </Button>
      <Dialog
        title={text.compare.compareTitle}
        isOpen={isChoosing}
        onClose={() => setChoosing(false)}
      >
        <ChooseRun
          near={executionArn}
          onChoose={(other) =>
            void navigate({
              to: "/executions/compare",
              search: { a: other, b: executionArn },
            })
          }
        />
      </Dialog>
    </>
  );
}
