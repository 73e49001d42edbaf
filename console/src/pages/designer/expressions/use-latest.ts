import { useEffect, useRef, type RefObject } from "react";

/** What was given last, for functions that were handed out before. */
export function useLatest<T>(value: T): RefObject<T> {
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  });
  return latest;
}
