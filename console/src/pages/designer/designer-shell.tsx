import { Redo2, Undo2 } from "lucide-react";
import { useMemo } from "react";
import { useShortcuts } from "../../app/keys.ts";
import { useDesignerText } from "../../i18n/designer/texts.ts";
import { IconButton } from "../../parts/button.tsx";
import { later } from "../../parts/later.tsx";
import { Segments } from "../../parts/segments.tsx";
import { CanvasPane } from "./canvas/canvas-pane.tsx";
import { CodePane } from "./code/code-pane.tsx";
import { designerModes, type DesignerMode, type DesignerSearch } from "./designer-search.ts";
import { useOpenedAt } from "./inspector/pinning/use-opened-at.ts";
import { LateView } from "./late-view.tsx";
import { ProblemsPanel } from "./problems/problems-panel.tsx";
import { ShipBar } from "./ship/ship-bar.tsx";
import { RenamedInCases } from "./try/cases/renamed-in-cases.tsx";
import { TriedCanvas } from "./try/tried-canvas.tsx";
import { TryButton } from "./try/try-button.tsx";
import { TryDrawer } from "./try/try-drawer.tsx";
import { useDesigner, useDesignerView } from "./use-designer.ts";

const ConfigPane = later(async () => (await import("./config/config-pane.tsx")).ConfigPane);

const InspectorPane = later(
  async () => (await import("./inspector/inspector-pane.tsx")).InspectorPane,
);

/** The designer's frame: its bar, and the panes of the mode. */
export function DesignerShell({
  search,
  onSearch,
}: {
  readonly search: DesignerSearch;
  readonly onSearch: (change: Partial<DesignerSearch>) => void;
}) {
  const text = useDesignerText();
  const { store, workflow } = useDesigner();
  useOpenedAt();
  const mode: DesignerMode = designerModes.find((each) => each === search.mode) ?? "design";
  const isStale = useDesignerView((view) => view.document !== view.readable);
  const canUndo = useDesignerView((view) => view.canUndo);
  const hasSelected = useDesignerView(
    ({ selected, edge }) => selected.length > 0 || edge !== undefined,
  );
  const canRedo = useDesignerView((view) => view.canRedo);

  useShortcuts(
    useMemo(
      () => [
        ...designerModes.map((each, index) => ({
          keys: String(index + 1),
          label: text.page.modes[each],
          group: text.page.keys,
          run: () => onSearch({ mode: each }),
        })),
        {
          keys: "Mod+z",
          label: text.page.undo,
          group: text.page.keys,
          run: () => store.undo(),
        },
        {
          keys: "Mod+Z",
          label: text.page.redo,
          group: text.page.keys,
          run: () => store.redo(),
        },
      ],
      [text, store, onSearch],
    ),
  );

  return (
    <div data-designer className="flex h-[calc(100dvh-7rem)] min-h-96 flex-col">
      <header className="mb-3 flex flex-wrap items-center gap-2">
        <h1 className="mr-2 min-w-0 grow truncate text-[18px] font-semibold tracking-tight">
          {workflow.machine?.name ?? text.page.newWorkflow}
        </h1>
        <IconButton label={text.page.undo} isDisabled={!canUndo} onPress={() => store.undo()}>
          <Undo2 aria-hidden size={15} />
        </IconButton>
        <IconButton label={text.page.redo} isDisabled={!canRedo} onPress={() => store.redo()}>
          <Redo2 aria-hidden size={15} />
        </IconButton>
        <TryButton search={search} onSearch={onSearch} />
        <Segments
          label={text.page.mode}
          options={designerModes.map((id) => ({ id, label: text.page.modes[id] }))}
          selected={mode}
          onSelect={(chosen) => onSearch({ mode: chosen })}
        />
        <ShipBar mode={mode} search={search} onSearch={onSearch} />
        <RenamedInCases />
      </header>
      {isStale && (
        <p role="status" className="mb-2 rounded-md bg-wait-soft px-3 py-1.5 text-[13px] text-wait">
          {text.page.stale}
        </p>
      )}
      <div className="flex min-h-0 grow overflow-hidden rounded-xl border border-line max-lg:flex-col">
        {(mode === "code" || mode === "split") && (
          <div className="min-h-0 min-w-0 grow basis-1/2 border-line not-last:border-r max-lg:not-last:border-r-0 max-lg:not-last:border-b">
            <CodePane />
          </div>
        )}
        {(mode === "design" || mode === "split") && (
          <div className="min-h-0 min-w-0 grow basis-1/2">
            <TriedCanvas tool={search.tool}>
              <CanvasPane hasPalette={mode === "design"} />
            </TriedCanvas>
          </div>
        )}
        {mode === "design" && (
          <LateView
            // Where it lies below the canvas, the workflow's own fields give way to that: they are in Config, too.
            className={`w-96 shrink-0 border-l border-line bg-surface xl:w-104 max-lg:h-1/2 max-lg:w-full max-lg:border-t max-lg:border-l-0 ${hasSelected ? "" : "max-lg:hidden"}`}
          >
            <InspectorPane />
          </LateView>
        )}
        {mode === "config" && <ConfigPane />}
      </div>
      <ProblemsPanel />
      <TryDrawer search={search} onSearch={onSearch} />
    </div>
  );
}
