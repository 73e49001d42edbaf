import type {
  ChangeMessageVisibilityCommandInput,
  CreateQueueCommandInput,
  DeleteMessageBatchCommandInput,
  DeleteMessageCommandInput,
  GetQueueAttributesCommandInput,
  GetQueueUrlCommandInput,
  ListQueuesCommandInput,
  PurgeQueueCommandInput,
  ReceiveMessageCommandInput,
  SendMessageBatchCommandInput,
  SendMessageCommandInput,
  SetQueueAttributesCommandInput,
} from "@aws-sdk/client-sqs";
import type { Clock } from "../../../ports/clock.ts";
import type { MemoryCall, MemoryOperations } from "../memory-operation.ts";
import { ServiceRefusal } from "../service-refusal.ts";
import type { Message } from "./message.ts";
import { isReceiptHandle, type Queue, usualAttributes } from "./queue.ts";
import { checkedVisibility, receiveMessages } from "./receive-message.ts";
import { parameter, type Sender, sendMessage } from "./send-message.ts";

export interface SqsOptions extends Sender {
  readonly region: string;
  readonly clock: Pick<Clock, "now" | "schedule">;
}

/** Attributes of queues that mean something here. */
const settable = new Set<string>([
  ...Object.keys(usualAttributes),
  "FifoQueue",
  "ContentBasedDeduplication",
]);

/** *Documented*: entries of a batch. */
const mostEntries = 10;

/** What is built of SQS, for calls in one Region. */
export function sqsOperations(options: SqsOptions): MemoryOperations {
  const { queues, region, clock } = options;
  const queueOf = ({ QueueUrl: url = "" }: { readonly QueueUrl?: string | undefined }): Queue =>
    queues.ofUrl(url, region);

  return {
    SendMessage: (input: SendMessageCommandInput) => sendMessage(queueOf(input), input, options),

    SendMessageBatch(input: SendMessageBatchCommandInput) {
      const queue = queueOf(input);
      return batch(input.Entries, (entry) => sendMessage(queue, entry, options));
    },

    async ReceiveMessage(input: ReceiveMessageCommandInput, { signal }: MemoryCall) {
      const messages = await receiveMessages(queueOf(input), input, { clock, signal });
      return messages.length === 0 ? {} : { Messages: messages };
    },

    DeleteMessage(input: DeleteMessageCommandInput) {
      deleteMessage(queueOf(input), input.ReceiptHandle ?? "");
      return {};
    },

    DeleteMessageBatch(input: DeleteMessageBatchCommandInput) {
      const queue = queueOf(input);
      return batch(input.Entries, ({ ReceiptHandle: handle = "" }) => {
        deleteMessage(queue, handle);
        return {};
      });
    },

    ChangeMessageVisibility(input: ChangeMessageVisibilityCommandInput) {
      const message = receivedMessage(queueOf(input), input.ReceiptHandle ?? "");
      const seconds = checkedVisibility(input.VisibilityTimeout ?? 0);
      if (message === undefined || message.visibleAt <= clock.now()) {
        throw new ServiceRefusal(
          "MessageNotInflight",
          "Value for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.",
        );
      }
      message.visibleAt = clock.now() + seconds * 1000;
      return {};
    },

    GetQueueUrl: ({ QueueName: name = "", QueueOwnerAWSAccountId }: GetQueueUrlCommandInput) => ({
      QueueUrl: queues.ofName(name, region, QueueOwnerAWSAccountId).url,
    }),

    CreateQueue({ QueueName: name = "", Attributes: attributes = {} }: CreateQueueCommandInput) {
      if ((attributes.FifoQueue === "true") !== name.endsWith(".fifo")) {
        throw parameter(
          "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length",
        );
      }
      const isNew = !queues.has(name, region);
      const queue = queues.ofName(name, region);
      if (isNew && queue.isFifo) queue.settings.set("ContentBasedDeduplication", "false");
      set(queue, attributes);
      return { QueueUrl: queue.url };
    },

    DeleteQueue(input: PurgeQueueCommandInput) {
      queues.delete(queueOf(input));
      return {};
    },

    PurgeQueue(input: PurgeQueueCommandInput) {
      queueOf(input).purge();
      return {};
    },

    SetQueueAttributes(input: SetQueueAttributesCommandInput) {
      set(queueOf(input), input.Attributes ?? {});
      return {};
    },

    GetQueueAttributes(input: GetQueueAttributesCommandInput) {
      const known = attributesOf(queueOf(input), clock.now());
      const wanted = input.AttributeNames ?? [];
      const isWanted = (name: string): boolean =>
        wanted.some((each) => each === "All" || each === name);
      const found = Object.entries(known).filter(([name]) => isWanted(name));
      return found.length === 0 ? {} : { Attributes: Object.fromEntries(found) };
    },

    ListQueues({ QueueNamePrefix: prefix = "" }: ListQueuesCommandInput) {
      const urls = queues
        .all()
        .filter((queue) => queue.region === region && queue.name.startsWith(prefix))
        .map(({ url }) => url);
      return urls.length === 0 ? {} : { QueueUrls: urls };
    },
  };
}

