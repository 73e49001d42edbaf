import { Maximize2, Route, ZoomIn, ZoomOut } from "lucide-react";
import { useText } from "../../../i18n/language.tsx";
import { IconButton } from "../../../parts/button.tsx";
import { zoomStep } from "./timeline-keys.ts";
import { TimelineLegend } from "./timeline-legend.tsx";
import type { TimelineView } from "./use-timeline-view.ts";

/** What the colours mean, and the buttons for what the keys do. */
export function TimelineTools({
  view,
  width,
  isCriticalShown,
  onCritical,
}: {
  readonly view: TimelineView;
  readonly width: number;
  readonly isCriticalShown: boolean;
  readonly onCritical: (isShown: boolean) => void;
}) {
  const text = useText();
  return (
    <div className="flex items-center gap-0.5 border-b border-line py-1.5 pr-2 pl-3">
      <TimelineLegend />
      <div className="flex shrink-0 gap-0.5">
        <IconButton
          label={`${text.run.critical}: ${text.run.criticalHint}`}
          aria-pressed={isCriticalShown}
          look={isCriticalShown ? "plain" : "quiet"}
          onPress={() => onCritical(!isCriticalShown)}
        >
          <Route aria-hidden size={15} />
        </IconButton>
        <IconButton
          label={text.run.zoomOut}
          isDisabled={!view.isZoomed}
          onPress={() => view.zoom(1 / zoomStep, width / 2)}
        >
          <ZoomOut aria-hidden size={15} />
        </IconButton>
        <IconButton label={text.run.zoomIn} onPress={() => view.zoom(zoomStep, width / 2)}>
          <ZoomIn aria-hidden size={15} />
        </IconButton>
        <IconButton label={text.run.fit} isDisabled={!view.isZoomed} onPress={view.fit}>
          <Maximize2 aria-hidden size={15} />
        </IconButton>
      </div>
    </div>
  );
}
