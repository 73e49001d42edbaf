import { useEffect, useState, type RefObject } from "react";
import type { Box, GraphLayout, Point } from "../../../graph/layout.ts";
import { endKey, startKey, type NodeKey } from "../../../graph/model.ts";

/** The rectangle that Shift and a drag over the background make, in the graph's measure; what lies in it is told at its end. */
export function useMarquee(
  area: RefObject<HTMLElement | null>,
  toGraph: (x: number, y: number) => Point | undefined,
  onSelect: (box: Box) => void,
): Box | undefined {
  const [box, setBox] = useState<Box>();
  useEffect(() => {
    const element = area.current;
    if (element === null) return undefined;
    let from: Point | undefined;
    let latest: Box | undefined;
    const show = (next: Box | undefined): void => {
      latest = next;
      setBox(next);
    };
    const onDown = (event: PointerEvent): void => {
      const isCard = event.target instanceof Element && event.target.closest("button") !== null;
      if (!event.shiftKey || event.button !== 0 || isCard) return;
      from = toGraph(event.clientX, event.clientY);
      element.setPointerCapture(event.pointerId);
    };
    const onMove = (event: PointerEvent): void => {
      const to = from === undefined ? undefined : toGraph(event.clientX, event.clientY);
      if (from !== undefined && to !== undefined) show(boxBetween(from, to));
    };
    const onUp = (): void => {
      if (latest !== undefined) onSelect(latest);
      from = undefined;
      show(undefined);
    };
    element.addEventListener("pointerdown", onDown);
    element.addEventListener("pointermove", onMove);
    element.addEventListener("pointerup", onUp);
    element.addEventListener("pointercancel", onUp);
    return () => {
      element.removeEventListener("pointerdown", onDown);
      element.removeEventListener("pointermove", onMove);
      element.removeEventListener("pointerup", onUp);
      element.removeEventListener("pointercancel", onUp);
    };
  }, [area, toGraph, onSelect]);
  return box;
}

function boxBetween(a: Point, b: Point): Box {
  return {
    x: Math.min(a.x, b.x),
    y: Math.min(a.y, b.y),
    width: Math.abs(a.x - b.x),
    height: Math.abs(a.y - b.y),
  };
}

/** The cards that the box touches; a container only if all of it is in the box. */
export function cardsIn(
  layout: GraphLayout,
  isContainer: (key: NodeKey) => boolean,
  box: Box,
): readonly NodeKey[] {
  return [...layout.nodes].flatMap(([key, card]) => {
    if (key === startKey || key === endKey) return [];
    const isWhole = isContainer(key);
    const isIn = isWhole
      ? card.x >= box.x &&
        card.x + card.width <= box.x + box.width &&
        card.y >= box.y &&
        card.y + card.height <= box.y + box.height
      : card.x < box.x + box.width &&
        card.x + card.width > box.x &&
        card.y < box.y + box.height &&
        card.y + card.height > box.y;
    return isIn ? [key] : [];
  });
}
