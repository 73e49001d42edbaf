import type { TaskHandler } from "../ports/task-handler.ts";
import { callOptimized, type OptimizedIntegration } from "./aws/optimized-call.ts";
import { memberNotNull } from "./aws/member-not-null.ts";
import { type ParameterTable, parameterProblems } from "./aws/parameter-table.ts";
import type { SdkClients } from "./aws/sdk-clients.ts";
import type { IntegrationOptions } from "./integration-options.ts";
import { parametersRefusal } from "./invalid-parameters.ts";

const write: ParameterTable = {
  TableName: "text!",
  ConditionExpression: "text",
  ConditionalOperator: "text",
  Expected: "object",
  ExpressionAttributeNames: "object",
  ExpressionAttributeValues: "object",
  ReturnConsumedCapacity: "text",
  ReturnItemCollectionMetrics: "text",
  ReturnValues: "text",
  ReturnValuesOnConditionCheckFailure: "text",
};

const actions: { readonly [action: string]: ParameterTable } = {
  getItem: {
    TableName: "text!",
    Key: "object!",
    AttributesToGet: "list",
    ConsistentRead: "boolean",
    ExpressionAttributeNames: "object",
    ProjectionExpression: "text",
    ReturnConsumedCapacity: "text",
  },
  putItem: { ...write, Item: "object!" },
  updateItem: { ...write, Key: "object!", AttributeUpdates: "object", UpdateExpression: "text" },
  deleteItem: { ...write, Key: "object!" },
};

const dynamodb: OptimizedIntegration = {
  service: "dynamodb",
  errorPrefix: "DynamoDB",
  serviceName: "AmazonDynamoDBv2",
  baseException: "AmazonDynamoDBException",
  headers: [
    "Server",
    "Connection",
    "x-amzn-RequestId",
    "x-amz-crc32",
    "Content-Length",
    "Date",
    "Content-Type",
  ],
  documents: [],
  refuseNulls: memberNotNull,
};

/** `arn:aws:states:::dynamodb:getItem`, `putItem`, `updateItem` and `deleteItem`: attributes are as the API has them. */
export function dynamodbItem(clients: SdkClients, options: IntegrationOptions): TaskHandler {
  return {
    handles: (resource) =>
      resource.kind === "service" &&
      resource.resourceType === "dynamodb" &&
      Object.hasOwn(actions, resource.action),
    refuseParameters: (resource, parameters) =>
      parametersRefusal(parameters, parameterProblems(tableOf(resource), parameters.value)),
    run: (request, control) =>
      callOptimized(dynamodb, tableOf(request.resource), request, control, { clients, options }),
  };
}

function tableOf(resource: Parameters<TaskHandler["handles"]>[0]): ParameterTable {
  return (resource.kind === "service" && actions[resource.action]) || {};
}
