import { ListTree, Map as MapIcon, Maximize, Plus, ZoomIn, ZoomOut } from "lucide-react";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { IconButton } from "../../../parts/button.tsx";
import type { CanvasView } from "./canvas-view.ts";

/** Size and helps of the canvas. */
export function CanvasTools({
  canvas,
  onAdd,
  onMinimap,
  onOutline,
}: {
  readonly canvas: CanvasView;
  /** Something new at the selection: for screens that have no room for the palette. */
  readonly onAdd: () => void;
  readonly onMinimap: () => void;
  readonly onOutline: () => void;
}) {
  const { add, tools: text } = useDesignerText().canvas;
  const format = `${Math.round(canvas.view.scale * 100)}%`;
  return (
    <div className="absolute bottom-2 left-2 z-10 flex items-center rounded-lg border border-line bg-surface shadow-card">
      <IconButton label={add} onPress={onAdd} className="md:hidden">
        <Plus aria-hidden size={15} />
      </IconButton>
      <IconButton label={text.outline} onPress={onOutline}>
        <ListTree aria-hidden size={15} />
      </IconButton>
      <IconButton label={text.minimap} onPress={onMinimap}>
        <MapIcon aria-hidden size={14} />
      </IconButton>
      <IconButton label={text.zoomOut} onPress={() => canvas.zoom(0.8)}>
        <ZoomOut aria-hidden size={15} />
      </IconButton>
      <button
        type="button"
        title={text.actualSize}
        onClick={canvas.actualSize}
        className="w-11 cursor-pointer text-center text-xs text-dim tabular-nums hover:text-text"
      >
        {format}
      </button>
      <IconButton label={text.zoomIn} onPress={() => canvas.zoom(1.25)}>
        <ZoomIn aria-hidden size={15} />
      </IconButton>
      <IconButton label={text.fit} onPress={canvas.fit}>
        <Maximize aria-hidden size={14} />
      </IconButton>
    </div>
  );
}
