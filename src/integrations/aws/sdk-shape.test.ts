import * as dynamodb from "@aws-sdk/client-dynamodb";
import * as eventbridge from "@aws-sdk/client-eventbridge";
import * as sns from "@aws-sdk/client-sns";
import * as sqs from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { sdkShape, type SdkShape } from "./sdk-shape.ts";

/** What the installed clients say; it fails if they come to describe their operations in another way. */
function inputOf(command: object): Extract<SdkShape, { type: "structure" }> {
  const shape = sdkShape((command as { schema: readonly unknown[] }).schema[4]);
  if (shape.type !== "structure") throw new Error(shape.type);
  return shape;
}

function member(shape: SdkShape, name: string): SdkShape {
  if (shape.type !== "structure") throw new Error(shape.type);
  return (shape.members.get(name) as () => SdkShape)();
}

test("the clients tell which members a request cannot do without", () => {
  const sendMessage = new sqs.SendMessageCommand({ QueueUrl: "", MessageBody: "" });
  expect(inputOf(sendMessage).required).toEqual(["QueueUrl", "MessageBody"]);
  expect(inputOf(new sns.PublishCommand({ Message: "" })).required).toEqual(["Message"]);
  expect(inputOf(new dynamodb.PutItemCommand({ TableName: "", Item: {} })).required).toEqual([
    "TableName",
    "Item",
  ]);
});

test("the clients tell the types of members, down to values within values", () => {
  const item = member(inputOf(new dynamodb.PutItemCommand({ TableName: "", Item: {} })), "Item");
  if (item.type !== "map") throw new Error(item.type);
  const attribute = item.value();
  expect(member(attribute, "S")).toEqual({ type: "text" });
  expect(member(attribute, "B")).toEqual({ type: "blob" });
  expect(member(attribute, "BOOL")).toEqual({ type: "boolean" });
  const nested = member(attribute, "M");
  if (nested.type !== "map") throw new Error(nested.type);
  expect(nested.value()).toBe(attribute);
  const entries = member(inputOf(new eventbridge.PutEventsCommand({ Entries: [] })), "Entries");
  if (entries.type !== "list") throw new Error(entries.type);
  expect(member(entries.item(), "Time")).toEqual({ type: "timestamp" });
});
