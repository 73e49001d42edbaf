import { useSyncExternalStore } from "react";
import { store, stored } from "../../app/preferences.ts";

const key = "person";
let name = stored(key) ?? "";
const listeners = new Set<() => void>();

/** What whoever sits here calls themselves: a note of this browser, until there are users. */
export function usePerson(): string {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => name,
  );
}

/** Our choice, as the server's: characters of a name. */
export const longestName = 80;

export function setPerson(next: string): void {
  name = next.trim().slice(0, longestName);
  store(key, name);
  for (const listener of listeners) listener();
}
