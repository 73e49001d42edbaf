import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import type { StepwellOptions } from "../server/stepwell-options.ts";
import type { ServerConditions } from "../store/postgres/conditions.ts";
import type { ClusterStore } from "../ports/cluster-store.ts";
import type { CustomerKeys } from "../ports/customer-keys.ts";
import type { Logger } from "../ports/logger.ts";
import type { Store } from "../ports/store.ts";
import { systemClock } from "../runtime/system-clock.ts";
import { openCustomerKeys } from "../store/customer-keys/open-customer-keys.ts";
import { openStore } from "../store/open-store.ts";
import { hasStore } from "../store/sqlite/data-directory.ts";
import { customerKeyProviders } from "./customer-keys.ts";
import type { KeySettings } from "./key-provider-of.ts";
import { sealStore } from "./seal-store.ts";
import { packageVersion } from "./package-version.ts";
import type { Settings } from "./settings.ts";
import { storeFailure } from "./store-failure.ts";

/** Our choice: the length of a node's lease. */
const usualLeaseSeconds = 10;

/** A store, and how the server that it is in is set up; absent: it is in no server. */
export type OpenedStore = Pick<StepwellOptions, "store" | "join" | "logSeal" | "customerKeys"> & {
  readonly conditions?: ServerConditions;
};

/** What of the server's set-up loses what was accepted, in words for the log. */
export function conditionWarnings(conditions: ServerConditions | undefined): readonly string[] {
  if (conditions === undefined) return [];
  const { fsync, fullPageWrites, synchronousCommit } = conditions;
  return [
    ...(fsync === "off"
      ? ["fsync is off in the database: a power failure may lose or damage everything"]
      : []),
    ...(fullPageWrites === "off"
      ? ["full_page_writes is off in the database: a power failure may damage pages"]
      : []),
    ...(synchronousCommit === "off"
      ? ["synchronous_commit is off in the database: a crash of it loses what was accepted last"]
      : []),
  ];
}

/** Opens the store that the settings name: the embedded one, or a database, whose users are nodes of a cluster. */
export async function openStoreOf(
  settings: KeySettings & Pick<Settings, "store" | "cluster" | "encryption">,
  logger: Logger,
): Promise<OpenedStore> {
  const { dataDir, store: url, cluster } = settings;
  try {
    if (url === undefined) {
      const isNew = !hasStore(dataDir);
      const opened = await openStore({ kind: "sqlite", dataDir });
      const { store, logSeal } = await sealStore(opened, { settings, logger, isNew });
      return { ...withCustomerKeys(store, settings, logger), logSeal };
    }
    const { partitions, connections } = cluster;
    const opened = await openStore({
      kind: "postgres",
      url,
      ...(partitions !== undefined && { partitions }),
      ...(connections !== undefined && { maxConnections: connections }),
    });
    const { conditions } = opened;
    const isNew = await isUnused(opened);
    const { store: sealed, logSeal } = await sealStore<ClusterStore>(opened, {
      settings,
      logger,
      isNew,
    });
    const { store, customerKeys } = withCustomerKeys(sealed, settings, logger);
    return {
      store,
      customerKeys,
      logSeal,
      conditions,
      join: {
        store,
        nodeId: `${hostname()}-${randomUUID().slice(0, 8)}`,
        version: packageVersion(),
        host: cluster.host ?? hostname(),
        port: cluster.port ?? 0,
        listen: cluster.listen ?? "0.0.0.0",
        leaseMs: (cluster.leaseSeconds ?? usualLeaseSeconds) * 1_000,
      },
    };
  } catch (error) {
    throw storeFailure(error, dataDir, url !== undefined);
  }
}

/** Customers' keys seal below what the server asks, and above what seals the store: theirs is the inner layer. */
function withCustomerKeys<S extends Store>(
  store: S,
  settings: KeySettings & Pick<Settings, "encryption">,
  logger: Logger,
): { readonly store: S; readonly customerKeys: CustomerKeys } {
  const providerOf = customerKeyProviders(settings, logger);
  return openCustomerKeys({ store, providerOf, clock: systemClock, logger });
}

/** Whether no server ever had a part of the store. */
async function isUnused(store: ClusterStore): Promise<boolean> {
  return (await store.clusterView()).partitions.every(({ epoch }) => epoch === 0);
}
