import type { MemoryServices } from "../../integrations/memory/memory-services.ts";
import { snsOperations } from "../../integrations/memory/sns/sns-operations.ts";
import type { ServiceApi } from "../../ports/service-api.ts";
import { textOf } from "../members.ts";
import { shapedInput, type Shapes } from "../shaped-input.ts";
import { standInOff, standInOperations } from "../stand-in-operations.ts";

const message: Shapes = {
  Message: "text",
  Subject: "text",
  MessageStructure: "text",
  MessageAttributes: "attributes",
  MessageDeduplicationId: "text",
  MessageGroupId: "text",
};

const shapes: Shapes = {
  ...message,
  TopicArn: "text",
  TargetArn: "text",
  PhoneNumber: "text",
  Name: "text",
  Protocol: "text",
  Endpoint: "text",
  Attributes: "map",
  AttributeName: "text",
  AttributeValue: "text",
  SubscriptionArn: "text",
  ReturnSubscriptionArn: "flag",
  PublishBatchRequestEntries: { listOf: { Id: "text", ...message } },
};

const snsProtocol = {
  signingName: "sns",
  protocol: {
    type: "query",
    version: "2010-03-31",
    namespace: "http://sns.amazonaws.com/doc/2010-03-31/",
  },
} as const;

/** Where no stand-in is on. */
export const snsOff: ServiceApi = { ...snsProtocol, operations: {}, off: standInOff("SNS") };

/** SNS, answered by the stand-in's topics. */
export function snsApi({ topics }: Pick<MemoryServices, "topics">): ServiceApi {
  const operationsIn = (region: string) => snsOperations(topics, region);
  return {
    ...snsProtocol,
    operations: standInOperations(Object.keys(operationsIn("")), {
      operationsIn,
      inputOf: (members) => shapedInput(members, shapes),
      accessOf: (operation, members, { partition, region, accountId }) => ({
        action: `sns:${operation === "PublishBatch" ? "Publish" : operation}`,
        resource:
          textOf(members, "TopicArn") ??
          textOf(members, "TargetArn") ??
          textOf(members, "SubscriptionArn")?.replace(/:[^:]*$/, "") ??
          (operation === "CreateTopic"
            ? `arn:${partition}:sns:${region}:${accountId}:${textOf(members, "Name") ?? ""}`
            : "*"),
      }),
    }),
  };
}
