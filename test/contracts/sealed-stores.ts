import type { StoreDump } from "../../src/ports/store-dump.ts";
import type { Store } from "../../src/ports/store.ts";
import { keyTextProvider, newKeyText } from "../../src/store/keys/key-text.ts";
import { openSealedStore } from "../../src/store/sealed/open-sealed-store.ts";
import { openSealedDump } from "../../src/store/sealed/sealed-dump.ts";

/** One key for all stores of a test. */
export const testKeys = keyTextProvider("the key of the test", newKeyText());

/** The store, sealed as a new one is: plain texts are refused. */
export async function sealed<S extends Store>(store: S, provider = testKeys): Promise<S> {
  const options = { store, provider, now: Date.now, plainTexts: "refused" } as const;
  return (await openSealedStore(options)).store;
}

/** The store as records, sealed with the same key. */
export function sealedDump(dump: StoreDump): Promise<StoreDump> {
  return openSealedDump({ dump, provider: testKeys, now: Date.now, plainTexts: "refused" });
}
