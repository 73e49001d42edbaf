import { useMutation } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";
import { useEffect, useState, type DragEvent } from "react";
import { useLive } from "../../api/live.ts";
import { usePageTitle } from "../../app/page-title.ts";
import { useText } from "../../i18n/language.tsx";
import { PageHead } from "../../parts/layout.tsx";
import { FirstFile } from "./first-file.tsx";
import { heldFile, holdImported } from "./held-file.ts";
import { FileRefused, openHistory } from "./imported-file.ts";
import { ImportedExecution } from "./imported-execution.tsx";

/** A history from a file, shown as an execution is: in the browser alone. */
export function ImportPage() {
  const text = useText();
  useLive({ executions: false });
  const [imported, setImported] = useState(heldFile);
  const [isOver, setOver] = useState(false);
  const open = useMutation({ mutationFn: openHistory, onSuccess: setImported });
  useEffect(() => {
    holdImported(imported);
  }, [imported]);
  usePageTitle(imported?.name ?? text.imports.title);
  const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes("Files");
  return (
    <div
      className={`min-h-[60vh] rounded-xl ${isOver ? "outline-2 outline-offset-4 outline-accent outline-dashed" : ""}`}
      onDragOver={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        const to = event.relatedTarget;
        if (!(to instanceof Node) || !event.currentTarget.contains(to)) setOver(false);
      }}
      onDrop={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(false);
        const file = event.dataTransfer.files[0];
        if (file !== undefined) open.mutate(file);
      }}
    >
      {imported === undefined && <PageHead title={text.imports.title} hint={text.imports.hint} />}
      {open.isError && (
        <p
          role="alert"
          className="mb-4 flex items-center gap-2 rounded-lg bg-fail-soft px-4 py-2.5 text-fail"
        >
          <TriangleAlert aria-hidden size={16} className="shrink-0" />
          {open.variables.name}:{" "}
          {open.error instanceof FileRefused
            ? text.imports.faults[open.error.fault]
            : open.error.message}
        </p>
      )}
      {imported === undefined ? (
        <FirstFile onFile={open.mutate} isReading={open.isPending} isOver={isOver} />
      ) : (
        <ImportedExecution
          imported={imported}
          onChange={setImported}
          onFile={open.mutate}
          onClose={() => {
            open.reset();
            setImported(undefined);
          }}
        />
      )}
    </div>
  );
}
