import { Payload } from "../../expression/payload.ts";
import type { MapRunOutcome, MapRunSettings } from "../../machine/map-run/map-run-settings.ts";
import type { Clock } from "../../ports/clock.ts";
import type { ResultWriter } from "../../ports/map-run-io.ts";
import type { MapRunRecord } from "../../ports/map-run-store.ts";
import type { Store } from "../../ports/store.ts";
import { documentsOf } from "../executions/describe-execution.ts";
import { mapRunChildren } from "./map-run-children.ts";
import { type ChildDocuments, childResultOf } from "./map-run-result.ts";

/**
 * Writes the results where the writer says, whether or not the run failed; what it failed of stays. Rejects as the writer
 * does.
 */
export async function writeMapRunResults(
  ports: {
    readonly store: Store;
    readonly clock: Clock;
    readonly writer: ResultWriter;
  },
  record: MapRunRecord,
  { writer, stateName }: MapRunSettings,
  failure: MapRunOutcome | undefined,
): Promise<MapRunOutcome> {
  if (failure !== undefined && writer?.resource === undefined) return failure;
  const { mapRunArn, redriveCount, redriveDate } = record;
  const open = await ports.writer.open({
    resource: writer?.resource,
    arguments: writer?.arguments,
    writerConfig: writer?.config,
    mapRunArn,
    stateName,
    redriveCount,
    redriveDate,
  });
  for await (const children of mapRunChildren(ports.store, { mapRunArn })) {
    const documents = await documentsOf(ports.store, children);
    for (const [index, child] of children.entries()) {
      const described = documents[index] as ChildDocuments;
      await open.write(childResultOf(child, described, ports.clock.now()));
    }
  }
  const result = await open.finish();
  if (failure !== undefined) return failure;
  if (result.type === "output") return { type: "succeeded", output: Payload.ofText(result.text) };
  const { Bucket, Key } = result;
  const details = { MapRunArn: mapRunArn, ResultWriterDetails: { Bucket, Key } };
  return { type: "succeeded", output: Payload.ofValue(details) };
}
