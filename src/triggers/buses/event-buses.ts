import { type ArnScope, scopeOf } from "../../machine/arns.ts";
import type { Clock } from "../../ports/clock.ts";
import type { DocumentStore } from "../../ports/document-store.ts";
import type { Logger } from "../../ports/logger.ts";
import { matches } from "../../eventing/pattern/matches.ts";
import { InputTooLong } from "../../eventing/transformer/input-template.ts";
import { targetInput } from "../../eventing/transformer/target-input.ts";
import type { Deliveries } from "../deliveries/deliveries.ts";
import type { Delivery } from "../deliveries/delivery.ts";
import { startName } from "../targets/start-target.ts";
import { ArchivedEvents } from "./archived-events.ts";
import { ruleArn } from "./event-arns.ts";
import { type BusEvent, wholeSecond } from "./event.ts";
import type { Rule, RuleBook } from "./rule-book.ts";
import type { RuleTarget } from "./rule-target.ts";

export interface EventBusesOptions {
  readonly store: DocumentStore;
  readonly book: RuleBook;
  readonly deliveries: Deliveries;
  readonly clock: Pick<Clock, "now">;
  readonly logger: Logger;
  readonly accountId: string;
  readonly seen?: ((event: BusEvent, place: EventPlace) => void) | undefined;
}

/** Where an event comes to. */
export interface EventPlace {
  readonly region: string;
  readonly bus: string;
  /** Buses that it has passed. */
  readonly hops?: number;
  /** Only these rules want it, and no archive: it is replayed. */
  readonly replayedTo?: readonly string[];
}

/** What events come to: the rules that they match, and the archives that keep them. */
export class EventBuses {
  readonly archived: ArchivedEvents;
  readonly #options: EventBusesOptions;

  constructor(options: EventBusesOptions) {
    this.#options = options;
    this.archived = new ArchivedEvents(options.store);
  }

  /** Resolves when all that wants the event has it durably. */
  async accept(event: BusEvent, place: EventPlace): Promise<void> {
    const { book, deliveries, clock, seen } = this.#options;
    seen?.(event, place);
    const scope = this.#scope(place.region);
    const { rules, archives } = await book.contents(scope, place.bus);
    const now = clock.now();
    const wanted = rules
      .filter(({ record, pattern }) => record.state !== "DISABLED" && pattern !== undefined)
      .filter((rule) => isAmong(place, arnOf(scope, rule)))
      .filter(({ pattern }) => pattern !== undefined && matches(pattern, event.value))
      .flatMap((rule) => this.deliveriesOf(rule, event, { scope, now, hops: place.hops }));
    const kept = place.replayedTo === undefined ? archives : [];
    await Promise.all([
      wanted.length > 0 && deliveries.accept(wanted),
      ...kept
        .filter(({ pattern }) => pattern === undefined || matches(pattern, event.value))
        .map(({ record }) => this.archived.put(place.region, record, event, now)),
    ]);
  }

  /** What a rule's targets are given of an event. */
  deliveriesOf(
    rule: Rule,
    event: BusEvent,
    {
      scope,
      now,
      hops,
    }: { readonly scope: ArnScope; readonly now: number; readonly hops?: number | undefined },
  ): readonly Delivery[] {
    const arn = arnOf(scope, rule);
    return rule.targets.flatMap((target) => {
      const input = this.#inputOf(target, event, { arn, rule, now });
      if (input === undefined) return [];
      return [
        {
          request: {
            arn: target.arn,
            input,
            name: startName(rule.record.name, event.id, arn, target.id),
            service: "events.amazonaws.com",
            sourceArn: arn,
            roleArn: target.roleArn,
            messageGroupId: target.messageGroupId,
            http: target.http,
            hops,
          },
          retry: target.retry,
          deadLetterArn: target.deadLetterArn,
          since: now,
          attempts: 0,
        } satisfies Delivery,
      ];
    });
  }

  #inputOf(
    { input, arn: targetArn }: RuleTarget,
    event: BusEvent,
    { arn, rule, now }: { readonly arn: string; readonly rule: Rule; readonly now: number },
  ): string | undefined {
    try {
      const origin = { ruleArn: arn, ruleName: rule.record.name, ingestionTime: wholeSecond(now) };
      return targetInput(input, event.value, event.text, origin);
    } catch (error) {
      if (!(error instanceof InputTooLong)) throw error;
      this.#options.logger.warn("an event is too long for a target of a rule", {
        rule: arn,
        target: targetArn,
        event: event.id,
      });
      return undefined;
    }
  }

  #scope(region: string): ArnScope {
    return scopeOf(region, this.#options.accountId);
  }
}

export function arnOf(scope: ArnScope, { record }: Pick<Rule, "record">): string {
  return ruleArn(scope, record.bus, record.name);
}

function isAmong({ replayedTo }: EventPlace, arn: string): boolean {
  return replayedTo === undefined || replayedTo.length === 0 || replayedTo.includes(arn);
}
