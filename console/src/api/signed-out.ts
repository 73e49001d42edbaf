import { useSyncExternalStore } from "react";

/** The server has said that nobody is signed in; what is on the page stays until somebody is. */
let isSignedOut = false;
const listeners = new Set<() => void>();

export function heardSignedOut(is: boolean): void {
  if (is === isSignedOut) return;
  isSignedOut = is;
  for (const listener of listeners) listener();
}

export function useIsSignedOut(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isSignedOut,
  );
}
