import { Link } from "@tanstack/react-router";
import { CircleCheck, Download, Pencil, PencilRuler } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Button, linkAsButton } from "../../parts/button.tsx";
import { CopyButton } from "../../parts/copy.tsx";
import { Card } from "../../parts/layout.tsx";
import { formatJson } from "../../parts/format-json.ts";
import { DefinitionEditor } from "./definition-editor.tsx";
import { JsonText } from "./json-text.tsx";
import type { StateMachine } from "./state-machine.ts";

/** The definition as it was saved, and the way to change it. */
export function DefinitionTab({
  machine,
  isEdited,
  onEdit,
  onVersions,
}: {
  readonly machine: StateMachine;
  readonly isEdited: boolean;
  readonly onEdit: (isEdited: boolean) => void;
  readonly onVersions: () => void;
}) {
  const text = useText();
  const [saved, setSaved] = useState<{ readonly version?: string }>();
  if (isEdited) {
    return (
      <DefinitionEditor
        machine={machine}
        onClose={(outcome) => {
          setSaved(outcome);
          onEdit(false);
        }}
      />
    );
  }
  return (
    <div className="flex flex-col gap-3">
      {saved !== undefined && (
        <p
          role="status"
          className="flex flex-wrap items-center gap-x-2 gap-y-1 rounded-md border border-ok/40 bg-ok-soft px-3 py-1.5 text-[13px]"
        >
          <CircleCheck aria-hidden size={15} className="text-ok" />
          <span className="grow">
            {saved.version === undefined ? text.editing.saved : text.editing.savedAs(saved.version)}
          </span>
          {saved.version !== undefined && (
            <Button look="quiet" onPress={onVersions}>
              {text.editing.toVersions}
            </Button>
          )}
        </p>
      )}
      <DefinitionShown machine={machine} onEdit={() => onEdit(true)} />
    </div>
  );
}

/** With the numbers of its lines. */
function DefinitionShown({
  machine: { stateMachineArn, definition, name },
  onEdit,
}: {
  readonly machine: StateMachine;
  readonly onEdit: () => void;
}) {
  const text = useText();
  const format = useFormat();
  const isOneLine = !definition.trim().includes("\n");
  const [isFormatted, setFormatted] = useState(isOneLine);
  const shown = useMemo(
    () => (isFormatted ? formatJson(definition) : definition.replace(/\n$/, "")),
    [definition, isFormatted],
  );
  const lineCount = shown.split("\n").length;
  const file = useFile(definition);
  return (
    <Card
      title={text.workflows.definitionText}
      aside={
        <>
          <span className="text-xs text-dim tabular-nums max-sm:hidden">
            {text.workflows.lines(format.number(lineCount))} · {format.bytes(definition.length)}
          </span>
          <Button look="quiet" onPress={() => setFormatted(!isFormatted)}>
            {isFormatted ? text.workflows.asSaved : text.workflows.formatted}
          </Button>
          <a
            href={file}
            download={`${name}.asl.json`}
            className="inline-flex h-8 items-center gap-1.5 rounded-md px-3 text-[13px] font-medium text-dim hover:bg-sunken hover:text-text"
          >
            <Download aria-hidden size={14} />
            <span className="max-sm:sr-only">{text.workflows.download}</span>
          </a>
          <CopyButton value={definition} />
          <Link
            to="/workflows/$arn/design"
            params={{ arn: stateMachineArn }}
            search={{ mode: "split" }}
            className={linkAsButton("plain")}
          >
            <PencilRuler aria-hidden size={14} />
            {text.workflowList.design}
          </Link>
          <Button onPress={onEdit}>
            <Pencil aria-hidden size={14} />
            {text.editing.edit}
          </Button>
        </>
      }
      flush
    >
      <div
        role="group"
        aria-label={text.workflows.definitionText}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keyboard
        tabIndex={0}
        className="flex max-h-[75dvh] overflow-auto rounded-b-xl bg-sunken font-mono text-xs leading-5"
      >
        <pre
          aria-hidden
          className="sticky left-0 shrink-0 border-r border-line bg-sunken py-3 pr-3 pl-4 text-right text-faint select-none"
        >
          {Array.from({ length: lineCount }, (_, index) => index + 1).join("\n")}
        </pre>
        <pre className="py-3 pr-6 pl-4">
          <JsonText text={shown} />
        </pre>
      </div>
    </Card>
  );
}

/** An address that the browser saves the text from, while the page is open. */
function useFile(content: string): string | undefined {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([content], { type: "application/json" }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [content]);
  return address;
}
