import type { Store } from "../../ports/store.ts";
import { type KeyRingOptions, openKeyRing } from "./key-ring.ts";
import { sealedStore } from "./sealed-store.ts";
import { Seals } from "./seals.ts";

/** Seals a store with the data keys that are in it, or makes the first. */
export async function openSealedStore<S extends Store>(
  options: Omit<KeyRingOptions, "store"> & { readonly store: S },
): Promise<S> {
  const { store } = options;
  return sealedStore(store, new Seals(await openKeyRing(options)));
}
