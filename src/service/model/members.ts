/**
 * The members that several operations share, with their constraints.
 *
 * Documented: the service's API reference and its public Smithy model. The order of an enum's values is that of the
 * validation error where it was recorded (statusFilter), else the documented one.
 */

const required = { required: true } as const;

const arnShape = { type: "string", min: 1, max: 256 } as const;
/** `Arn` */
export const arn = { ...arnShape, ...required } as const;
export const optionalArn = arnShape;
/** `LongArn`: map runs and redriven executions. */
const longArnShape = { type: "string", min: 1, max: 2000 } as const;
export const longArn = { ...longArnShape, ...required } as const;
export const optionalLongArn = longArnShape;

const nameShape = { type: "string", min: 1, max: 80 } as const;
export const name = { ...nameShape, ...required } as const;
export const optionalName = nameShape;
export const aliasName = {
  ...name,
  // oxlint-disable-next-line no-useless-escape -- the pattern is shown as the service writes it
  pattern: /^(?=.*[a-zA-Z_\-\.])[a-zA-Z0-9_\-\.]+$/,
} as const;

const definitionShape = { type: "string", min: 1, max: 1_048_576, sensitive: true } as const;
export const definition = { ...definitionShape, ...required } as const;
export const optionalDefinition = definitionShape;
export const description = { type: "string", max: 256, sensitive: true } as const;
export const revisionId = { type: "string" } as const;

const payloadShape = { type: "string", max: "payload", sensitive: true } as const;
export const payload = payloadShape;
export const requiredPayload = { ...payloadShape, ...required } as const;
export const errorName = { type: "string", max: 256, sensitive: true } as const;
export const errorCause = { type: "string", max: 32_768, sensitive: true } as const;
export const taskToken = {
  type: "string",
  min: 1,
  max: 2048,
  sensitive: true,
  ...required,
} as const;
/** Documented: ASCII only. */
export const traceHeader = { type: "string", min: 0, max: 256, pattern: /^\p{ASCII}*$/u } as const;

export const boolean = { type: "boolean" } as const;
export const maxResults = { type: "integer", min: 0, max: 1000 } as const;
export const nextToken = { type: "string", min: 1, max: 1024 } as const;
export const executionsNextToken = { type: "string", min: 1, max: 3096 } as const;

export const stateMachineType = { type: "string", enum: ["STANDARD", "EXPRESS"] } as const;
export const includedData = { type: "string", enum: ["ALL_DATA", "METADATA_ONLY"] } as const;
export const executionStatus = {
  type: "string",
  enum: ["SUCCEEDED", "TIMED_OUT", "PENDING_REDRIVE", "ABORTED", "FAILED", "RUNNING"],
} as const;

export const loggingConfiguration = {
  type: "structure",
  shape: "LoggingConfiguration",
  members: {
    level: { type: "string", enum: ["ALL", "ERROR", "FATAL", "OFF"] },
    includeExecutionData: boolean,
    destinations: {
      type: "list",
      of: {
        type: "structure",
        shape: "LogDestination",
        members: {
          cloudWatchLogsLogGroup: {
            type: "structure",
            shape: "CloudWatchLogsLogGroup",
            members: { logGroupArn: optionalArn },
          },
        },
      },
    },
  },
} as const;

export const tracingConfiguration = {
  type: "structure",
  shape: "TracingConfiguration",
  members: { enabled: boolean },
} as const;

export const encryptionConfiguration = {
  type: "structure",
  shape: "EncryptionConfiguration",
  members: {
    kmsKeyId: { type: "string", min: 1, max: 2048 },
    kmsDataKeyReusePeriodSeconds: { type: "integer", min: 60, max: 900 },
    type: { type: "string", enum: ["AWS_OWNED_KEY", "CUSTOMER_MANAGED_KMS_KEY"], required: true },
  },
} as const;

export const tags = {
  type: "list",
  of: {
    type: "structure",
    shape: "Tag",
    members: {
      key: { type: "string", min: 1, max: 128 },
      value: { type: "string", min: 0, max: 256 },
    },
  },
} as const;
export const tagKeys = {
  type: "list",
  of: { type: "string", min: 1, max: 128 },
  required: true,
} as const;

const routingConfigurationShape = {
  type: "list",
  min: 1,
  max: 2,
  of: {
    type: "structure",
    shape: "RoutingConfigurationListItem",
    members: {
      stateMachineVersionArn: arn,
      weight: { type: "integer", min: 0, max: 100, required: true },
    },
  },
} as const;
export const optionalRoutingConfiguration = routingConfigurationShape;
export const routingConfiguration = { ...routingConfigurationShape, ...required } as const;
