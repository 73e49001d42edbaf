import type { ArnScope } from "../../machine/arns.ts";
import type { EpochMs } from "../../machine/ids.ts";
import type { Clock } from "../../ports/clock.ts";
import type { DocumentStore } from "../../ports/document-store.ts";
import { documentId } from "../buses/event-arns.ts";
import { wholeSecond } from "../buses/event.ts";
import { DocumentCollection } from "../../service/document-collection.ts";
import type { Deliveries } from "../deliveries/deliveries.ts";
import { mostAttempts } from "../deliveries/delivery.ts";
import { retryPolicyOf } from "../deliveries/retry-policy.ts";
import { startName } from "../targets/start-target.ts";
import {
  scheduleArn,
  type ScheduleGroupRecord,
  scheduleOfArn,
  type ScheduleRecord,
  scheduleTiming,
} from "./schedule-record.ts";
import type { Ticker } from "./ticker.ts";
import type { Ticking } from "./ticking.ts";

/** The schedules of EventBridge Scheduler and their groups. */
export class Schedules {
  readonly records: DocumentCollection<ScheduleRecord>;
  readonly groups: DocumentCollection<ScheduleGroupRecord>;
  readonly #deliveries: Deliveries;
  readonly #clock: Pick<Clock, "now">;

  constructor({
    store,
    deliveries,
    clock,
  }: {
    readonly store: DocumentStore;
    readonly deliveries: Deliveries;
    readonly clock: Pick<Clock, "now">;
  }) {
    this.records = new DocumentCollection(store, "schedule.schedule");
    this.groups = new DocumentCollection(store, "schedule.group");
    this.#deliveries = deliveries;
    this.#clock = clock;
  }

  /** What ticks under a schedule's ARN. */
  async ticking(arn: string): Promise<Ticking | undefined> {
    const place = scheduleOfArn(arn);
    if (place === undefined) return undefined;
    const id = documentId(place.region, place.group, place.name);
    const schedule = await this.records.get(id);
    const timing = schedule && scheduleTiming(schedule);
    if (schedule === undefined || timing === undefined) return undefined;
    const retry = retryPolicyOf(schedule.target.RetryPolicy, mostAttempts);
    return {
      arn,
      timing,
      maxAgeMs: retry.maximumAgeSeconds * 1000,
      fire: (tick) => this.#fire(arn, schedule, tick),
      ...(schedule.afterCompletion === "DELETE" && {
        completed: async () => {
          // One that was changed meanwhile stays.
          await this.records.update(id, (found) =>
            found?.modifiedAt === schedule.modifiedAt ? undefined : found,
          );
        },
      }),
    };
  }

  /** Gives a schedule's target what a tick of this moment would, also where the schedule is off. False: there is no such schedule. */
  async fire(arn: string, tick: EpochMs): Promise<boolean> {
    const place = scheduleOfArn(arn);
    const schedule =
      place && (await this.records.get(documentId(place.region, place.group, place.name)));
    if (schedule === undefined) return false;
    await this.#fire(arn, schedule, tick);
    return true;
  }

  async #fire(arn: string, { name, target }: ScheduleRecord, tick: EpochMs): Promise<void> {
    const cause = new Date(tick).toISOString().replaceAll(/[-:]|\.\d+/g, "");
    await this.#deliveries.deliver({
      request: {
        arn: target.Arn,
        input: inputOf(arn, target.Input ?? "{}", tick),
        name: startName(name, cause, arn),
        service: "scheduler.amazonaws.com",
        sourceArn: arn,
        roleArn: target.RoleArn,
        messageGroupId: target.SqsParameters?.MessageGroupId,
        event: target.EventBridgeParameters && {
          source: target.EventBridgeParameters.Source,
          detailType: target.EventBridgeParameters.DetailType,
        },
      },
      retry: retryPolicyOf(target.RetryPolicy, mostAttempts),
      deadLetterArn: target.DeadLetterConfig?.Arn,
      since: Math.max(tick, this.#clock.now()),
      attempts: 0,
    });
  }

  /** Deletes a schedule and stops its clock. */
  async remove(scope: ArnScope, group: string, name: string, ticker: Ticker): Promise<boolean> {
    let wasThere = false;
    await this.records.update(documentId(scope.region, group, name), (found) => {
      wasThere = found !== undefined;
      return undefined;
    });
    if (wasThere) await ticker.stopClock(scheduleArn(scope, group, name));
    return wasThere;
  }
}

/**
 * *Documented*: context attributes. *Our choice*: they are made of the tick, and the attempt is always the first: another input under the same
 * name would not be the same start.
 */
function inputOf(arn: string, input: string, tick: EpochMs): string {
  if (!input.includes("<aws.scheduler.")) return input;
  return input
    .replaceAll("<aws.scheduler.schedule-arn>", arn)
    .replaceAll("<aws.scheduler.scheduled-time>", wholeSecond(tick))
    .replaceAll("<aws.scheduler.execution-id>", startName("tick", String(tick), arn))
    .replaceAll("<aws.scheduler.attempt-number>", "1");
}
