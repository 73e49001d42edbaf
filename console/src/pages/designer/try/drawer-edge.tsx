import type { KeyboardEvent, PointerEvent } from "react";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { keepHeight, leastHeight } from "./drawer-height.ts";

/** Pixels that an arrow moves the edge by. */
const keyStep = 24;

/** The upper edge of the drawer, which is dragged, or moved by arrows. */
export function DrawerEdge({
  height,
  onHeight,
}: {
  readonly height: number;
  readonly onHeight: (height: number) => void;
}) {
  const text = useDesignerText().trying;
  const most = Math.max(leastHeight, window.innerHeight - 240);
  const set = (wanted: number) => {
    const next = Math.min(Math.max(wanted, leastHeight), most);
    onHeight(next);
    keepHeight(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowUp: keyStep, ArrowDown: -keyStep }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    set(height + by);
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    const { currentTarget: edge, clientY: start } = event;
    edge.setPointerCapture(event.pointerId);
    edge.onpointermove = ({ clientY }) => set(height + start - clientY);
    edge.onlostpointercapture = () => {
      edge.onpointermove = null;
    };
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a separator that is moved is a control
    <div
      role="separator"
      tabIndex={0}
      aria-orientation="horizontal"
      aria-label={text.height}
      aria-valuemin={leastHeight}
      aria-valuemax={most}
      aria-valuenow={Math.round(height)}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      className="absolute inset-x-0 top-0 z-10 h-1.5 cursor-row-resize touch-none hover:bg-accent/40 max-md:hidden"
    />
  );
}
