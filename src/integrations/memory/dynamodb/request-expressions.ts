import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { ExpressionNames } from "./expressions/expression-names.ts";
import { invalid, notBuilt } from "./validation.ts";

/** The members of requests that are older than expressions, with what to use in their place. */
const older = {
  AttributesToGet: "ProjectionExpression",
  AttributeUpdates: "UpdateExpression",
  ConditionalOperator: "ConditionExpression or FilterExpression",
  Expected: "ConditionExpression",
  KeyConditions: "KeyConditionExpression",
  QueryFilter: "FilterExpression",
  ScanFilter: "FilterExpression",
} as const;

interface GivenNames {
  readonly ExpressionAttributeNames?: Record<string, string> | undefined;
  readonly ExpressionAttributeValues?: Record<string, AttributeValue> | undefined;
}

/** What the expressions of a request mean, of which `members` are the names that it may have; `read` reads them. */
export function readExpressions<Request extends GivenNames, Read>(
  request: Request,
  members: readonly (keyof Request & string)[],
  read: (names: ExpressionNames) => Read,
): Read {
  for (const [member, instead] of Object.entries(older)) {
    if ((request as Readonly<Record<string, unknown>>)[member] !== undefined) {
      throw notBuilt(`${member}; use ${instead}`);
    }
  }
  const has = (member: keyof Request): boolean => request[member] !== undefined;
  if (has("ExpressionAttributeNames") && !members.some(has)) {
    throw invalid("ExpressionAttributeNames can only be specified when using expressions");
  }
  const taking = members.filter((member) => member !== "ProjectionExpression");
  if (has("ExpressionAttributeValues") && taking.length > 0 && !taking.some(has)) {
    throw invalid(
      `ExpressionAttributeValues can only be specified when using expressions: ${taking.join(" and ")} ${taking.length > 1 ? "are" : "is"} null`,
    );
  }
  const names = new ExpressionNames(
    request.ExpressionAttributeNames,
    request.ExpressionAttributeValues,
  );
  const result = read(names);
  names.refuseUnused();
  return result;
}
