import type { IntegrationActions, ParameterTable } from "../integration-action.ts";
import { request } from "../patterns.ts";

const write = {
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
} as const satisfies ParameterTable;

export const dynamodb = {
  getItem: {
    patterns: request,
    parameters: {
      TableName: "text!",
      Key: "object!",
      AttributesToGet: "list",
      ConsistentRead: "boolean",
      ExpressionAttributeNames: "object",
      ProjectionExpression: "text",
      ReturnConsumedCapacity: "text",
    },
  },
  putItem: { patterns: request, parameters: { ...write, Item: "object!" } },
  updateItem: {
    patterns: request,
    parameters: { ...write, Key: "object!", AttributeUpdates: "object", UpdateExpression: "text" },
  },
  deleteItem: { patterns: request, parameters: { ...write, Key: "object!" } },
} as const satisfies IntegrationActions;
