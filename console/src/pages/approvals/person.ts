import { useQuery } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { store, stored } from "../../app/preferences.ts";

const key = "person";
let name = stored(key) ?? "";
const listeners = new Set<() => void>();

/** Who is signed in, as the server tells others of him; `undefined` where nobody is asked who he is. */
export function useSignedInName(): string | undefined {
  const session = useQuery({ queryKey: keys.session, queryFn: server.session });
  return session.data?.me?.arn.split("/").at(-1);
}

/** Who sits here: whoever is signed in, or what they call themselves, which is a note of this browser. */
export function usePerson(): string {
  const signedIn = useSignedInName();
  const said = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => name,
  );
  return signedIn ?? said;
}

/** Our choice, as the server's: characters of a name. */
export const longestName = 80;

export function setPerson(next: string): void {
  name = next.trim().slice(0, longestName);
  store(key, name);
  for (const listener of listeners) listener();
}
