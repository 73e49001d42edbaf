import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  setMember,
} from "../../expression/json.ts";
import type { dynamodb as actions } from "../../asl/resources/integrations/dynamodb.ts";
import type { ServiceDescription } from "../described/description.ts";
import type { Permission } from "../described/permission.ts";

const onTable = (
  action: string,
): { readonly permission: Permission; readonly complete: (given: JsonObject) => JsonObject } => ({
  complete: withAttributes,
  permission: {
    action: `dynamodb:${action}`,
    resource: {
      parameters: ["TableName"],
      as: "name",
      arn: "arn:{partition}:dynamodb:{region}:{account}:table/{name}",
    },
  },
});

/** Parameters whose members are attributes. */
const holders = ["Item", "Key", "ExpressionAttributeValues"];

/**
 * A text where an attribute is wanted is an attribute of the type `S`, as the AWS SDK for Java, version 1, reads it. *Documented*, by
 * definitions that AWS publishes: `"id.$": "$$.Execution.Id"` in an item, `{ "L": ["Process1"] }`.
 */
function withAttributes(parameters: JsonObject): JsonObject {
  const sent: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(parameters)) {
    const isHolder = holders.includes(name) && isJsonObject(value);
    setMember(sent, name, isHolder ? attributesIn(value) : value);
  }
  return sent;
}

function attributesIn(attributes: JsonObject): JsonObject {
  const read: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(attributes)) setMember(read, name, attribute(value));
  return read;
}

function attribute(value: JsonValue): JsonValue {
  if (typeof value === "string") return { S: value };
  if (!isJsonObject(value)) return value;
  const { L, M } = value;
  return {
    ...value,
    ...(L !== undefined && isJsonArray(L) ? { L: L.map(attribute) } : {}),
    ...(M !== undefined && isJsonObject(M) ? { M: attributesIn(M) } : {}),
  };
}

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
