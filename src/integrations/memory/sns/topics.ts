import type { EventPattern } from "../../../eventing/pattern/event-pattern.ts";
import type { Clock } from "../../../ports/clock.ts";
import type { Ids } from "../../../ports/ids.ts";
import type { Logger } from "../../../ports/logger.ts";
import { ServiceRefusal } from "../service-refusal.ts";
import type { Queue } from "../sqs/queue.ts";
import type { Queues } from "../sqs/queues.ts";

/** Our choice. */
const mostTopics = 1_000;
export const mostSubscriptions = 1_000;

export interface Subscription {
  readonly arn: string;
  readonly topic: Topic;
  readonly queue: Queue;
  /** As they were set. */
  readonly attributes: Map<string, string>;
  /** Of its filter policy; absent: all messages are wanted. */
  filter: EventPattern | undefined;
}

export interface Topic {
  readonly arn: string;
  readonly name: string;
  readonly region: string;
  readonly createdAt: number;
  readonly subscriptions: Subscription[];
  /** How many messages were published, and when the last. */
  published: number;
  lastPublishedAt?: number;
}

export interface TopicsOptions {
  readonly accountId: string;
  readonly clock: Pick<Clock, "now">;
  readonly ids: Pick<Ids, "uuid">;
  readonly logger: Logger;
  readonly queues: Queues;
}

/** *Documented*: up to 256 characters. */
const allowedName = /^(?:[A-Za-z0-9_-]{1,256}|[A-Za-z0-9_-]{1,251}\.fifo)$/;

/** The topics of all Regions. One that nobody has made appears when it is first used. */
export class Topics {
  readonly options: TopicsOptions;
  readonly #topics = new Map<string, Topic>();

  constructor(options: TopicsOptions) {
    this.options = options;
  }

  ofArn(arn: string): Topic {
    const [, region, accountId, name] = /^arn:[^:]+:sns:([^:]+):([^:]+):([^:]+)$/.exec(arn) ?? [];
    if (region === undefined || accountId === undefined || name === undefined) {
      throw invalidParameter("TopicArn");
    }
    return this.ofName(name, region, accountId);
  }

  ofName(name: string, region: string, accountId = this.options.accountId): Topic {
    const arn = `arn:aws:sns:${region}:${accountId}:${name}`;
    const known = this.#topics.get(arn);
    if (known !== undefined) return known;
    if (!allowedName.test(name)) throw invalidParameter("Topic Name");
    if (this.#topics.size >= mostTopics) {
      throw new ServiceRefusal(
        "TopicLimitExceededException",
        `The in-memory stand-in of SNS holds at most ${mostTopics} topics`,
        { shownCode: "TopicLimitExceeded" },
      );
    }
    const createdAt = this.options.clock.now();
    const topic = { arn, name, region, createdAt, subscriptions: [], published: 0 };
    this.#topics.set(arn, topic);
    return topic;
  }

  delete(arn: string): void {
    this.#topics.delete(arn);
  }

  subscription(arn: string): Subscription {
    for (const { subscriptions } of this.#topics.values()) {
      const found = subscriptions.find((each) => each.arn === arn);
      if (found !== undefined) return found;
    }
    throw new ServiceRefusal("NotFoundException", "Subscription does not exist", {
      statusCode: 404,
      shownCode: "NotFound",
    });
  }

  all(): readonly Topic[] {
    return [...this.#topics.values()].sort((a, b) => (a.arn < b.arn ? -1 : 1));
  }
}

/** *Documented* shape: what is wrong is named after a colon. */
export function invalidParameter(what: string): ServiceRefusal {
  return new ServiceRefusal("InvalidParameterException", `Invalid parameter: ${what}`, {
    shownCode: "InvalidParameter",
  });
}
