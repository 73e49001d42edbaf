import { useRef, useState } from "react";

/** The same object for good, whose functions are always the newest. */
export function useStable<T extends { readonly [name: string]: (...args: never[]) => unknown }>(
  newest: T,
): T {
  const current = useRef(newest);
  current.current = newest;
  return useState(() => {
    const entries = Object.keys(newest).map((name) => [
      name,
      (...args: never[]) => current.current[name]?.(...args),
    ]);
    return Object.fromEntries(entries) as T;
  })[0];
}