function set(queue: Queue, attributes: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (!settable.has(name)) {
      throw new ServiceRefusal(
        "InvalidAttributeName",
        `The in-memory stand-in of SQS does not know the attribute ${name}.`,
      );
    }
    const isNumber = Object.hasOwn(usualAttributes, name);
    if (value === undefined || (isNumber && !/^\d+$/.test(value))) {
      throw new ServiceRefusal("InvalidAttributeValue", `Invalid value for the parameter ${name}.`);
    }
    queue.settings.set(name, value);
  }
}

function attributesOf(queue: Queue, now: number): Readonly<Record<string, string>> {
  const { waiting, inFlight, delayed } = queue.counts(now);
  return {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(waiting),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    CreatedTimestamp: String(Math.floor(queue.createdAt / 1000)),
    LastModifiedTimestamp: String(Math.floor(queue.createdAt / 1000)),
    ...Object.fromEntries(queue.settings),
    ...(queue.isFifo && { FifoQueue: "true" }),
  };
}

function receivedMessage(queue: Queue, handle: string): Message | undefined {
  if (!isReceiptHandle(handle)) {
    throw new ServiceRefusal(
      "ReceiptHandleIsInvalid",
      `The input receipt handle "${handle}" is not a valid receipt handle.`,
    );
  }
  return queue.received(handle);
}

/** *Documented*: deleting what is gone succeeds. */
function deleteMessage(queue: Queue, handle: string): void {
  const message = receivedMessage(queue, handle);
  if (message !== undefined) queue.delete(message);
}

/** Each entry for itself; those that are refused do not fail the others. */
function batch<Entry extends { readonly Id: string | undefined }>(
  entries: readonly Entry[] = [],
  perform: (entry: Entry) => object,
): object {
  const { length } = entries;
  if (length === 0) {
    throw new ServiceRefusal(
      "EmptyBatchRequest",
      "There should be at least one entry in the request.",
    );
  }
  if (length > mostEntries) {
    throw new ServiceRefusal(
      "TooManyEntriesInBatchRequest",
      `Maximum number of entries per request are ${mostEntries}. You have sent ${length}.`,
    );
  }
  const ids = entries.map(({ Id: id = "" }) => id);
  const repeated = ids.find((id, index) => ids.indexOf(id) < index);
  if (repeated !== undefined) {
    throw new ServiceRefusal("BatchEntryIdsNotDistinct", `Id ${repeated} repeated.`);
  }
  const successful: object[] = [];
  const failed: object[] = [];
  for (const entry of entries) {
    const { Id } = entry;
    try {
      successful.push({ Id, ...perform(entry) });
    } catch (error) {
      if (!(error instanceof ServiceRefusal)) throw error;
      failed.push({ Id, SenderFault: true, Code: error.code, Message: error.message });
    }
  }
  return {
    ...(successful.length > 0 && { Successful: successful }),
    ...(failed.length > 0 && { Failed: failed }),
  };
}
