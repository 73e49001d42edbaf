import type { Clock } from "../../../ports/clock.ts";
import type { DocumentStore } from "../../../ports/document-store.ts";
import type { Ids } from "../../../ports/ids.ts";
import type { ObjectStore } from "../../../ports/object-store.ts";
import { kindOfSource } from "../pipe-arns.ts";
import type { PipeServices } from "../pipe-caller.ts";
import type { PipeRecord } from "../pipe-record.ts";
import { PipeFailure, type PipeSource } from "../pipe-source.ts";
import { bucketSource } from "./bucket-source.ts";
import { postgresChannelSource } from "./postgres-channel-source.ts";
import type { DatabaseUrl } from "./postgres-connection.ts";
import { postgresTableSource } from "./postgres-table-source.ts";
import { sqsSource } from "./sqs-source.ts";

export interface SourceServices extends Pick<PipeServices, "tasks"> {
  readonly store: DocumentStore;
  readonly clock: Clock;
  readonly ids: Pick<Ids, "uuid">;
  /** The buckets as the pipe may read them. */
  readonly objectsOf: (pipe: PipeRecord) => Pick<ObjectStore, "list">;
  /** Finds a database of the configuration. */
  readonly databaseUrl: DatabaseUrl;
}

export function openSource(services: SourceServices, pipe: PipeRecord): PipeSource {
  const now = (): number => services.clock.now();
  switch (kindOfSource(pipe.Source)) {
    case "sqs":
      return sqsSource(services, pipe, now);
    case "bucket":
      return bucketSource(pipe, { ...services, objects: services.objectsOf(pipe), now });
    case "table":
      return postgresTableSource(pipe, services);
    case "channel":
      return postgresChannelSource(pipe, services);
    case undefined:
      throw new PipeFailure(`Stepwell has no source ${pipe.Source}`);
  }
}
