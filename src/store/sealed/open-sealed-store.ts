import type { LogSeal } from "../../ports/log-seal.ts";
import type { Store } from "../../ports/store.ts";
import { type KeyRingOptions, openKeyRing } from "./key-ring.ts";
import { sealedLog } from "./sealed-log.ts";
import { sealedStore } from "./sealed-store.ts";
import { Seals } from "./seals.ts";

export interface SealedStore<S extends Store> {
  readonly store: S;
  /** Seals what is kept beside the store with the same keys. */
  readonly log: LogSeal;
}

/** Seals a store with the data keys that are in it, or makes the first. */
export async function openSealedStore<S extends Store>(
  options: Omit<KeyRingOptions, "store"> & { readonly store: S },
): Promise<SealedStore<S>> {
  const seals = new Seals(await openKeyRing(options));
  return { store: await sealedStore(options.store, seals), log: sealedLog(seals) };
}
