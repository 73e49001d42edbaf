import type { JsonObject } from "../../expression/json.ts";
import type { EpochMs } from "../../machine/ids.ts";
import type { DocumentStore } from "../../ports/document-store.ts";
import { DocumentCollection } from "../../service/document-collection.ts";

/** A queue whose messages are given to a function. */
export interface EventSourceMapping {
  readonly id: string;
  /** `arn:aws:lambda:us-east-1:123456789012:event-source-mapping:UUID`. */
  readonly arn: string;
  readonly region: string;
  readonly queueArn: string;
  /** With the version or alias that it was given, if any. */
  readonly functionArn: string;
  readonly isEnabled: boolean;
  readonly batchSize: number;
  readonly windowSeconds: number;
  readonly filterPatterns: readonly string[];
  /** Whether the function's answer says which messages it has not taken. */
  readonly reportsItemFailures: boolean;
  /** Calls side by side; absent: as many as there are usually. */
  readonly concurrency?: number | undefined;
  readonly tags: JsonObject;
  readonly modifiedAt: EpochMs;
}

/** The mappings of a store, by their ids. */
export function eventSourceMappings(store: DocumentStore): DocumentCollection<EventSourceMapping> {
  return new DocumentCollection(store, "lambda.event-source-mapping");
}

/** What polls the queues. */
export interface MappingRunner {
  /** Resolves when what was changed is polled as it is now. */
  changed(): Promise<void>;
  /** What keeps a mapping from going on; `undefined`: nothing. */
  problem(arn: string): Promise<string | undefined>;
}
