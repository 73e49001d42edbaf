import type { MemoryServices } from "../../integrations/memory/memory-services.ts";
import { standing } from "../../integrations/memory/sqs/queue.ts";
import type { Clock } from "../../ports/clock.ts";
import { errors } from "../../service/errors/errors.ts";
import type { RequestContext } from "../../service/operation.ts";
import type { ConsoleAccess } from "../access.ts";
import type { StandInItem, StandInList, StandInMessage, StandInsView } from "../view-types.ts";
import { plainItem, plainText } from "./plain-item.ts";

/** Our choices: what one answer has at most, and characters of one message. */
const mostShown = 100;
const mostEvents = 50;
const mostCharacters = 8_000;

export interface StandInDeskParts {
  readonly access: Pick<ConsoleAccess, "may">;
  readonly clock: Pick<Clock, "now">;
  /** Absent: no service is answered from memory. */
  readonly memory: MemoryServices | undefined;
}

/** What is in the services that are answered from memory. It was in inputs of tasks, so who sees it has to be allowed to see those. */
export class StandInDesk {
  readonly #parts: StandInDeskParts;

  constructor(parts: StandInDeskParts) {
    this.#parts = parts;
  }

  /** Whether there is anything to look into. */
  get isOn(): boolean {
    return this.#parts.memory !== undefined;
  }

  async view(request: RequestContext): Promise<StandInsView> {
    const { queues, topics, buses, budget, tables } = await this.#memory(request);
    const now = this.#parts.clock.now();
    return {
      now,
      usedBytes: budget.usedBytes,
      mostBytes: budget.mostBytes,
      queues: queues.all().map((queue) => {
        const { arn, name, region, url, dropped } = queue;
        return { arn, name, region, url, dropped, ...queue.counts(now) };
      }),
      topics: topics
        .all()
        .map(({ arn, name, region, published, lastPublishedAt, subscriptions }) => ({
          arn,
          name,
          region,
          published,
          ...(lastPublishedAt !== undefined && { lastPublishedAt }),
          subscriptions: subscriptions.map(({ arn: subscriptionArn, queue, attributes }) => {
            const filterPolicy = attributes.get("FilterPolicy");
            return {
              arn: subscriptionArn,
              queueName: queue.name,
              queueArn: queue.arn,
              ...(filterPolicy !== undefined && { filterPolicy }),
            };
          }),
        })),
      tables: [...tables].flatMap(([region, all]) =>
        all.all().map(({ arn, schema, count, bytes }) => ({
          arn,
          name: schema.name,
          region,
          partitionKey: schema.partitionKey.name,
          ...(schema.sortKey && { sortKey: schema.sortKey.name }),
          indexes: schema.indexes.map(({ name }) => name),
          items: count,
          bytes,
        })),
      ),
      buses: buses.all().map(({ arn, name, region, published, rules }) => ({
        arn,
        name,
        region,
        published,
        rules: [...rules.values()].map((rule) => ({
          name: rule.name,
          pattern: rule.pattern.text,
          isEnabled: rule.isEnabled,
          targets: [...rule.targets.values()].map((target) => target.arn),
        })),
      })),
      events: buses
        .events()
        .slice(0, mostEvents)
        .map(({ id, bus, source, detailType, at, text }) => ({
          id,
          bus,
          source,
          detailType,
          at,
          event: text.slice(0, mostCharacters),
        })),
    };
  }

  /** The oldest messages of a queue. */
  async messages(arn: string, request: RequestContext): Promise<StandInList<StandInMessage>> {
    const { queues } = await this.#memory(request);
    const queue = queues.all().find((each) => each.arn === arn);
    if (queue === undefined) throw nothing(arn);
    const now = this.#parts.clock.now();
    const messages = queue.messages(now);
    const shown = messages.slice(0, mostShown).map((message) => ({
      id: message.id,
      body: message.body.slice(0, mostCharacters),
      standing: standing(message, now),
      sentAt: message.sentAt,
      visibleAt: message.visibleAt,
      receiveCount: message.receiveCount,
      ...(message.groupId !== undefined && { groupId: message.groupId }),
      attributes: Object.fromEntries(
        Object.entries(message.attributes).map(([name, { StringValue, BinaryValue = [] }]) => [
          name,
          StringValue ?? Buffer.from(BinaryValue).toString("base64"),
        ]),
      ),
    }));
    return { shown, total: messages.length };
  }

  /** Items of a table in the order of a scan. */
  async items(arn: string, request: RequestContext): Promise<StandInList<StandInItem>> {
    const { tables } = await this.#memory(request);
    const table = [...tables.values()].flatMap((all) => all.all()).find((each) => each.arn === arn);
    if (table === undefined) throw nothing(arn);
    const shown: StandInItem[] = [];
    for (const item of table.scan()) {
      if (shown.length >= mostShown) break;
      const key = [...table.keyOf(item).values()].map(plainText).join(" · ");
      shown.push({ key, item: JSON.stringify(plainItem(item)) });
    }
    return { shown, total: table.count };
  }

  async #memory(request: RequestContext): Promise<MemoryServices> {
    const { access, memory } = this.#parts;
    await access.may("states:GetExecutionHistory", "*", request);
    if (memory === undefined) {
      throw errors.validation(
        "No service is answered from memory here: start the server with --stand-ins memory.",
      );
    }
    return memory;
  }
}

function nothing(arn: string): Error {
  return errors.validation(`There is nothing in memory of the ARN ${arn}.`);
}
