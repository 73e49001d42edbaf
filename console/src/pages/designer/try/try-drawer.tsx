import { Maximize2, Minimize2, X } from "lucide-react";
import { useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { useShortcuts } from "../../../app/keys.ts";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { IconButton } from "../../../parts/button.tsx";
import { later } from "../../../parts/later.tsx";
import { Segments } from "../../../parts/segments.tsx";
import type { DesignerSearch } from "../designer-search.ts";
import { DrawerEdge } from "./drawer-edge.tsx";
import { firstHeight } from "./drawer-height.ts";
import { toolOf, tryTools, type TryTool } from "./try-tool.ts";

const panels: Readonly<Record<TryTool, (props: object) => ReactNode>> = {
  test: later(async () => (await import("./test/test-panel.tsx")).TestPanel),
  cases: later(async () => (await import("./cases/cases-panel.tsx")).CasesPanel),
  simulate: later(async () => (await import("./simulate/simulate-panel.tsx")).SimulatePanel),
};

/** What tries the open definition, below it: the tool that the address names, or nothing. */
export function TryDrawer({
  search,
  onSearch,
}: {
  readonly search: DesignerSearch;
  readonly onSearch: (change: Partial<DesignerSearch>) => void;
}) {
  const text = useDesignerText().trying;
  const tool = toolOf(search.tool);
  const [height, setHeight] = useState(firstHeight);
  const [isLarge, setLarge] = useState(false);
  const frame = useRef<HTMLElement>(null);
  /** Where the focus was when a key opened a tool: it goes into the drawer, and back there. */
  const cameFrom = useRef<Element>(null);
  useEffect(() => {
    if (tool !== undefined && cameFrom.current !== null) {
      frame.current?.focus({ preventScroll: true });
    }
  }, [tool]);
  useShortcuts(
    useMemo(() => {
      const open = (keys: string, label: string, wanted: TryTool) => ({
        keys,
        label,
        group: text.group,
        run() {
          cameFrom.current = document.activeElement;
          onSearch({ tool: wanted });
          frame.current?.focus({ preventScroll: true });
        },
      });
      return [
        open("Mod+.", text.openTest, "test"),
        open("Mod+Shift+.", text.openSimulate, "simulate"),
        open("Mod+Alt+.", text.openCases, "cases"),
      ];
    }, [text, onSearch]),
  );
  if (tool === undefined) return null;
  const close = () => {
    onSearch({ tool: undefined });
    if (cameFrom.current instanceof HTMLElement) cameFrom.current.focus();
    cameFrom.current = null;
  };
  const Panel = panels[tool];
  return (
    <section
      ref={frame}
      tabIndex={-1}
      aria-label={text.drawer}
      style={{ height: isLarge ? "100%" : height }}
      className="relative mt-2 flex max-h-full min-h-48 shrink-0 flex-col overflow-hidden rounded-xl border border-line bg-surface shadow-card outline-none max-md:fixed max-md:inset-0 max-md:z-30 max-md:mt-0 max-md:h-full! max-md:rounded-none"
    >
      {!isLarge && <DrawerEdge height={height} onHeight={setHeight} />}
      <header className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line px-3 py-1.5">
        <Segments
          label={text.drawer}
          options={tryTools.map((id) => ({ id, label: text.tools[id] }))}
          selected={tool}
          onSelect={(chosen) => onSearch({ tool: chosen })}
        />
        <div className="grow" />
        <IconButton
          label={isLarge ? text.reduce : text.enlarge}
          className="max-md:hidden"
          onPress={() => setLarge(!isLarge)}
        >
          {isLarge ? <Minimize2 aria-hidden size={15} /> : <Maximize2 aria-hidden size={15} />}
        </IconButton>
        <IconButton label={text.close} onPress={close}>
          <X aria-hidden size={16} />
        </IconButton>
      </header>
      <div className="min-h-0 grow overflow-hidden">
        <Panel />
      </div>
    </section>
  );
}
