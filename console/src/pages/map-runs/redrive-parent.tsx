import { useMutation, useQueryClient } from "@tanstack/react-query";
import { RotateCw } from "lucide-react";
import { useState } from "react";
import type { MapRunView } from "../../../../src/console/view-types.ts";
import { regionOf, server } from "../../api/client.ts";
import { useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";

/** Lets the execution that started the run go on from where it failed: the run begins again with what failed. */
export function RedriveParent({ run }: { readonly run: MapRunView }) {
  const text = useText();
  const client = useQueryClient();
  const [isAsked, setAsked] = useState(false);
  const redrive = useMutation({
    mutationFn: () =>
      server.call(
        "RedriveExecution",
        { executionArn: run.executionArn },
        regionOf(run.executionArn),
      ),
    onSuccess: () => {
      setAsked(false);
      void client.invalidateQueries();
    },
  });
  if (run.notRedrivable !== undefined || run.status === "SUCCEEDED") return null;
  return (
    <>
      <Button look="primary" onPress={() => setAsked(true)}>
        <RotateCw aria-hidden size={14} />
        {text.mapRuns.redrive}
      </Button>
      <Dialog
        title={text.mapRuns.redriveTitle}
        isOpen={isAsked}
        onClose={() => setAsked(false)}
        width="max-w-md"
      >
        <div className="flex flex-col gap-4">
          <p className="text-dim">{text.mapRuns.redriveHint}</p>
          {redrive.isError && (
            <p role="alert" className="rounded-md bg-fail-soft px-3 py-2 break-words text-fail">
              {redrive.error.message}
            </p>
          )}
          <div className="flex justify-end gap-2">
            <Button onPress={() => setAsked(false)}>{text.app.cancel}</Button>
            <Button look="primary" isDisabled={redrive.isPending} onPress={() => redrive.mutate()}>
              {text.mapRuns.redrive}
            </Button>
          </div>
        </div>
      </Dialog>
    </>
  );
}
