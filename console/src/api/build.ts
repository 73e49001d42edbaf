import { useSyncExternalStore } from "react";

/** The build that this page was loaded from; a page of the development server has none, and takes the first that it hears of. */
let own =
  document.querySelector<HTMLMetaElement>('meta[name="stepwell-build"]')?.content || undefined;
let isOld = false;
const listeners = new Set<() => void>();

/** The server has said what it serves. */
export function heardBuild(build: string): void {
  own ??= build;
  if (isOld === (build !== own)) return;
  isOld = !isOld;
  for (const listener of listeners) listener();
}

/** The server serves another console than this one. */
export function useIsOldBuild(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isOld,
  );
}
