import { type ArnScope, scopeOfArn } from "../../machine/arns.ts";
import type { EpochMs } from "../../machine/ids.ts";
import { longestAgeSeconds } from "../deliveries/delivery.ts";
import type { Deliveries } from "../deliveries/deliveries.ts";
import type { Ticking, Timing } from "../schedules/ticking.ts";
import { documentId, ruleOfArn } from "./event-arns.ts";
import { eventOf, uuidOf } from "./event.ts";
import type { EventBuses } from "./event-buses.ts";
import type { RuleRecord } from "./records.ts";
import type { RuleBook } from "./rule-book.ts";

/** When a rule ticks; `undefined`: it does not. *Documented*: rules are in UTC. */
export function ruleTiming({ expression, state, scheduledAt }: RuleRecord): Timing | undefined {
  if (expression === undefined || state === "DISABLED") return undefined;
  return { expression, service: "events", zone: "UTC", start: scheduledAt };
}

/** What a rule's tick needs. */
export interface ScheduledRuleParts {
  readonly book: RuleBook;
  readonly buses: EventBuses;
  readonly deliveries: Deliveries;
}

/** What ticks under a rule's ARN. */
export async function tickingRule(
  arn: string,
  parts: ScheduledRuleParts,
): Promise<Ticking | undefined> {
  const place = ruleOfArn(arn);
  if (place === undefined) return undefined;
  const record = await parts.book.rules.get(documentId(place.region, place.bus, place.name));
  const timing = record && ruleTiming(record);
  if (timing === undefined) return undefined;
  return {
    arn,
    timing,
    maxAgeMs: longestAgeSeconds * 1000,
    fire: async (tick) => void (await fireRule(arn, tick, parts)),
  };
}

/** Gives a rule's targets the event of a tick, also where the rule is off. False: there is no such rule. */
export async function fireRule(
  arn: string,
  tick: EpochMs,
  { book, buses, deliveries }: ScheduledRuleParts,
): Promise<boolean> {
  const place = ruleOfArn(arn);
  if (place === undefined) return false;
  const scope = scopeOfArn(arn);
  const { rules } = await book.contents(scope, place.bus);
  const rule = rules.find((one) => one.record.name === place.name);
  if (rule === undefined) return false;
  const event = scheduledEvent(arn, scope, tick);
  await deliveries.accept(buses.deliveriesOf(rule, event, { scope, now: tick }));
  return true;
}

/** *Documented*: the event of a schedule. Its id is made of the tick, so that whoever makes it again makes the same. */
function scheduledEvent(arn: string, scope: ArnScope, tick: EpochMs) {
  return eventOf(scope, {
    id: uuidOf(`${arn}@${tick}`),
    source: "aws.events",
    detailType: "Scheduled Event",
    at: tick,
    resources: [arn],
    detail: "{}",
  });
}
