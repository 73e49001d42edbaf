import type { Clock } from "../../../ports/clock.ts";
import type { Logger } from "../../../ports/logger.ts";
import type { MemoryBudget } from "../memory-budget.ts";
import { ServiceRefusal } from "../service-refusal.ts";
import { Queue } from "./queue.ts";

/** Our choice, in all Regions. */
const mostQueues = 1_000;

export interface QueuesOptions {
  readonly accountId: string;
  readonly clock: Pick<Clock, "now" | "schedule">;
  readonly logger: Logger;
  readonly budget: MemoryBudget;
}

/** Where a queue is, as its URL or ARN says it. */
interface Place {
  readonly region: string;
  readonly accountId: string;
  readonly name: string;
}

/** *Documented*: up to 80 characters, with `.fifo` for those. */
const allowedName = /^(?:[A-Za-z0-9_-]{1,80}|[A-Za-z0-9_-]{1,75}\.fifo)$/;

/** The queues of all Regions. One that nobody has made appears when it is first used. */
export class Queues {
  readonly #options: QueuesOptions;
  readonly #queues = new Map<string, Queue>();
  #hasWarned = false;

  constructor(options: QueuesOptions) {
    this.#options = options;
    options.budget.onFull(() => this.#dropOldest());
  }

  /** The queue of a URL. *Observed*: the host of the URL is the one that is called, so it says the Region. */
  ofUrl(url: string, region: string): Queue {
    const [, host = "", accountId, name] =
      /^https?:\/\/([^/]+)\/(?:queue\/)?([^/]+)\/([^/]+)$/.exec(url) ?? [];
    if (accountId === undefined || name === undefined || !allowedName.test(name)) {
      throw new ServiceRefusal(
        "InvalidAddress",
        `The address ${url} is not valid for this endpoint.`,
      );
    }
    const [, named = region] =
      /^(?:sqs\.([a-z0-9-]+)|([a-z0-9-]+)\.queue)\.amazonaws\.com/.exec(host) ?? [];
    return this.#used({ region: named, accountId, name });
  }

  ofName(name: string, region: string, accountId = this.#options.accountId): Queue {
    return this.#used({ region, accountId, name });
  }

  /** `undefined` for what is no queue's ARN. */
  ofArn(arn: string): Queue | undefined {
    const [, region, accountId, name] = /^arn:[^:]+:sqs:([^:]+):([^:]+):([^:]+)$/.exec(arn) ?? [];
    if (region === undefined || accountId === undefined || name === undefined) return undefined;
    return allowedName.test(name) ? this.#used({ region, accountId, name }) : undefined;
  }

  /** Whether it was there, or appeared just now. */
  has(name: string, region: string): boolean {
    return this.#queues.has(arnOf({ region, accountId: this.#options.accountId, name }));
  }

  delete(queue: Queue): void {
    queue.purge();
    this.#queues.delete(queue.arn);
  }

  all(): readonly Queue[] {
    return [...this.#queues.values()].sort((a, b) => (a.arn < b.arn ? -1 : 1));
  }

  #used(place: Place): Queue {
    const arn = arnOf(place);
    const known = this.#queues.get(arn);
    if (known !== undefined) return known;
    const { region, accountId, name } = place;
    if (!allowedName.test(name)) {
      throw new ServiceRefusal(
        "InvalidParameterValue",
        "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length",
      );
    }
    if (this.#queues.size >= mostQueues) {
      throw new ServiceRefusal(
        "OverLimit",
        `The in-memory stand-in of SQS holds at most ${mostQueues} queues`,
      );
    }
    const { clock, budget } = this.#options;
    const url = `https://sqs.${region}.amazonaws.com/${accountId}/${name}`;
    const queue = new Queue({ arn, url, name, region, createdAt: clock.now() }, budget);
    // Our choice, as nobody says otherwise: both messages with an id of their own and those without are taken.
    if (queue.isFifo) queue.settings.set("ContentBasedDeduplication", "true");
    this.#queues.set(arn, queue);
    return queue;
  }

  /** Of the queue that has most. */
  #dropOldest(): boolean {
    let longest: Queue | undefined;
    for (const queue of this.#queues.values()) {
      if (longest === undefined || queue.length > longest.length) longest = queue;
    }
    const isDropped = longest?.dropOldest() === true;
    if (isDropped) this.warnOfDropping();
    return isDropped;
  }

  /** Once: what is lost is seen in the console. */
  warnOfDropping(): void {
    if (this.#hasWarned) return;
    this.#hasWarned = true;
    this.#options.logger.warn(
      "the in-memory stand-in of SQS is full: the oldest messages of queues are forgotten from now on",
    );
  }
}

function arnOf({ region, accountId, name }: Place): string {
  return `arn:aws:sqs:${region}:${accountId}:${name}`;
}
