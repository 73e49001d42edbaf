import { shownText } from "../functions/scalar-text.ts";
import { ownMember } from "../../expression/json.ts";
import { defined, objectMember, type ExpandResource } from "./expansion.ts";
import { tagList } from "./tags.ts";

/** `AWS::Serverless::SimpleTable`: a table with one key, `id` if none is named. */
export const expandSimpleTable: ExpandResource = ({ logicalId, properties, attributes }) => {
  const key = objectMember(properties, "PrimaryKey") ?? {};
  const AttributeName = ownMember(key, "Name") ?? "id";
  const type = shownText(ownMember(key, "Type") ?? "String");
  const throughput = ownMember(properties, "ProvisionedThroughput");
  const tags = tagList(properties, undefined);
  return {
    [logicalId]: {
      Type: "AWS::DynamoDB::Table",
      ...attributes,
      Properties: defined({
        AttributeDefinitions: [{ AttributeName, AttributeType: type.charAt(0).toUpperCase() }],
        KeySchema: [{ AttributeName, KeyType: "HASH" }],
        BillingMode: throughput === undefined ? "PAY_PER_REQUEST" : undefined,
        ProvisionedThroughput: throughput,
        TableName: ownMember(properties, "TableName"),
        SSESpecification: ownMember(properties, "SSESpecification"),
        PointInTimeRecoverySpecification: ownMember(properties, "PointInTimeRecoverySpecification"),
        Tags: tags.length > 0 ? tags : undefined,
      }),
    },
  };
};
