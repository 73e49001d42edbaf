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
  /** Our wording. */
  logGroupArn: () =>
    new ApiError(
      "InvalidLoggingConfiguration",
      "Invalid Logging Configuration: The log destination must be the ARN of a log group that ends with ':*'.",
    ),
  /** Our wording. */
  encryption: (detail: string) =>
    new ApiError("InvalidEncryptionConfiguration", `Invalid Encryption Configuration: ${detail}`),

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

  resourceNotFound: (arn: string) =>
    new ApiError("ResourceNotFound", "Request references a resource that does not exist.", {
      resourceName: arn,
    }),
  /** Our wording. */
  tooManyTags: (arn: string, limit: number) =>
    new ApiError("TooManyTags", `A resource may have at most ${limit} tags`, { resourceName: arn }),
} as const;
