import { useNavigate } from "@tanstack/react-router";
import { ExternalLink, Play, Save } from "lucide-react";
import { useState } from "react";
import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import { useFormat } from "../../../../i18n/language.tsx";
import { Button } from "../../../../parts/button.tsx";
import { Segments } from "../../../../parts/segments.tsx";
import { StatusBadge } from "../../../../parts/status.tsx";
import { holdImported } from "../../../import/held-file.ts";
import { useDesigner } from "../../use-designer.ts";
import type { Recording } from "./recording.ts";
import { SaveRecording } from "./save-recording.tsx";

/** What is done with a simulation, and what it came to. */
export function SimulateBar({
  part,
  onPart,
  recording,
  isAllowed,
  isChanged,
  onRun,
}: {
  readonly part: "setup" | "run";
  readonly onPart: (part: "setup" | "run") => void;
  readonly recording: Recording | undefined;
  readonly isAllowed: boolean;
  /** The definition is not what was recorded. */
  readonly isChanged: boolean;
  readonly onRun: () => void;
}) {
  const texts = useDesignerText();
  const text = texts.trying.simulate;
  const format = useFormat();
  const navigate = useNavigate();
  const { workflow } = useDesigner();
  const [isSaving, setSaving] = useState(false);
  const parts = ["setup", "run"] as const;
  const open = ({ run, definition }: Recording) => {
    holdImported({
      name: text.name(workflow.machine?.name ?? texts.page.newWorkflow),
      file: { events: run.events, hasGaps: run.hasGaps },
      definition: JSON.parse(definition) as object,
      run,
      isSimulation: true,
    });
    void navigate({ to: "/import", search: {} });
  };
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-1.5 border-b border-line px-3 py-1.5">
      <Button look="primary" isDisabled={!isAllowed} onPress={onRun}>
        <Play aria-hidden size={13} />
        {recording === undefined ? text.start : text.again}
      </Button>
      <Segments
        label={texts.trying.tools.simulate}
        options={parts.map((id) => ({ id, label: text[id] }))}
        selected={part}
        onSelect={onPart}
      />
      <span role="status" className="flex flex-wrap items-center gap-x-2 text-xs text-dim">
        {recording !== undefined && (
          <>
            <StatusBadge status={recording.simulated.status} />
            {recording.simulated.skippedMs > 0 && (
              <span>{text.skipped(format.duration(recording.simulated.skippedMs))}</span>
            )}
            {recording.simulated.stopped !== undefined && (
              <span className="text-wait">{text.stopped[recording.simulated.stopped]}</span>
            )}
            {recording.run.hasGaps && <span className="text-wait">{text.cut}</span>}
            {recording.simulated.children.failed.length > 0 && (
              <span className="text-fail">
                {text.childrenFailed(format.number(recording.simulated.children.failed.length))}
              </span>
            )}
            {isChanged && <span className="text-wait">{text.stale}</span>}
          </>
        )}
      </span>
      {recording !== undefined && (
        <div className="ml-auto flex flex-wrap gap-1.5">
          <Button onPress={() => setSaving(true)}>
            <Save aria-hidden size={13} />
            {text.asCase}
          </Button>
          <Button onPress={() => open(recording)}>
            <ExternalLink aria-hidden size={13} />
            {text.open}
          </Button>
        </div>
      )}
      {isSaving && recording !== undefined && (
        <SaveRecording recording={recording} onClose={() => setSaving(false)} />
      )}
    </div>
  );
}
