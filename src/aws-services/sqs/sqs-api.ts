import type { MemoryServices } from "../../integrations/memory/memory-services.ts";
import { sqsOperations } from "../../integrations/memory/sqs/sqs-operations.ts";
import type { JsonObject } from "../../expression/json.ts";
import type { Caller } from "../../ports/caller.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Ids } from "../../ports/ids.ts";
import type { ServiceApi, ServiceMembers, ServiceValue } from "../../ports/service-api.ts";
import { textOf } from "../members.ts";
import { shapedInput, type Shapes } from "../shaped-input.ts";
import { standInOff, standInOperations } from "../stand-in-operations.ts";

const message: Shapes = {
  MessageBody: "text",
  DelaySeconds: "number",
  MessageAttributes: "attributes",
  MessageSystemAttributes: "attributes",
  MessageDeduplicationId: "text",
  MessageGroupId: "text",
};
const receipt: Shapes = { ReceiptHandle: "text", VisibilityTimeout: "number" };

const shapes: Shapes = {
  ...message,
  ...receipt,
  QueueUrl: "text",
  QueueName: "text",
  QueueNamePrefix: "text",
  QueueOwnerAWSAccountId: "text",
  Attributes: "map",
  AttributeNames: "texts",
  MessageAttributeNames: "texts",
  MessageSystemAttributeNames: "texts",
  MaxNumberOfMessages: "number",
  WaitTimeSeconds: "number",
  ReceiveRequestAttemptId: "text",
  Entries: { listOf: { Id: "text", ...message, ...receipt } },
};

/** *Documented*: batches are allowed by the action of one message. */
const actions: { readonly [operation: string]: string } = {
  SendMessageBatch: "SendMessage",
  DeleteMessageBatch: "DeleteMessage",
};

const sqsProtocol = {
  signingName: "sqs",
  protocol: { type: "json", version: "1.0", targetPrefix: "AmazonSQS" },
} as const;

/** Where no stand-in is on. */
export const sqsOff: ServiceApi = { ...sqsProtocol, operations: {}, off: standInOff("SQS") };

/** SQS, answered by the stand-in's queues. */
export function sqsApi(
  { queues }: Pick<MemoryServices, "queues">,
  { clock, ids }: { readonly clock: Clock; readonly ids: Ids },
): ServiceApi {
  const operationsIn = (region: string) => sqsOperations({ queues, clock, ids, region });
  return {
    ...sqsProtocol,
    operations: standInOperations(Object.keys(operationsIn("")), {
      operationsIn,
      inputOf: (members) => shapedInput(members, shapes),
      accessOf: (operation, members, caller) => ({
        action: `sqs:${actions[operation] ?? operation}`,
        resource: operation === "ListQueues" ? "*" : queueArn(members, caller),
      }),
      answerOf: (_, answer) => withTexts(answer),
    }),
  };
}

function queueArn(members: JsonObject, { partition, region, accountId }: Caller): string {
  const [, host = "", account = accountId, name = ""] =
    /^https?:\/\/([^/]+)\/(?:queue\/)?([^/]+)\/([^/]+)$/.exec(textOf(members, "QueueUrl") ?? "") ??
    [];
  const [, named = region] = /^sqs\.([a-z0-9-]+)\.amazonaws\.com/.exec(host) ?? [];
  return `arn:${partition}:sqs:${named}:${account}:${textOf(members, "QueueName") ?? name}`;
}

/** Bytes of attributes, which JSON has in base64. */
function withTexts(members: ServiceMembers): ServiceMembers {
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => [name, withoutBytes(value)]),
  );
}

function withoutBytes(value: ServiceValue): ServiceValue {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (value instanceof Date || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return (value as readonly ServiceValue[]).map(withoutBytes);
  return withTexts(value as ServiceMembers);
}
