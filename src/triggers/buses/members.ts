import { longestAgeSeconds, mostAttempts, shortestAgeSeconds } from "../deliveries/delivery.ts";

/**
 * Members that operations of EventBridge share, with their constraints. *Documented*: the API reference and the service's public model.
 */

const required = { required: true } as const;
export const text = { type: "string" } as const;
export const requiredText = { type: "string", ...required } as const;

export const ruleName = {
  type: "string",
  min: 1,
  max: 64,
  // oxlint-disable-next-line no-useless-escape -- the pattern is shown as the service writes it
  pattern: /^[\.\-_A-Za-z0-9]+$/,
} as const;
export const requiredRuleName = { ...ruleName, ...required } as const;
/** `EventBusName`, and where an ARN will do as well. */
export const busName = {
  type: "string",
  min: 1,
  max: 256,
  // oxlint-disable-next-line no-useless-escape -- the pattern is shown as the service writes it
  pattern: /^[\/\.\-_A-Za-z0-9]+$/,
} as const;
export const busNameOrArn = {
  type: "string",
  min: 1,
  max: 1600,
  pattern:
    // oxlint-disable-next-line no-useless-escape -- the pattern is shown as the service writes it
    /^(arn:aws[\w-]*:events:[a-z]+-[a-z]+-[\w-]+:[0-9]{12}:event-bus\/)?[\/\.\-_A-Za-z0-9]+$/,
} as const;
export const archiveName = { ...ruleName, max: 48 } as const;
export const requiredArchiveName = { ...archiveName, ...required } as const;
export const arn = { type: "string", min: 1, max: 1600 } as const;
export const requiredArn = { ...arn, ...required } as const;
export const description = { type: "string", max: 512 } as const;
export const pattern = { type: "string", max: 4096 } as const;
export const flag = { type: "boolean" } as const;

export const limit = { type: "integer", min: 1, max: 100 } as const;
export const nextToken = { type: "string", min: 1, max: 2048 } as const;

export const tags = {
  type: "list",
  max: 50,
  of: {
    type: "structure",
    shape: "Tag",
    members: {
      Key: { type: "string", min: 1, max: 128, ...required },
      Value: { type: "string", max: 256, ...required },
    },
  },
} as const;

export const deadLetterConfig = {
  type: "structure",
  shape: "DeadLetterConfig",
  members: { Arn: arn },
} as const;

export const retryPolicy = {
  type: "structure",
  shape: "RetryPolicy",
  members: {
    MaximumRetryAttempts: { type: "integer", min: 0, max: mostAttempts },
    MaximumEventAgeInSeconds: {
      type: "integer",
      min: shortestAgeSeconds,
      max: longestAgeSeconds,
    },
  },
} as const;

const texts = { type: "map", of: text, max: 100 } as const;

/** A target. */
export const target = {
  type: "structure",
  shape: "Target",
  members: {
    Id: {
      type: "string",
      min: 1,
      max: 64,
      // oxlint-disable-next-line no-useless-escape -- the pattern is shown as the service writes it
      pattern: /^[\.\-_A-Za-z0-9]+$/,
      ...required,
    },
    Arn: requiredArn,
    RoleArn: arn,
    Input: { type: "string", max: 8192 },
    InputPath: { type: "string", max: 256 },
    InputTransformer: {
      type: "structure",
      shape: "InputTransformer",
      members: {
        InputPathsMap: texts,
        InputTemplate: { type: "string", min: 1, max: 8192, ...required },
      },
    },
    SqsParameters: {
      type: "structure",
      shape: "SqsParameters",
      members: { MessageGroupId: text },
    },
    HttpParameters: {
      type: "structure",
      shape: "HttpParameters",
      members: {
        PathParameterValues: { type: "list", of: text },
        HeaderParameters: texts,
        QueryStringParameters: texts,
      },
    },
    DeadLetterConfig: deadLetterConfig,
    RetryPolicy: retryPolicy,
  },
} as const;
