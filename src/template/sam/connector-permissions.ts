/** What a connector allows for one access category. `*` after an ARN's variable is beneath it. */
export interface ConnectorStatement {
  readonly actions: readonly string[];
  /** `arn`: the resource; anything else is appended to it, or is an ARN of its own with `${Name}` in it. */
  readonly resources: readonly string[];
}

export type AccessCategories = {
  readonly [category in "Read" | "Write"]?: readonly ConnectorStatement[];
};

function allow(
  service: string,
  names: string,
  ...resources: readonly string[]
): ConnectorStatement {
  return {
    actions: names.split(" ").map((name) => `${service}:${name}`),
    resources: resources.length === 0 ? ["arn"] : resources,
  };
}

const executions =
  "arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:execution:${Name}:*";
const syncRule =
  "arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:rule/StepFunctionsGetEventsForStepFunctionsExecutionRule";

const bucket: AccessCategories = {
  Read: [
    allow(
      "s3",
      "GetObject GetObjectAcl GetObjectLegalHold GetObjectRetention GetObjectTorrent GetObjectVersion GetObjectVersionAcl GetObjectVersionForReplication GetObjectVersionTorrent ListBucket ListBucketMultipartUploads ListBucketVersions ListMultipartUploadParts",
      "arn",
      "/*",
    ),
  ],
  Write: [
    allow(
      "s3",
      "AbortMultipartUpload DeleteObject DeleteObjectVersion PutObject PutObjectLegalHold PutObjectRetention RestoreObject",
      "arn",
      "/*",
    ),
  ],
};

const table: AccessCategories = {
  Read: [
    allow(
      "dynamodb",
      "GetItem Query Scan BatchGetItem ConditionCheckItem PartiQLSelect",
      "arn",
      "/index/*",
    ),
  ],
  Write: [
    allow(
      "dynamodb",
      "PutItem UpdateItem DeleteItem BatchWriteItem PartiQLDelete PartiQLInsert PartiQLUpdate",
      "arn",
      "/index/*",
    ),
  ],
};

const lambda: AccessCategories = { Write: [allow("lambda", "InvokeAsync InvokeFunction")] };
const topic: AccessCategories = { Write: [allow("sns", "Publish")] };
const bus: AccessCategories = { Write: [allow("events", "PutEvents")] };

/**
 * What the role of a source of a connector may do with its destination, by their types in CloudFormation.
 *
 * Documented: "AWS SAM connector reference". Connectors that make permissions of the destination are not among them.
 */
export const connectorPermissions: {
  readonly [source: string]: { readonly [destination: string]: AccessCategories };
} = {
  "AWS::Lambda::Function": {
    "AWS::Lambda::Function": lambda,
    "AWS::S3::Bucket": bucket,
    "AWS::DynamoDB::Table": table,
    "AWS::SNS::Topic": topic,
    "AWS::Events::EventBus": bus,
    "AWS::SQS::Queue": {
      Read: [allow("sqs", "ReceiveMessage GetQueueAttributes")],
      Write: [allow("sqs", "DeleteMessage SendMessage ChangeMessageVisibility PurgeQueue")],
    },
    "AWS::StepFunctions::StateMachine": {
      Read: [
        allow("states", "DescribeStateMachine ListExecutions"),
        allow(
          "states",
          "DescribeExecution DescribeStateMachineForExecution GetExecutionHistory",
          executions,
        ),
      ],
      Write: [
        allow("states", "StartExecution StartSyncExecution"),
        allow("states", "StopExecution", executions),
      ],
    },
  },
  "AWS::StepFunctions::StateMachine": {
    "AWS::Lambda::Function": lambda,
    "AWS::S3::Bucket": bucket,
    "AWS::DynamoDB::Table": table,
    "AWS::SNS::Topic": topic,
    "AWS::Events::EventBus": bus,
    "AWS::SQS::Queue": { Write: [allow("sqs", "SendMessage")] },
    "AWS::StepFunctions::StateMachine": {
      Read: [
        allow("states", "DescribeExecution", executions),
        allow("events", "DescribeRule", syncRule),
      ],
      Write: [
        allow("states", "StartExecution"),
        allow("states", "StopExecution", executions),
        allow("events", "PutTargets PutRule", syncRule),
      ],
    },
  },
};
