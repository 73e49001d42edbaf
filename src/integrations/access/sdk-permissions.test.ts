import { expect, test } from "vitest";
import { parseResource } from "../../asl/resources/parse-resource.ts";
import type { JsonObject } from "../../expression/json.ts";
import { Payload } from "../../expression/payload.ts";
import { permissionResources } from "./permission-resources.ts";
import { taskPermissions } from "./task-permissions.ts";

const scope = { partition: "aws", region: "eu-west-1", accountId: "123456789012" };
const here = "eu-west-1:123456789012";

test.each<[resource: string, parameters: JsonObject, action: string, arn: string]>([
  ["s3:getObject", { Bucket: "b", Key: "k/1" }, "s3:GetObject", "arn:aws:s3:::b/k/1"],
  ["s3:headObject", { Bucket: "b", Key: "k" }, "s3:GetObject", "arn:aws:s3:::b/k"],
  ["s3:listObjectsV2", { Bucket: "b", Prefix: "k" }, "s3:ListBucket", "arn:aws:s3:::b"],
  ["s3:listBuckets", {}, "s3:ListAllMyBuckets", "*"],
  ["dynamodb:query", { TableName: "t" }, "dynamodb:Query", `arn:aws:dynamodb:${here}:table/t`],
  ["dynamodb:listTables", {}, "dynamodb:ListTables", "*"],
  [
    "dynamodb:query",
    { TableName: "arn:aws:dynamodb:us-east-1:999999999999:table/t" },
    "dynamodb:Query",
    "arn:aws:dynamodb:us-east-1:999999999999:table/t",
  ],
  [
    "sqs:receiveMessage",
    { QueueUrl: "https://sqs.us-east-1.amazonaws.com/999999999999/q" },
    "sqs:ReceiveMessage",
    "arn:aws:sqs:us-east-1:999999999999:q",
  ],
  [
    "secretsmanager:getSecretValue",
    { SecretId: "prod/db" },
    "secretsmanager:GetSecretValue",
    `arn:aws:secretsmanager:${here}:secret:prod/db-??????`,
  ],
  ["ssm:getParameter", { Name: "/a/b" }, "ssm:GetParameter", `arn:aws:ssm:${here}:parameter/a/b`],
  [
    "cloudwatchlogs:putLogEvents",
    { LogGroupName: "/orders" },
    "logs:PutLogEvents",
    `arn:aws:logs:${here}:log-group:/orders:*`,
  ],
  [
    "lambda:invoke",
    { FunctionName: "f", Qualifier: "live" },
    "lambda:InvokeFunction",
    `arn:aws:lambda:${here}:function:f:live`,
  ],
  ["translate:translateText", { Text: "x" }, "translate:TranslateText", "*"],
])("aws-sdk:%s with %j is %s on %s", (text, parameters, action, arn) => {
  const { resource } = parseResource(`arn:aws:states:::aws-sdk:${text}`);
  if (resource === undefined || resource.kind === "activity") throw new Error(`${text} is no task`);
  const [permission, ...more] = taskPermissions(resource);
  expect([permission?.action, more]).toEqual([action, []]);
  if (permission === undefined) return;
  const task = { resource, parameters: Payload.ofValue(parameters), stateMachineArn: "m" };
  expect(permissionResources(permission, task, scope)).toEqual([arn]);
});
