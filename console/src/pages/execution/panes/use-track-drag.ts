import { useEffect, useRef, type PointerEvent } from "react";

/** Tells which share of the track the pointer is at, once for each frame. */
export function useTrackDrag(
  track: { readonly current: HTMLElement | null },
  onMove: (share: number) => void,
): {
  readonly onPointerDown: (event: PointerEvent) => void;
  readonly onPointerMove: (event: PointerEvent) => void;
  readonly onPointerUp: () => void;
  readonly onPointerCancel: () => void;
} {
  const isDown = useRef(false);
  const frame = useRef(0);
  const latest = useRef(onMove);
  useEffect(() => {
    latest.current = onMove;
  });
  useEffect(() => () => cancelAnimationFrame(frame.current), []);
  const follow = (event: PointerEvent) => {
    const { clientX } = event;
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(() => {
      const box = track.current?.getBoundingClientRect();
      if (box === undefined || box.width === 0) return;
      latest.current(Math.min(1, Math.max(0, (clientX - box.left) / box.width)));
    });
  };
  const end = () => {
    isDown.current = false;
  };
  return {
    onPointerDown(event) {
      event.currentTarget.setPointerCapture(event.pointerId);
      isDown.current = true;
      follow(event);
    },
    onPointerMove(event) {
      if (isDown.current) follow(event);
    },
    onPointerUp: end,
    onPointerCancel: end,
  };
}
