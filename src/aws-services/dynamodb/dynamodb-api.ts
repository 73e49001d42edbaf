import { tableOperations } from "../../integrations/memory/dynamodb/table-operations.ts";
import type { MemoryServices } from "../../integrations/memory/memory-services.ts";
import type { ServiceApi } from "../../ports/service-api.ts";
import { textOf } from "../members.ts";
import { standInOff, standInOperations } from "../stand-in-operations.ts";

const dynamodbProtocol = {
  signingName: "dynamodb",
  protocol: { type: "json", version: "1.0", targetPrefix: "DynamoDB_20120810" },
} as const;

/** Where no stand-in is on. */
export const dynamodbOff: ServiceApi = {
  ...dynamodbProtocol,
  operations: {},
  off: standInOff("DynamoDB"),
};

const names = ["CreateTable", "DescribeTable", "DeleteTable", "ListTables"] as const;

/** The tables of DynamoDB's stand-in, as templates make them. What is in them only tasks ask for. */
export function dynamodbApi({ tablesIn }: Pick<MemoryServices, "tablesIn">): ServiceApi {
  return {
    ...dynamodbProtocol,
    operations: standInOperations(names, {
      operationsIn: (region) => tableOperations(tablesIn(region)),
      accessOf: (operation, members, { partition, region, accountId }) => ({
        action: `dynamodb:${operation}`,
        resource:
          operation === "ListTables"
            ? "*"
            : `arn:${partition}:dynamodb:${region}:${accountId}:table/${textOf(members, "TableName") ?? ""}`,
      }),
    }),
  };
}
