import { useEffect, useRef } from "react";

/** Brings what was selected into sight, once: whoever scrolls on is not fetched back. */
export function useFollowSelected(
  selected: number | undefined,
  index: number,
  show: (index: number) => void,
): void {
  const shown = useRef<number>(undefined);
  useEffect(() => {
    if (selected === shown.current) return;
    if (selected === undefined) shown.current = undefined;
    // It may have to be opened first: then it has its place a moment later.
    if (selected === undefined || index < 0) return;
    shown.current = selected;
    show(index);
  });
}
