import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  ownMember,
} from "../../../expression/json.ts";
import { scopeOfArn } from "../../../machine/arns.ts";
import { calledAsTask, type PipeServices } from "../pipe-caller.ts";
import type { PipeRecord } from "../pipe-record.ts";
import {
  emptyBatch,
  type PipeSource,
  type SourceBatch,
  type SourceMessage,
} from "../pipe-source.ts";

/** *Documented*: messages of one call, and the longest wait of one. */
const mostReceived = 10;
const longestWaitSeconds = 20;
/** *Documented*: pipes, batch size of a queue. */
const usualBatchSize = 10;
/** *Our choice*: executions that are waited for side by side. */
const atOnce = 10;

/** A queue, by the AWS SDK or in the stand-in: called as a Task of the pipe's role would call it. */
export function sqsSource(
  services: Pick<PipeServices, "tasks">,
  pipe: PipeRecord,
  now: () => number,
): PipeSource {
  const { Source: arn, SourceParameters: { SqsQueueParameters: batching = {} } = {} } = pipe;
  const { region } = scopeOfArn(arn);
  const [account = "", queue = ""] = arn.split(":").slice(4);
  const QueueUrl = `https://sqs.${region}.amazonaws.com/${account}/${queue}`;
  const { BatchSize = usualBatchSize, MaximumBatchingWindowInSeconds: window = 0 } = batching;

  async function received(most: number, waitSeconds: number, signal: AbortSignal) {
    const answer = await calledAsTask(
      services,
      pipe,
      "aws-sdk:sqs:receiveMessage",
      {
        QueueUrl,
        MaxNumberOfMessages: Math.min(most, mostReceived),
        WaitTimeSeconds: Math.min(waitSeconds, longestWaitSeconds),
        AttributeNames: ["All"],
        MessageAttributeNames: ["All"],
      },
      signal,
    );
    const messages = isJsonObject(answer) ? ownMember(answer, "Messages") : undefined;
    return isJsonArray(messages ?? null) ? (messages as readonly JsonObject[]) : [];
  }

  return {
    atOnce: Math.min(atOnce, pipe.Mapping?.concurrency ?? atOnce),
    async receive(signal): Promise<SourceBatch> {
      const taken = [...(await received(BatchSize, longestWaitSeconds, signal))];
      const until = now() + window * 1000;
      while (taken.length > 0 && taken.length < BatchSize && !signal.aborted) {
        const leftSeconds = Math.max(0, Math.floor((until - now()) / 1000));
        const more = await received(BatchSize - taken.length, leftSeconds, signal);
        taken.push(...more);
        if (more.length === 0 && leftSeconds < longestWaitSeconds) break;
      }
      if (taken.length === 0) return emptyBatch;
      const handles = new Map<string, JsonValue>();
      const messages = taken.map((message): SourceMessage => {
        const id = message["MessageId"] as string;
        handles.set(id, message["ReceiptHandle"] ?? null);
        return { id, event: sqsEvent(message, arn, region) };
      });
      return {
        messages,
        async settle(done) {
          await Promise.all(
            done.map(({ id }) =>
              calledAsTask(
                services,
                pipe,
                "aws-sdk:sqs:deleteMessage",
                { QueueUrl, ReceiptHandle: handles.get(id) ?? null },
                // What the target has is done with, whoever ends.
                new AbortController().signal,
              ),
            ),
          );
        },
      };
    },
    close: () => Promise.resolve(),
  };
}

/** *Documented*: EventBridge Pipes, Amazon SQS as a source: the event as functions get it. */
function sqsEvent(message: JsonObject, eventSourceARN: string, awsRegion: string): JsonObject {
  return {
    messageId: message["MessageId"] ?? null,
    receiptHandle: message["ReceiptHandle"] ?? null,
    body: message["Body"] ?? "",
    attributes: message["Attributes"] ?? {},
    messageAttributes: attributesOf(message["MessageAttributes"] ?? {}),
    md5OfBody: message["MD5OfBody"] ?? message["Md5OfBody"] ?? null,
    eventSource: "aws:sqs",
    eventSourceARN,
    awsRegion,
  };
}

/** Their members begin with small letters in events. */
function attributesOf(attributes: JsonValue): JsonObject {
  if (!isJsonObject(attributes)) return {};
  return Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]) => [
      name,
      Object.fromEntries(
        Object.entries(isJsonObject(attribute) ? attribute : {}).map(([member, value]) => [
          member.charAt(0).toLowerCase() + member.slice(1),
          value,
        ]),
      ),
    ]),
  );
}
