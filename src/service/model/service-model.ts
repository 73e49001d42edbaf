import type { Members, Shape } from "./member.ts";
import * as m from "./members.ts";

/** What the model says of one operation. */
export interface OperationModel {
  readonly input: Members;
  /** The errors that are the operation's own; the common ones (`ValidationException` …) come besides. */
  readonly errors: readonly string[];
  /** The member of the output that a page fills. */
  readonly page?: string;
  /** Clients put it before the endpoint's host. */
  readonly hostPrefix?: "sync-";
}

const kms = [
  "KmsAccessDeniedException",
  "KmsInvalidStateException",
  "KmsThrottlingException",
] as const;
const paging = { maxResults: m.maxResults, nextToken: m.nextToken } as const;

/**
 * Every operation of the service: members of the input with their constraints, errors, paging.
 *
 * Kept by hand; `test/api/service-model.test.ts` compares it with the SDK's own model and fails when they differ.
 * Documented: the API reference, 2016-11-23.
 */
export const serviceModel = {
  CreateActivity: {
    input: { name: m.name, tags: m.tags, encryptionConfiguration: m.encryptionConfiguration },
    errors: [
      "ActivityAlreadyExists",
      "ActivityLimitExceeded",
      "InvalidEncryptionConfiguration",
      "InvalidName",
      "KmsAccessDeniedException",
      "KmsThrottlingException",
      "TooManyTags",
    ],
  },
  CreateStateMachine: {
    input: {
      name: m.name,
      definition: m.definition,
      roleArn: m.arn,
      type: m.stateMachineType,
      loggingConfiguration: m.loggingConfiguration,
      tags: m.tags,
      tracingConfiguration: m.tracingConfiguration,
      publish: m.boolean,
      versionDescription: m.description,
      encryptionConfiguration: m.encryptionConfiguration,
    },
    errors: [
      "ConflictException",
      "InvalidArn",
      "InvalidDefinition",
      "InvalidEncryptionConfiguration",
      "InvalidLoggingConfiguration",
      "InvalidName",
      "InvalidTracingConfiguration",
      "KmsAccessDeniedException",
      "KmsThrottlingException",
      "StateMachineAlreadyExists",
      "StateMachineDeleting",
      "StateMachineLimitExceeded",
      "StateMachineTypeNotSupported",
      "TooManyTags",
      "ValidationException",
    ],
  },
  CreateStateMachineAlias: {
    input: {
      name: m.aliasName,
      routingConfiguration: m.routingConfiguration,
      description: m.description,
    },
    errors: [
      "ConflictException",
      "InvalidArn",
      "InvalidName",
      "ResourceNotFound",
      "ServiceQuotaExceededException",
      "StateMachineDeleting",
      "ValidationException",
    ],
  },
  DeleteActivity: { input: { activityArn: m.arn }, errors: ["InvalidArn"] },
  DeleteStateMachine: {
    input: { stateMachineArn: m.arn },
    errors: ["InvalidArn", "ValidationException"],
  },
  DeleteStateMachineAlias: {
    input: { stateMachineAliasArn: m.arn },
    errors: ["ConflictException", "InvalidArn", "ResourceNotFound", "ValidationException"],
  },
  DeleteStateMachineVersion: {
    input: { stateMachineVersionArn: m.longArn },
    errors: ["ConflictException", "InvalidArn", "ValidationException"],
  },
  DescribeActivity: {
    input: { activityArn: m.arn },
    errors: ["ActivityDoesNotExist", "InvalidArn"],
  },
  DescribeExecution: {
    input: { executionArn: m.arn, includedData: m.includedData },
    errors: ["ExecutionDoesNotExist", "InvalidArn", ...kms],
  },
  DescribeMapRun: { input: { mapRunArn: m.longArn }, errors: ["InvalidArn", "ResourceNotFound"] },
  DescribeStateMachine: {
    input: { stateMachineArn: m.arn, includedData: m.includedData },
    errors: ["InvalidArn", ...kms, "StateMachineDoesNotExist"],
  },
  DescribeStateMachineAlias: {
    input: { stateMachineAliasArn: m.arn },
    errors: ["InvalidArn", "ResourceNotFound", "ValidationException"],
  },
  DescribeStateMachineForExecution: {
    input: { executionArn: m.arn, includedData: m.includedData },
    errors: ["ExecutionDoesNotExist", "InvalidArn", ...kms],
  },
  GetActivityTask: {
    input: { activityArn: m.arn, workerName: { type: "string", min: 1, max: 256 } },
    errors: ["ActivityDoesNotExist", "ActivityWorkerLimitExceeded", "InvalidArn", ...kms],
  },
  GetExecutionHistory: {
    input: {
      executionArn: m.arn,
      maxResults: m.maxResults,
      reverseOrder: m.boolean,
      nextToken: m.nextToken,
      includeExecutionData: m.boolean,
    },
    errors: ["ExecutionDoesNotExist", "InvalidArn", "InvalidToken", ...kms],
    page: "events",
  },
  ListActivities: { input: paging, errors: ["InvalidToken"], page: "activities" },
  ListExecutions: {
    input: {
      stateMachineArn: m.optionalArn,
      statusFilter: m.executionStatus,
      maxResults: m.maxResults,
      nextToken: m.executionsNextToken,
      mapRunArn: m.optionalLongArn,
      redriveFilter: { type: "string", enum: ["REDRIVEN", "NOT_REDRIVEN"] },
    },
    errors: [
      "InvalidArn",
      "InvalidToken",
      "ResourceNotFound",
      "StateMachineDoesNotExist",
      "StateMachineTypeNotSupported",
      "ValidationException",
    ],
    page: "executions",
  },
  ListMapRuns: {
    input: { executionArn: m.arn, ...paging },
    errors: ["ExecutionDoesNotExist", "InvalidArn", "InvalidToken"],
    page: "mapRuns",
  },
  ListStateMachineAliases: {
    input: { stateMachineArn: m.arn, ...paging },
    errors: [
      "InvalidArn",
      "InvalidToken",
      "ResourceNotFound",
      "StateMachineDeleting",
      "StateMachineDoesNotExist",
    ],
    page: "stateMachineAliases",
  },
  ListStateMachines: { input: paging, errors: ["InvalidToken"], page: "stateMachines" },
  ListStateMachineVersions: {
    input: { stateMachineArn: m.arn, ...paging },
    errors: ["InvalidArn", "InvalidToken", "ValidationException"],
    page: "stateMachineVersions",
  },
  ListTagsForResource: {
    input: { resourceArn: m.arn },
    errors: ["InvalidArn", "ResourceNotFound"],
  },
  PublishStateMachineVersion: {
    input: { stateMachineArn: m.arn, revisionId: m.revisionId, description: m.description },
    errors: [
      "ConflictException",
      "InvalidArn",
      "ServiceQuotaExceededException",
      "StateMachineDeleting",
      "StateMachineDoesNotExist",
      "ValidationException",
    ],
  },
  RedriveExecution: {
    input: {
      executionArn: m.arn,
      clientToken: { type: "string", min: 1, max: 64, pattern: /^[!-~]+$/ },
    },
    errors: [
      "ExecutionDoesNotExist",
      "ExecutionLimitExceeded",
      "ExecutionNotRedrivable",
      "InvalidArn",
      "ValidationException",
    ],
  },
  SendTaskFailure: {
    input: { taskToken: m.taskToken, error: m.errorName, cause: m.errorCause },
    errors: ["InvalidToken", ...kms, "TaskDoesNotExist", "TaskTimedOut"],
  },
  SendTaskHeartbeat: {
    input: { taskToken: m.taskToken },
    errors: ["InvalidToken", "TaskDoesNotExist", "TaskTimedOut"],
  },
  SendTaskSuccess: {
    input: { taskToken: m.taskToken, output: m.requiredPayload },
    errors: ["InvalidOutput", "InvalidToken", ...kms, "TaskDoesNotExist", "TaskTimedOut"],
  },
  StartExecution: {
    input: {
      stateMachineArn: m.arn,
      name: m.optionalName,
      input: m.payload,
      traceHeader: m.traceHeader,
    },
    errors: [
      "ExecutionAlreadyExists",
      "ExecutionLimitExceeded",
      "InvalidArn",
      "InvalidExecutionInput",
      "InvalidName",
      ...kms,
      "StateMachineDeleting",
      "StateMachineDoesNotExist",
      "ValidationException",
    ],
  },
  StartSyncExecution: {
    input: {
      stateMachineArn: m.arn,
      name: m.optionalName,
      input: m.payload,
      traceHeader: m.traceHeader,
      includedData: m.includedData,
    },
    errors: [
      "InvalidArn",
      "InvalidExecutionInput",
      "InvalidName",
      ...kms,
      "StateMachineDeleting",
      "StateMachineDoesNotExist",
      "StateMachineTypeNotSupported",
    ],
    hostPrefix: "sync-",
  },
  StopExecution: {
    input: { executionArn: m.arn, error: m.errorName, cause: m.errorCause },
    errors: ["ExecutionDoesNotExist", "InvalidArn", ...kms, "ValidationException"],
  },
  TagResource: {
    input: { resourceArn: m.arn, tags: { ...m.tags, required: true } },
    errors: ["InvalidArn", "ResourceNotFound", "TooManyTags"],
  },
  TestState: {
    input: {
      definition: m.definition,
      roleArn: m.optionalArn,
      input: m.payload,
      inspectionLevel: { type: "string", enum: ["INFO", "DEBUG", "TRACE"] },
      revealSecrets: m.boolean,
      variables: m.payload,
      stateName: { type: "string", min: 1, max: 80, sensitive: true },
      mock: {
        type: "structure",
        shape: "MockInput",
        members: {
          result: m.payload,
          errorOutput: {
            type: "structure",
            shape: "MockErrorOutput",
            members: { error: m.errorName, cause: m.errorCause },
          },
          fieldValidationMode: { type: "string", enum: ["STRICT", "PRESENT", "NONE"] },
        },
      },
      context: m.payload,
      stateConfiguration: {
        type: "structure",
        shape: "TestStateConfiguration",
        members: {
          retrierRetryCount: { type: "integer", min: 0 },
          errorCausedByState: { type: "string", min: 1, max: 80, sensitive: true },
          mapIterationFailureCount: { type: "integer", min: 0 },
          mapItemReaderData: m.payload,
        },
      },
    },
    errors: ["InvalidArn", "InvalidDefinition", "InvalidExecutionInput", "ValidationException"],
    hostPrefix: "sync-",
  },
  UntagResource: {
    input: { resourceArn: m.arn, tagKeys: m.tagKeys },
    errors: ["InvalidArn", "ResourceNotFound"],
  },
  UpdateMapRun: {
    input: {
      mapRunArn: m.longArn,
      maxConcurrency: { type: "integer", min: 0 },
      toleratedFailurePercentage: { type: "float", min: 0, max: 100 },
      toleratedFailureCount: { type: "integer", min: 0 },
    },
    errors: ["InvalidArn", "ResourceNotFound", "ValidationException"],
  },
  UpdateStateMachine: {
    input: {
      stateMachineArn: m.arn,
      definition: m.optionalDefinition,
      roleArn: m.optionalArn,
      loggingConfiguration: m.loggingConfiguration,
      tracingConfiguration: m.tracingConfiguration,
      publish: m.boolean,
      versionDescription: m.description,
      encryptionConfiguration: m.encryptionConfiguration,
    },
    errors: [
      "ConflictException",
      "InvalidArn",
      "InvalidDefinition",
      "InvalidEncryptionConfiguration",
      "InvalidLoggingConfiguration",
      "InvalidTracingConfiguration",
      "KmsAccessDeniedException",
      "KmsThrottlingException",
      "MissingRequiredParameter",
      "ServiceQuotaExceededException",
      "StateMachineDeleting",
      "StateMachineDoesNotExist",
      "ValidationException",
    ],
  },
  UpdateStateMachineAlias: {
    input: {
      stateMachineAliasArn: m.arn,
      description: m.description,
      routingConfiguration: m.optionalRoutingConfiguration,
    },
    errors: [
      "ConflictException",
      "InvalidArn",
      "ResourceNotFound",
      "StateMachineDeleting",
      "ValidationException",
    ],
  },
  ValidateStateMachineDefinition: {
    input: {
      definition: m.definition,
      type: m.stateMachineType,
      severity: { type: "string", enum: ["ERROR", "WARNING"] },
      maxResults: { type: "integer", min: 0, max: 100 },
    },
    errors: ["ValidationException"],
  },
} as const satisfies { readonly [name: string]: OperationModel };

export type OperationName = keyof typeof serviceModel;

/** The input of an operation after validation. */
export type InputOf<N extends OperationName> = Shape<(typeof serviceModel)[N]["input"]>;

/** The error codes that an operation may answer with. */
export type ErrorOf<N extends OperationName> = (typeof serviceModel)[N]["errors"][number];

export function isOperationName(name: string): name is OperationName {
  return Object.hasOwn(serviceModel, name);
}
