import type { LogEvent } from "../../integrations/logs/cloudwatch-endpoint.ts";

export interface LogGroupRecord {
  readonly name: string;
  readonly createdAt: number;
  readonly retentionInDays?: number;
  readonly kmsKeyId?: string;
  readonly logGroupClass?: string;
  readonly tags?: { readonly [key: string]: string };
}

export interface LogStreamRecord {
  readonly name: string;
  readonly createdAt: number;
  readonly firstEventAt?: number;
  readonly lastEventAt?: number;
  readonly lastIngestedAt?: number;
  /** Batches that were put in all: the number of the next. */
  readonly batches: number;
  readonly storedBytes: number;
}

/** What was put at once. */
export interface LogBatchRecord {
  readonly ingestedAt: number;
  readonly events: readonly LogEvent[];
}

/** An event as it is read. */
export interface StoredLogEvent extends LogEvent {
  readonly stream: string;
  readonly ingestedAt: number;
  /** Numbers batches and events within them, so that none has another's. */
  readonly id: string;
}
