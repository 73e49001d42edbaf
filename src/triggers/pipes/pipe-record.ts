import type { JsonObject } from "../../expression/json.ts";

/** A pipe as it is kept, and as the configuration has it. Members are those of EventBridge Pipes' API. */
export interface PipeRecord {
  readonly Arn: string;
  readonly Name: string;
  readonly Description?: string;
  readonly DesiredState: "RUNNING" | "STOPPED";
  readonly Source: string;
  readonly SourceParameters?: SourceParameters;
  readonly Enrichment?: string;
  readonly EnrichmentParameters?: { readonly InputTemplate?: string };
  readonly Target: string;
  readonly TargetParameters?: TargetParameters;
  /** Absent for configured pipes without a role, which act for the server's owner. */
  readonly RoleArn?: string;
  readonly LogConfiguration?: JsonObject;
  readonly KmsKeyIdentifier?: string;
  /** It is an event source mapping: Lambda polls a queue for a function. Absent: a pipe. */
  readonly Mapping?: QueueMapping;
  readonly Tags: { readonly [key: string]: string };
  readonly CreationTime: number;
  readonly LastModifiedTime: number;
}

export interface QueueMapping {
  /** Whether the function's answer says which messages it has not taken. */
  readonly reportsItemFailures: boolean;
  /** Calls side by side; absent: as many as there are usually. */
  readonly concurrency?: number;
}

export interface Batching {
  readonly BatchSize?: number;
  readonly MaximumBatchingWindowInSeconds?: number;
}

export interface SourceParameters {
  readonly FilterCriteria?: { readonly Filters?: readonly { readonly Pattern?: string }[] };
  readonly SqsQueueParameters?: Batching;
  /** *Our own*, as are those below: the objects of a bucket, or the files of a folder that is one. */
  readonly S3BucketParameters?: Batching & { readonly Prefix?: string };
  readonly PostgresTableParameters?: PostgresTable;
}

/** An outbox: rows that are taken in the order of a column, and are done with when the target has them. */
export interface PostgresTable extends Batching {
  /** The column that tells rows apart and orders them; `id` if absent. */
  readonly IdColumn?: string;
  /** What becomes of a row: it is deleted, or this column gets the time. Rows that have one are not taken again. */
  readonly DoneColumn?: string;
  /** A channel whose notifications say that there are rows; absent: they are looked for each second. */
  readonly Channel?: string;
}

export interface TargetParameters {
  readonly InputTemplate?: string;
  readonly StepFunctionStateMachineParameters?: { readonly InvocationType?: InvocationType };
  readonly LambdaFunctionParameters?: { readonly InvocationType?: InvocationType };
  readonly SqsQueueParameters?: {
    readonly MessageGroupId?: string;
    readonly MessageDeduplicationId?: string;
  };
  readonly EventBridgeEventBusParameters?: {
    readonly DetailType?: string;
    readonly Source?: string;
  };
}

export const invocationTypes = ["REQUEST_RESPONSE", "FIRE_AND_FORGET"] as const;
export type InvocationType = (typeof invocationTypes)[number];
