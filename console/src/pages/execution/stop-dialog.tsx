import { useMutation, useQueryClient } from "@tanstack/react-query";
import { regionOf, server } from "../../api/client.ts";
import { useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";

const fieldLook =
  "h-8 rounded-md border border-line bg-surface px-2.5 outline-none focus:border-accent";

/** Asks why before an execution is stopped. */
export function StopDialog({
  executionArn,
  isOpen,
  onClose,
}: {
  readonly executionArn: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const text = useText();
  const client = useQueryClient();
  const stop = useMutation({
    mutationFn: ({ error, cause }: { readonly error: string; readonly cause: string }) =>
      server.call(
        "StopExecution",
        { executionArn, ...(error !== "" && { error }), ...(cause !== "" && { cause }) },
        regionOf(executionArn),
      ),
    onSuccess() {
      onClose();
      void client.invalidateQueries({ queryKey: ["execution", executionArn] });
    },
  });
  return (
    <Dialog title={text.execution.stopTitle} isOpen={isOpen} onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          const given = new FormData(event.currentTarget);
          const field = (name: string) => {
            const value = given.get(name);
            return typeof value === "string" ? value.trim() : "";
          };
          stop.mutate({ error: field("error"), cause: field("cause") });
        }}
      >
        <p className="text-dim">{text.execution.stopHint}</p>
        <label className="flex flex-col gap-1">
          <span className="text-xs font-medium text-dim">{text.execution.stopError}</span>
          <input name="error" maxLength={256} className={fieldLook} />
        </label>
        <label className="flex flex-col gap-1">
          <span className="text-xs font-medium text-dim">{text.execution.stopCause}</span>
          <textarea
            name="cause"
            maxLength={32_768}
            rows={3}
            className={`${fieldLook} h-auto py-2`}
          />
        </label>
        {stop.isError && (
          <p role="alert" className="text-fail">
            {stop.error.message}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button onPress={onClose}>{text.app.cancel}</Button>
          <Button type="submit" look="danger" isDisabled={stop.isPending}>
            {text.execution.stop}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
