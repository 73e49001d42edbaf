import { invocationTypes } from "../pipe-record.ts";

export const pipeName = {
  type: "string",
  required: true,
  min: 1,
  max: 64,
  pattern: /^[.\-_A-Za-z0-9]+$/,
} as const;

export const tags = { type: "map", of: { type: "string", max: 256 }, max: 50 } as const;

/** *Documented*: quotas of sources. */
const batching = {
  BatchSize: { type: "integer", min: 1, max: 10_000 },
  MaximumBatchingWindowInSeconds: { type: "integer", min: 0, max: 300 },
} as const;

const name = { type: "string", min: 1, max: 255 } as const;
const template = { type: "string", max: 8192 } as const;
const invocation = {
  type: "structure",
  shape: "InvocationParameters",
  members: { InvocationType: { type: "string", enum: invocationTypes } },
} as const;

/** What may be said of a source: of all pipes, and in the configuration. */
const sourceParameters = {
  type: "structure",
  shape: "PipeSourceParameters",
  members: {
    FilterCriteria: {
      type: "structure",
      shape: "FilterCriteria",
      members: {
        Filters: {
          type: "list",
          max: 5,
          of: {
            type: "structure",
            shape: "Filter",
            members: { Pattern: { type: "string", max: 4096 } },
          },
        },
      },
    },
    SqsQueueParameters: {
      type: "structure",
      shape: "PipeSourceSqsQueueParameters",
      members: batching,
    },
    S3BucketParameters: {
      type: "structure",
      shape: "PipeSourceS3BucketParameters",
      members: { ...batching, Prefix: { type: "string", max: 1024 } },
    },
    PostgresTableParameters: {
      type: "structure",
      shape: "PipeSourcePostgresTableParameters",
      members: { ...batching, IdColumn: name, DoneColumn: name, Channel: name },
    },
  },
} as const;

const targetParameters = {
  type: "structure",
  shape: "PipeTargetParameters",
  members: {
    InputTemplate: template,
    StepFunctionStateMachineParameters: invocation,
    LambdaFunctionParameters: invocation,
    SqsQueueParameters: {
      type: "structure",
      shape: "PipeTargetSqsQueueParameters",
      members: {
        MessageGroupId: { type: "string", max: 100 },
        MessageDeduplicationId: { type: "string", max: 100 },
      },
    },
    EventBridgeEventBusParameters: {
      type: "structure",
      shape: "PipeTargetEventBridgeEventBusParameters",
      members: {
        DetailType: { type: "string", min: 1, max: 128 },
        Source: { type: "string", min: 1, max: 256 },
      },
    },
  },
} as const;

/** What a pipe is made of, and what may be changed of it. */
export const pipeMembers = {
  Description: { type: "string", max: 512 },
  DesiredState: { type: "string", enum: ["RUNNING", "STOPPED"] },
  SourceParameters: sourceParameters,
  Enrichment: { type: "string", max: 1600 },
  EnrichmentParameters: {
    type: "structure",
    shape: "PipeEnrichmentParameters",
    members: { InputTemplate: template },
  },
  Target: { type: "string", min: 1, max: 1600 },
  TargetParameters: targetParameters,
  RoleArn: { type: "string", min: 1, max: 1600 },
  LogConfiguration: { type: "document" },
  KmsKeyIdentifier: { type: "string", max: 2048 },
} as const;
