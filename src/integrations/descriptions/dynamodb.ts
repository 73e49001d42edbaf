import type { dynamodb as actions } from "../../asl/resources/integrations/dynamodb.ts";
import type { ServiceDescription } from "../described/description.ts";
import type { Permission } from "../described/permission.ts";

const onTable = (action: string): { readonly permission: Permission } => ({
  permission: {
    action: `dynamodb:${action}`,
    resource: {
      parameters: ["TableName"],
      as: "name",
      arn: "arn:{partition}:dynamodb:{region}:{account}:table/{name}",
    },
  },
});

/** `arn:aws:states:::dynamodb:getItem`, `putItem`, `updateItem` and `deleteItem`: attributes are as the API has them. */
export const dynamodb: ServiceDescription<keyof typeof actions> = {
  service: "dynamodb",
  calls: { client: "dynamodb" },
  wording: {
    sdk: 1,
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
  },
  actions: {
    getItem: onTable("GetItem"),
    putItem: onTable("PutItem"),
    updateItem: onTable("UpdateItem"),
    deleteItem: onTable("DeleteItem"),
  },
};
