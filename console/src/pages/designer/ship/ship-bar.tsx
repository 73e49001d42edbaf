import { FileDown, Play, Save } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { useShortcuts } from "../../../app/keys.ts";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { Button, IconButton } from "../../../parts/button.tsx";
import { later } from "../../../parts/later.tsx";
import type { DesignerMode, DesignerSearch } from "../designer-search.ts";
import { useDesigner, useDesignerView } from "../use-designer.ts";
import { DraftNotice } from "./draft-notice.tsx";
import { LeaveGuard } from "./leave-guard.tsx";
import { PublishedBadge } from "./published-badge.tsx";
import { SavedNotice } from "./saved-notice.tsx";
import type { SavedOutcome } from "./saved-outcome.ts";
import { useShip } from "./use-ship.ts";

const SaveDialog = later(async () => (await import("./save-dialog.tsx")).SaveDialog);
const CreateDialog = later(async () => (await import("./create-dialog.tsx")).CreateDialog);
const ExportDialog = later(async () => (await import("./export-dialog.tsx")).ExportDialog);
const StartDialog = later(async () => (await import("../../start/start-dialog.tsx")).StartDialog);

type Open = "save" | "saveAndStart" | "start" | "export";

/** What is done with the whole of the open text: saved, started, exported; and what became of it, below the bar. */
export function ShipBar({
  mode,
  search,
  onSearch,
}: {
  readonly mode: DesignerMode;
  readonly search: DesignerSearch;
  readonly onSearch: (change: Partial<DesignerSearch>) => void;
}) {
  const { ship: text } = useDesignerText();
  const { store, workflow } = useDesigner();
  const ship = useShip(search, mode, onSearch);
  const isReadable = useDesignerView((view) => view.document.faults.length === 0);
  const [open, setOpened] = useState<Open>();
  const setOpen = useCallback(
    (next: Open | undefined) => {
      // What is typed last is in what is shown and saved.
      store.read();
      setOpened(next);
    },
    [store],
  );
  const [outcome, setOutcome] = useState<SavedOutcome>();
  const { machine } = workflow;
  const isNew = machine === undefined;
  const canSave = isReadable && (isNew || ship.isChanged || ship.isNewer);
  const start = () => setOpen(canSave ? "saveAndStart" : "start");

  useShortcuts(
    useMemo(
      () => [
        {
          keys: "Mod+s",
          label: text.save,
          group: text.group,
          run: () => isReadable && setOpen("save"),
        },
      ],
      [text, isReadable, setOpen],
    ),
  );

  return (
    <>
      <span role="status" className="text-xs text-dim max-sm:sr-only">
        {!isReadable ? text.unreadable : isNew || ship.isChanged ? text.unsaved : text.allSaved}
      </span>
      {machine !== undefined && <PublishedBadge machine={machine} />}
      <IconButton label={text.export} isDisabled={!isReadable} onPress={() => setOpen("export")}>
        <FileDown aria-hidden size={15} />
      </IconButton>
      {!isNew && (
        <Button aria-label={canSave ? text.saveAndStart : text.startHint} onPress={start}>
          <Play aria-hidden size={14} />
          <span className="max-sm:sr-only">{text.start}</span>
        </Button>
      )}
      <Button look="primary" isDisabled={!canSave} onPress={() => setOpen("save")}>
        <Save aria-hidden size={14} />
        <span className="max-sm:sr-only">{text.save}</span>
      </Button>
      <DraftNotice ship={ship} onMerge={() => setOpen("save")} />
      {outcome !== undefined && !ship.isChanged && machine !== undefined && (
        <SavedNotice
          machine={machine}
          outcome={outcome}
          run={search.run}
          onStart={() => setOpen("start")}
          onClose={() => setOutcome(undefined)}
        />
      )}
      <LeaveGuard ship={ship} />
      {machine !== undefined && (open === "save" || open === "saveAndStart") && (
        <SaveDialog
          machine={machine}
          ship={ship}
          onGo={(offset) => {
            setOpen(undefined);
            store.dispatch({ selection: { anchor: offset }, scrollIntoView: true });
            if (mode === "design" || mode === "config") onSearch({ mode: "code" });
          }}
          onSaved={(saved) => {
            setOutcome(saved);
            setOpen(open === "saveAndStart" ? "start" : undefined);
          }}
          onClose={() => setOpen(undefined)}
        />
      )}
      {isNew && open === "save" && (
        <CreateDialog ship={ship} search={search} onClose={() => setOpen(undefined)} />
      )}
      {machine !== undefined && open === "start" && (
        <StartDialog
          stateMachineArn={machine.stateMachineArn}
          type={machine.type}
          isOpen
          onClose={() => setOpen(undefined)}
        />
      )}
      {open === "export" && <ExportDialog onClose={() => setOpen(undefined)} />}
    </>
  );
}
