import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useState } from "react";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { Button } from "../../../parts/button.tsx";
import { CodeBlock } from "../../../parts/code-block.tsx";
import { Dialog } from "../../../parts/dialog.tsx";
import { Problem } from "../../../parts/field.tsx";
import { Loading } from "../../../parts/layout.tsx";
import { saveFile } from "../../../parts/save-file.ts";
import {
  exportedFile,
  exportFormats,
  type ExportedFile,
  type ExportFormat,
} from "../../workflows/export-workflow.ts";
import { useDefaultRole } from "../../workflows/new-workflow.ts";
import type { StateMachine } from "../../workflows/state-machine.ts";
import { useWorkflowFacts } from "../../workflows/use-workflow-facts.ts";
import { useDesigner, useDesignerView } from "../use-designer.ts";
import { GraphPicture } from "./graph-picture.tsx";
import { jsonTextOf } from "./json-text.ts";

const choices = [...exportFormats, "picture"] as const;
/** Our choice: what a page shows of a file; the file has all of it. */
const longestShown = 200_000;

/** The open text for somebody else's tools, and its picture: to be copied or saved as a file. */
export function ExportDialog({ onClose }: { readonly onClose: () => void }) {
  const { ship: words } = useDesignerText();
  const [format, setFormat] = useState<(typeof choices)[number]>("asl");
  const machine = useOpenMachine();
  return (
    <Dialog title={words.exportTitle} isOpen onClose={onClose} width="max-w-3xl">
      <div className="flex flex-col gap-4">
        <p className="text-[13px] text-dim">{words.exportHint}</p>
        <div role="radiogroup" aria-label={words.format} className="flex flex-wrap gap-2">
          {choices.map((id) => (
            <label
              key={id}
              className={`inline-flex h-8 cursor-pointer items-center gap-2 rounded-md border px-3 text-[13px] has-focus-visible:outline-2 ${format === id ? "border-accent bg-accent-soft" : "border-line hover:bg-sunken"}`}
            >
              <input
                type="radio"
                name="export-format"
                checked={format === id}
                onChange={() => setFormat(id)}
                className="sr-only"
              />
              {words.formats[id]}
            </label>
          ))}
        </div>
        {format === "picture" ? (
          <GraphPicture definition={machine.definition} name={machine.name} />
        ) : (
          <ExportedText machine={machine} format={format} />
        )}
      </div>
    </Dialog>
  );
}

function ExportedText({
  machine,
  format,
}: {
  readonly machine: StateMachine;
  readonly format: ExportFormat;
}) {
  const { ship: words } = useDesignerText();
  const document = useDesignerView((view) => view.document);
  const facts = useWorkflowFacts();
  const tags =
    facts?.find((each) => each.stateMachineArn === machine.stateMachineArn)?.tags ?? noTags;
  const file = useQuery({
    queryKey: ["designed-export", format, document.text, machine, tags],
    queryFn: async (): Promise<ExportedFile> => {
      const made = await exportedFile(machine, tags, format);
      // YAML that is open keeps its comments.
      const isOpen = format === "yaml" && document.format === "yaml";
      return isOpen ? { ...made, content: document.text } : made;
    },
    gcTime: 0,
  });
  if (file.isError) return <Problem error={file.error} />;
  if (file.data === undefined) return <Loading />;
  const { fileName, content } = file.data;
  const isCut = content.length > longestShown;
  return (
    <>
      <div className="max-h-[50dvh] overflow-auto">
        <CodeBlock label={fileName} code={isCut ? content.slice(0, longestShown) : content} />
      </div>
      <div className="flex justify-end">
        <Button
          look="primary"
          onPress={() => saveFile(content, fileName, "text/plain;charset=utf-8")}
        >
          <Download aria-hidden size={14} />
          {words.download}
        </Button>
      </div>
    </>
  );
}

const noTags = {};

/** The workflow as it would be with the open text; one that is new has a name to be changed. */
function useOpenMachine(): StateMachine {
  const { workflow } = useDesigner();
  const document = useDesignerView((view) => view.readable);
  const definition = jsonTextOf(document) ?? "{}";
  const roleArn = useDefaultRole();
  const { machine, type } = workflow;
  return machine === undefined
    ? {
        stateMachineArn: "",
        name: "my-workflow",
        status: "ACTIVE",
        type,
        creationDate: 0,
        roleArn,
        definition,
      }
    : { ...machine, definition };
}
