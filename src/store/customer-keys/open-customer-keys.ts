import type { CustomerKeys } from "../../ports/customer-keys.ts";
import type { Logger } from "../../ports/logger.ts";
import type { Store } from "../../ports/store.ts";
import { CustomerKeyRing, type CustomerKeyRingOptions } from "./customer-key-ring.ts";
import { customerSealedStore } from "./customer-sealed-store.ts";

/** A store with its customers' keys. It is opened without any of them: each is asked for when something needs it. */
export function openCustomerKeys<S extends Store>({
  logger,
  ...options
}: Omit<CustomerKeyRingOptions, "store"> & { readonly store: S; readonly logger: Logger }): {
  readonly store: S;
  readonly customerKeys: CustomerKeys;
} {
  const ring = new CustomerKeyRing(options);
  const store = customerSealedStore(options.store, ring, {
    logger,
    now: () => options.clock.now(),
  });
  return { store, customerKeys: ring };
}
