import { ChevronRight, Pin, PinOff } from "lucide-react";
import { useState } from "react";
import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import { Button, IconButton } from "../../../../parts/button.tsx";
import { DataTree } from "../../expressions/data-tree.tsx";
import { usePinned } from "../../pinned/pinned-data.ts";
import type { PinnedSource } from "../../pinned/pinned-store.ts";
import { useInspected } from "../inspected.ts";
import { PinDialog } from "./pin-dialog.tsx";

/** Which data the state's expressions are tried with, the data itself as a tree, and the choice of other. */
export function PinBar() {
  const { inspector: text } = useDesignerText();
  const { state, language, data: seen } = useInspected();
  const pinned = usePinned(state.key);
  const [isChoosing, setChoosing] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const { data, source } = pinned;
  const sourceName = useSourceName(source);
  return (
    <section aria-label={text.pinned} className="mx-4 mb-2 rounded-lg border border-line bg-bg">
      <div className="flex min-h-9 items-center gap-1 pr-1 pl-1.5">
        {data === undefined ? (
          <span className="flex min-w-0 grow items-center gap-1.5 pl-1 text-xs text-dim">
            <Pin aria-hidden size={13} className="shrink-0" />
            <span className="truncate">{text.nothingPinned}</span>
          </span>
        ) : (
          <button
            type="button"
            aria-expanded={isOpen}
            className="flex min-h-7 min-w-0 grow items-center gap-1.5 rounded px-1 text-left text-xs"
            onClick={() => setOpen(!isOpen)}
          >
            <ChevronRight
              aria-hidden
              size={13}
              className={`shrink-0 text-dim ${isOpen ? "rotate-90" : ""}`}
            />
            <Pin aria-hidden size={13} className="shrink-0 text-accent" />
            <span className="min-w-0 truncate">{sourceName}</span>
          </button>
        )}
        <Button look="quiet" className="h-7! px-2! text-xs!" onPress={() => setChoosing(true)}>
          {data === undefined ? text.pinData : text.otherData}
        </Button>
        {data !== undefined && (
          <IconButton label={text.unpin} className="h-7! w-7!" onPress={pinned.unpin}>
            <PinOff aria-hidden size={13} />
          </IconButton>
        )}
      </div>
      {data !== undefined && isOpen && (
        <div className="border-t border-line p-2">
          <DataTree data={seen ?? data} language={language} />
        </div>
      )}
      <PinDialog isOpen={isChoosing} onClose={() => setChoosing(false)} />
    </section>
  );
}

function useSourceName(source: PinnedSource | undefined): string {
  const { inspector: text } = useDesignerText();
  switch (source?.from) {
    case "execution":
      return text.fromExecution(
        source.executionArn.slice(source.executionArn.lastIndexOf(":") + 1),
      );
    case "case":
      return text.fromCase(source.name);
    case "sample":
    case undefined:
      return text.fromSample;
  }
}
