import type { MapRunRecord } from "../../ports/map-run-store.ts";
import type { Store } from "../../ports/store.ts";
import type { PartitionOwner } from "../routing/partition-owner.ts";
import type { Router } from "../routing/router.ts";

/** The owner of the partition in which a Map Run is under way; `undefined`: it is under way nowhere. */
export async function ownerOfMapRun(
  store: Pick<Store, "mapRun">,
  router: Router,
  mapRunArn: string,
): Promise<PartitionOwner | undefined> {
  // A run that has just begun may not be in the store yet.
  for (const partition of router.here.values()) {
    if (partition.mapRuns.has(mapRunArn)) return partition;
  }
  const stored = await store.mapRun(mapRunArn);
  return stored?.status === "RUNNING" ? router.ownerOf(stored.executionArn) : undefined;
}

/** A Map Run: with its counts of this moment while it is under way, else as it ended. */
export async function describeMapRun(
  store: Pick<Store, "mapRun">,
  router: Router,
  mapRunArn: string,
): Promise<MapRunRecord | undefined> {
  const owner = await ownerOfMapRun(store, router, mapRunArn);
  return (await owner?.mapRuns.describe(mapRunArn)) ?? (await store.mapRun(mapRunArn));
}
