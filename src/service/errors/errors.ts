import { ApiError } from "./api-error.ts";

/**
 * Every error of the service that this server answers with, worded as the service words it.
 *
 * Observed unless a line says otherwise.
 */
export const errors = {
  validation: (message: string, reason?: string) =>
    new ApiError("ValidationException", message, reason === undefined ? undefined : { reason }),
  missingUpdate: () =>
    new ApiError(
      "MissingRequiredParameter",
      "Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified",
    ),
  versionDescriptionWithoutPublish: () =>
    errors.validation("Version description can only be set when publish is true"),
  serialization: (message: string) => new ApiError("SerializationException", message),

  accessDenied: (message: string) => new ApiError("AccessDeniedException", message),
  roleNotTrusting: () =>
    errors.accessDenied(
      "Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role.",
    ),
  logDestinationDenied: () =>
    errors.accessDenied(
      "The state machine IAM Role is not authorized to access the Log Destination",
    ),

  invalidName: (name: string) => new ApiError("InvalidName", `Invalid Name: '${name}'`),
  invalidArn: (detail: string) => new ApiError("InvalidArn", `Invalid Arn: '${detail}'`),
  /** Documented in many reports; not among the recordings. */
  invalidRoleArn: (arn: string) => new ApiError("InvalidArn", `Invalid Role Arn: '${arn}'`),
  invalidToken: () => new ApiError("InvalidToken", "Invalid Token: 'Invalid token'"),
  invalidDefinition: (message: string) => new ApiError("InvalidDefinition", message),
  invalidExecutionInput: (detail: string) =>
    new ApiError("InvalidExecutionInput", `Invalid State Machine Execution Input: '${detail}'`),
  /** Our wording, after that of the execution's input. */
  invalidOutput: (detail: string) => new ApiError("InvalidOutput", `Invalid Output: '${detail}'`),
  logDestinations: () =>
    new ApiError(
      "InvalidLoggingConfiguration",
      "Invalid Logging Configuration: Must specify exactly one Log Destination.",
    ),
  logDestinationNotFound: () =>
    new ApiError(
      "InvalidLoggingConfiguration",
      "Invalid Logging Configuration: Log Destination not found.",
    ),
  /** Our wording. */
  logGroupArn: () =>
    new ApiError(
      "InvalidLoggingConfiguration",
      "Invalid Logging Configuration: The log destination must be the ARN of a log group that ends with ':*'.",
    ),
  /** Our wording. */
  encryption: (detail: string) =>
    new ApiError("InvalidEncryptionConfiguration", `Invalid Encryption Configuration: ${detail}`),

  /** Documented: what the three errors of KMS mean; the rest of their wording is ours. */
  /** `refusal`: what the caller lacks, where it is known that it is he. */
  kmsAccessDenied: (kmsKeyId: string, refusal?: string) =>
    new ApiError(
      "KmsAccessDeniedException",
      refusal ??
        `Either the KMS key policy of '${kmsKeyId}' or the API caller does not have the required permissions.`,
    ),
  kmsInvalidState: (kmsKeyId: string, kmsKeyState: string) =>
    new ApiError(
      "KmsInvalidStateException",
      `The KMS key '${kmsKeyId}' is not in valid state: ${kmsKeyState}.`,
      { kmsKeyState },
    ),
  kmsThrottling: (kmsKeyId: string) =>
    new ApiError(
      "KmsThrottlingException",
      `KMS throttled a call for the key '${kmsKeyId}' that was made on behalf of the caller.`,
    ),

  stateMachineDoesNotExist: (arn: string) =>
    new ApiError("StateMachineDoesNotExist", `State Machine Does Not Exist: '${arn}'`),
  stateMachineAlreadyExists: (arn: string) =>
    new ApiError("StateMachineAlreadyExists", `State Machine Already Exists: '${arn}'`),
  /** Our wording. */
  stateMachineDeleting: (arn: string) =>
    new ApiError("StateMachineDeleting", `State Machine is being deleted: '${arn}'`),
  typeNotSupported: () =>
    new ApiError(
      "StateMachineTypeNotSupported",
      "This operation is not supported by this type of state machine",
    ),

  revisionConflict: (asked: string, current: string) =>
    new ApiError(
      "ConflictException",
      `Failed to publish the State Machine version for revision ${asked}. ` +
        `The current State Machine revision is ${current}.`,
    ),
  /** Our wording: no operation of AWS's can answer it. */
  changedMeanwhile: (replaced: string, current: string) =>
    new ApiError(
      "ConflictException",
      `The State Machine has been changed: the revision ${replaced} was to be replaced, and the current one is ${current}.`,
    ),
  versionInUse: (aliases: readonly string[]) =>
    new ApiError(
      "ConflictException",
      "Version to be deleted must not be referenced by an alias. " +
        `Current list of aliases referencing this version: [${aliases.join(", ")}]`,
    ),
  aliasExists: () =>
    new ApiError(
      "ConflictException",
      "Failed to create alias because an alias with the same name and a different routing configuration already exists.",
    ),
  routingConfiguration: (message: string) =>
    errors.validation(message, "INVALID_ROUTING_CONFIGURATION"),
  /** Our wording. */
  missingAliasUpdate: () =>
    errors.validation(
      "Either the description or the routing configuration must be specified",
      "MISSING_REQUIRED_PARAMETER",
    ),
  /** Our wording. */
  quota: (what: string, limit: number) =>
    new ApiError(
      "ServiceQuotaExceededException",
      `A state machine may have at most ${limit} ${what}`,
    ),

  executionDoesNotExist: (arn: string) =>
    new ApiError("ExecutionDoesNotExist", `Execution Does Not Exist: '${arn}'`),
  executionAlreadyExists: (arn: string) =>
    new ApiError("ExecutionAlreadyExists", `Execution Already Exists: '${arn}'`),

  activityDoesNotExist: (arn: string) =>
    new ApiError("ActivityDoesNotExist", `Activity Does Not Exist: '${arn}'`),
  /** Our wording. */
  activityAlreadyExists: (arn: string) =>
    new ApiError("ActivityAlreadyExists", `Activity Already Exists: '${arn}'`),
  /** Our wording. */
  activityWorkers: (limit: number) =>
    new ApiError(
      "ActivityWorkerLimitExceeded",
      `At most ${limit} workers may wait for tasks of one activity at the same time`,
    ),
  /** Documented in many reports. */
  taskTimedOut: () =>
    new ApiError("TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'"),
  /** Our wording. */
  taskDoesNotExist: () =>
    new ApiError("TaskDoesNotExist", "Task Does Not Exist: 'Provided task does not exist'"),

  /** The reasons are documented, the sentence is ours. */
  notRedrivable: (arn: string, reason: string) =>
    new ApiError("ExecutionNotRedrivable", `Execution Not Redrivable: '${arn}': ${reason}`),
  /** Documented: the reason; the wording is ours. */
  completedMapRun: () =>
    errors.validation(
      "A Map Run that has ended cannot be updated",
      "CANNOT_UPDATE_COMPLETED_MAP_RUN",
    ),
  resourceNotFound: (arn: string) =>
    new ApiError("ResourceNotFound", "Request references a resource that does not exist.", {
      resourceName: arn,
    }),
  /** Our wording. */
  tooManyTags: (arn: string, limit: number) =>
    new ApiError("TooManyTags", `A resource may have at most ${limit} tags`, { resourceName: arn }),
} as const;
