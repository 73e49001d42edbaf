import type {
  CreateTopicCommandInput,
  DeleteTopicCommandInput,
  ListSubscriptionsByTopicCommandInput,
  PublishBatchCommandInput,
  PublishCommandInput,
  SetSubscriptionAttributesCommandInput,
  SubscribeCommandInput,
  UnsubscribeCommandInput,
} from "@aws-sdk/client-sns";
import { InvalidEventPattern } from "../../../eventing/pattern/invalid-event-pattern.ts";
import { parsePattern } from "../../../eventing/pattern/parse-pattern.ts";
import type { MemoryOperations } from "../memory-operation.ts";
import { ServiceRefusal } from "../service-refusal.ts";
import { checkedMessage, publish } from "./publish.ts";
import { invalidParameter, mostSubscriptions, type Subscription, type Topics } from "./topics.ts";

const settable = new Set(["RawMessageDelivery", "FilterPolicy", "FilterPolicyScope"]);
/** *Documented*: entries of a batch. */
const mostEntries = 10;

/** What is built of SNS, for calls in one Region. */
export function snsOperations(topics: Topics, region: string): MemoryOperations {
  const { ids } = topics.options;

  return {
    Publish(input: PublishCommandInput) {
      const arn = input.TopicArn ?? input.TargetArn;
      if (arn !== undefined) return publish(topics.ofArn(arn), input, topics);
      if (input.PhoneNumber === undefined) {
        throw invalidParameter("TopicArn or TargetArn Reason: no value for required parameter");
      }
      // Nobody has a telephone here.
      checkedMessage(input);
      return { MessageId: ids.uuid() };
    },

    PublishBatch(input: PublishBatchCommandInput) {
      const topic = topics.ofArn(input.TopicArn ?? "");
      const entries = input.PublishBatchRequestEntries ?? [];
      if (entries.length > mostEntries) {
        throw new ServiceRefusal(
          "TooManyEntriesInBatchRequestException",
          "The batch request contains more entries than permissible.",
          { shownCode: "TooManyEntriesInBatchRequest" },
        );
      }
      const successful: object[] = [];
      const failed: object[] = [];
      for (const entry of entries) {
        const { Id } = entry;
        try {
          successful.push({ Id, ...publish(topic, entry, topics) });
        } catch (error) {
          if (!(error instanceof ServiceRefusal)) throw error;
          const Code = error.shownCode ?? error.code;
          failed.push({ Id, SenderFault: true, Code, Message: error.message });
        }
      }
      return { Successful: successful, Failed: failed };
    },

    CreateTopic: ({ Name: name = "" }: CreateTopicCommandInput) => ({
      TopicArn: topics.ofName(name, region).arn,
    }),

    DeleteTopic({ TopicArn: arn = "" }: DeleteTopicCommandInput) {
      topics.delete(arn);
      return {};
    },

    ListTopics: () => ({
      Topics: topics
        .all()
        .flatMap((topic) => (topic.region === region ? [{ TopicArn: topic.arn }] : [])),
    }),

    Subscribe(input: SubscribeCommandInput) {
      const topic = topics.ofArn(input.TopicArn ?? "");
      const queue =
        input.Protocol === "sqs" ? topics.options.queues.ofArn(input.Endpoint ?? "") : undefined;
      if (queue === undefined) {
        throw invalidParameter(
          "Protocol Reason: the in-memory stand-in delivers to SQS queues only: sqs, with the ARN of a queue as Endpoint",
        );
      }
      const known = topic.subscriptions.find((each) => each.queue === queue);
      if (known !== undefined) return { SubscriptionArn: known.arn };
      if (topic.subscriptions.length >= mostSubscriptions) {
        throw new ServiceRefusal(
          "SubscriptionLimitExceededException",
          `The in-memory stand-in of SNS holds at most ${mostSubscriptions} subscriptions of a topic`,
          { shownCode: "SubscriptionLimitExceeded" },
        );
      }
      const arn = `${topic.arn}:${ids.uuid()}`;
      const subscription = { arn, topic, queue, attributes: new Map(), filter: undefined };
      for (const [name, value] of Object.entries(input.Attributes ?? {})) {
        setAttribute(subscription, name, value);
      }
      topic.subscriptions.push(subscription);
      return { SubscriptionArn: arn };
    },

    SetSubscriptionAttributes(input: SetSubscriptionAttributesCommandInput) {
      const subscription = topics.subscription(input.SubscriptionArn ?? "");
      setAttribute(subscription, input.AttributeName ?? "", input.AttributeValue ?? "");
      return {};
    },

    Unsubscribe({ SubscriptionArn: arn = "" }: UnsubscribeCommandInput) {
      const { subscriptions } = topics.subscription(arn).topic;
      subscriptions.splice(
        subscriptions.findIndex((each) => each.arn === arn),
        1,
      );
      return {};
    },

    ListSubscriptionsByTopic: ({ TopicArn: arn = "" }: ListSubscriptionsByTopicCommandInput) => ({
      Subscriptions: topics.ofArn(arn).subscriptions.map((subscription) => ({
        SubscriptionArn: subscription.arn,
        Owner: topics.options.accountId,
        Protocol: "sqs",
        Endpoint: subscription.queue.arn,
        TopicArn: arn,
      })),
    }),
  };
}

function setAttribute(subscription: Subscription, name: string, value: string): void {
  if (!settable.has(name)) {
    throw invalidParameter(`AttributeName Reason: the in-memory stand-in does not know ${name}`);
  }
  if (name === "FilterPolicy") {
    try {
      // Documented: an empty policy takes the filter away.
      subscription.filter = /^\s*\{\s*\}\s*$/.test(value) ? undefined : parsePattern(value);
    } catch (error) {
      if (!(error instanceof InvalidEventPattern)) throw error;
      throw invalidParameter(`FilterPolicy: ${error.reason}`);
    }
  }
  subscription.attributes.set(name, value);
}
