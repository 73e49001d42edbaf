import { ownMember, type JsonObject, type JsonValue } from "../../../expression/json.ts";
import { defined, picked } from "../expansion.ts";
import { made, required, type ExpandEvent, type SamEvent } from "./event.ts";

/** Properties of an event source mapping that SAM's events have by the same name. */
const sameProperties = [
  "AmazonManagedKafkaEventSourceConfig",
  "BatchSize",
  "BisectBatchOnFunctionError",
  "DestinationConfig",
  "DocumentDBEventSourceConfig",
  "Enabled",
  "FilterCriteria",
  "FunctionResponseTypes",
  "KmsKeyArn",
  "MaximumBatchingWindowInSeconds",
  "MaximumRecordAgeInSeconds",
  "MaximumRetryAttempts",
  "MetricsConfig",
  "ParallelizationFactor",
  "ProvisionedPollerConfig",
  "Queues",
  "ScalingConfig",
  "SelfManagedEventSource",
  "SelfManagedKafkaEventSourceConfig",
  "SourceAccessConfigurations",
  "StartingPosition",
  "StartingPositionTimestamp",
  "Topics",
  "TumblingWindowInSeconds",
];

/** Events that Lambda polls for, each with the property that names their source. */
const sources: { readonly [type: string]: string | undefined } = {
  SQS: "Queue",
  Kinesis: "Stream",
  DynamoDB: "Stream",
  MSK: "Stream",
  MQ: "Broker",
  DocumentDB: "Cluster",
  SelfManagedKafka: undefined,
};

export const mappingTypes: { readonly [type: string]: ExpandEvent } = Object.fromEntries(
  Object.entries(sources).map(([type, source]) => [
    type,
    (event: SamEvent) => mapping(event, source),
  ]),
);

/** The managed policies with which a function may read from a source. */
export const mappingPolicies: ReadonlyMap<unknown, string> = new Map([
  ["SQS", "AWSLambdaSQSQueueExecutionRole"],
  ["Kinesis", "AWSLambdaKinesisExecutionRole"],
  ["DynamoDB", "AWSLambdaDynamoDBExecutionRole"],
  ["MSK", "AWSLambdaMSKExecutionRole"],
]);

function mapping(event: SamEvent, source: string | undefined) {
  return {
    [event.logicalId]: made(event, "AWS::Lambda::EventSourceMapping", {
      FunctionName: event.target.name,
      ...(source !== undefined && { EventSourceArn: required(event, source) }),
      ...settings(event),
    }),
  };
}

function settings(event: SamEvent): JsonObject {
  return defined({
    ...picked(event.properties, sameProperties),
    ...selfManaged(ownMember(event.properties, "KafkaBootstrapServers")),
  });
}

function selfManaged(servers: JsonValue | undefined): JsonObject {
  if (servers === undefined) return {};
  return { SelfManagedEventSource: { Endpoints: { KafkaBootstrapServers: servers } } };
}
