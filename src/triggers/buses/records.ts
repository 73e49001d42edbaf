import type { JsonObject } from "../../expression/json.ts";
import type { EpochMs } from "../../machine/ids.ts";

/** A bus that somebody has made, or given a policy. `default` is there without. */
export interface BusRecord {
  readonly name: string;
  readonly createdAt: EpochMs;
  readonly modifiedAt: EpochMs;
  readonly description?: string | undefined;
  readonly kmsKeyIdentifier?: string | undefined;
  readonly deadLetterArn?: string | undefined;
  /** Statements of PutPermission, by their ids. */
  readonly statements?: { readonly [id: string]: JsonObject };
  readonly tags: Tags;
}

export interface RuleRecord {
  readonly name: string;
  readonly bus: string;
  readonly pattern?: string | undefined;
  readonly expression?: string | undefined;
  readonly state: RuleState;
  readonly description?: string | undefined;
  readonly roleArn?: string | undefined;
  readonly createdAt: EpochMs;
  /** Since when the expression counts. */
  readonly scheduledAt: EpochMs;
  readonly tags: Tags;
  /** As they were given, by their ids. */
  readonly targets: { readonly [id: string]: JsonObject };
}

export type RuleState = "ENABLED" | "DISABLED" | "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

export interface ArchiveRecord {
  readonly name: string;
  readonly busArn: string;
  readonly pattern?: string | undefined;
  readonly description?: string | undefined;
  /** 0: for ever. */
  readonly retentionDays: number;
  readonly createdAt: EpochMs;
}

export interface ReplayRecord {
  readonly name: string;
  readonly archive: string;
  readonly busArn: string;
  /** Only to these rules; empty: to all. */
  readonly ruleArns: readonly string[];
  readonly description?: string | undefined;
  readonly state: "STARTING" | "RUNNING" | "CANCELLING" | "COMPLETED" | "CANCELLED" | "FAILED";
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly startedAt: EpochMs;
  readonly endedAt?: EpochMs | undefined;
  /** The archived event that was replayed last, by its document's id. */
  readonly after?: string | undefined;
  readonly lastEventAt?: EpochMs | undefined;
}

export type Tags = { readonly [key: string]: string };
