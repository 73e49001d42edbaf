import { ownMember, type JsonObject } from "../../../expression/json.ts";
import { getAtt, objectMember, type Resources } from "../expansion.ts";
import { made, type SamEvent } from "./event.ts";

export interface DeadLetterQueue {
  /** The target's `DeadLetterConfig`. */
  readonly config: JsonObject | undefined;
  /** The queue, where SAM is asked to make it. */
  readonly resources: Resources;
}

/** A queue that is named by its ARN, or one that is made: `DeadLetterConfig: { Type: SQS }`. */
export function deadLetterQueue(event: SamEvent): DeadLetterQueue {
  const config = objectMember(event.properties, "DeadLetterConfig");
  if (config === undefined) return { config: undefined, resources: {} };
  const arn = ownMember(config, "Arn");
  if (arn !== undefined) return { config: { Arn: arn }, resources: {} };
  const written = ownMember(config, "QueueLogicalId");
  const queueId = typeof written === "string" ? written : `${event.logicalId}Queue`;
  return {
    config: { Arn: getAtt(queueId, "Arn") },
    resources: { [queueId]: made(event, "AWS::SQS::Queue", {}) },
  };
}

/** Lets a rule, which has no role for it, send to the queue that was made for it. */
export function queuePolicy(event: SamEvent, { resources }: DeadLetterQueue): Resources {
  const [queueId] = Object.keys(resources);
  if (queueId === undefined) return {};
  return {
    [`${event.logicalId}QueuePolicy`]: made(event, "AWS::SQS::QueuePolicy", {
      Queues: [{ Ref: queueId }],
      PolicyDocument: {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "events.amazonaws.com" },
            Action: "sqs:SendMessage",
            Resource: getAtt(queueId, "Arn"),
            Condition: { ArnEquals: { "aws:SourceArn": getAtt(event.logicalId, "Arn") } },
          },
        ],
      },
    }),
  };
}
