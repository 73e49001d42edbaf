import { useCallback, useEffect, useRef } from "react";

/** A handler that stays the same while what it does changes: rows that are given it are not drawn anew. */
export function useLatest<A extends readonly unknown[]>(
  handler: (...args: A) => void,
): (...args: A) => void {
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  return useCallback((...args: A) => latest.current(...args), []);
}
