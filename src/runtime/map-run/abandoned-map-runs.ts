import type { Clock } from "../../ports/clock.ts";
import type { MapRunRecord } from "../../ports/map-run-store.ts";
import type { Store } from "../../ports/store.ts";
import { askOwner } from "../routing/ask-owner.ts";
import type { PartitionOwner } from "../routing/partition-owner.ts";
import { countOf, noCounts, shownCounts } from "./map-run-counts.ts";
import { mapRunChildren } from "./map-run-children.ts";

/**
 * Ends a Map Run whose execution ended before it: the process stopped between the two. Nobody will take it up, so that
 * its children are stopped as they would have been.
 */
export async function endAbandonedMapRun(
  options: {
    readonly store: Store;
    readonly clock: Clock;
    readonly putRecord: (record: MapRunRecord) => Promise<void>;
    readonly ownerOf: (executionArn: string) => Pick<PartitionOwner, "deliver">;
    readonly isStopping: () => boolean;
  },
  run: MapRunRecord,
): Promise<void> {
  const { store, clock, putRecord, ownerOf, isStopping } = options;
  const { mapRunArn } = run;
  for await (const page of mapRunChildren(store, { mapRunArn, status: "RUNNING" })) {
    await Promise.all(
      page.map(({ executionArn }) =>
        // A child may be in a partition that is lost here meanwhile. A second stop of it changes nothing.
        askOwner(
          () => ownerOf(executionArn),
          (owner) => owner.deliver(executionArn, { type: "StopRequested" }),
          () => !isStopping(),
        ),
      ),
    );
  }
  const items = noCounts();
  const executions = noCounts();
  for await (const page of mapRunChildren(store, { mapRunArn })) {
    for (const { status, mapRun } of page) {
      for (const name of [countOf(status), "total"] as const) {
        items[name] += mapRun?.itemCount ?? 1;
        executions[name]++;
      }
    }
  }
  await putRecord({
    ...run,
    status: "ABORTED",
    stopDate: clock.now(),
    itemCounts: shownCounts(items, Math.max(run.itemCounts.total, items.total), 0),
    executionCounts: shownCounts(executions, executions.total, 0),
  });
}
