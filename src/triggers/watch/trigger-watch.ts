import { scopeOf } from "../../machine/arns.ts";
import type { EpochMs } from "../../machine/ids.ts";
import type { DocumentCollection } from "../../service/document-collection.ts";
import { archiveArn, busArn, replayArn, ruleArn } from "../buses/event-arns.ts";
import type { ArchiveRecord, BusRecord, ReplayRecord, RuleRecord } from "../buses/records.ts";
import type { Replays } from "../buses/replays.ts";
import { fireRule, type ScheduledRuleParts } from "../buses/scheduled-rules.ts";
import type { SourceOutcomes } from "../deliveries/outcomes.ts";
import type { TroubledDeliveries } from "../deliveries/troubled-deliveries.ts";
import { scheduleArn, type ScheduleRecord } from "../schedules/schedule-record.ts";
import type { Schedules } from "../schedules/schedules.ts";
import type { Ticker } from "../schedules/ticker.ts";

/** Something that is kept, with its ARN. */
export interface Named<T> {
  readonly arn: string;
  readonly region: string;
  readonly record: T;
}

/** What somebody who looks after triggers wants to know, beyond what AWS's operations tell. It asks nobody whether he may. */
export interface TriggerWatch {
  /** In all Regions, as all of these. */
  schedules(): Promise<readonly Named<ScheduleRecord>[]>;
  rules(): Promise<readonly Named<RuleRecord>[]>;
  /** Those that somebody has made or changed; each Region has its `default` besides. */
  buses(): Promise<readonly Named<BusRecord>[]>;
  archives(): Promise<readonly Named<ArchiveRecord>[]>;
  replays(): Promise<readonly Named<ReplayRecord>[]>;
  /** When a schedule, or a rule with an expression, ticks next, and did last. */
  times(arn: string): Promise<{ readonly next?: EpochMs; readonly last?: EpochMs }>;
  /** What came of what a schedule or a rule had for its targets, on all nodes, in the last days. */
  outcomes(sourceArn: string): Promise<SourceOutcomes>;
  /** Does a tick of this moment, beside those that are due. False: there is no such schedule or rule. */
  runNow(arn: string): Promise<boolean>;
  /** What targets have refused. */
  readonly troubled: TroubledDeliveries;
}

export interface TriggerWatchParts extends ScheduledRuleParts {
  readonly schedules: Schedules;
  readonly replays: Pick<Replays, "records">;
  readonly ticker: Pick<Ticker, "times">;
  readonly clock: { now(): EpochMs };
  readonly accountId: string;
}

export function createTriggerWatch(parts: TriggerWatchParts): TriggerWatch {
  const { book, schedules, replays, ticker, deliveries, clock, accountId } = parts;

  /** Documents are named by their Region first. */
  async function all<T>(
    records: DocumentCollection<T>,
    arnOf: (scope: ReturnType<typeof scopeOf>, record: T) => string,
  ): Promise<readonly Named<T>[]> {
    const found: Named<T>[] = [];
    for await (const { id, value: record } of records.all()) {
      const [region = ""] = id.split("|");
      found.push({ arn: arnOf(scopeOf(region, accountId), record), region, record });
    }
    return found;
  }

  return {
    schedules: () =>
      all(schedules.records, (scope, { group, name }) => scheduleArn(scope, group, name)),
    rules: () => all(book.rules, (scope, { bus, name }) => ruleArn(scope, bus, name)),
    buses: () => all(book.buses, (scope, { name }) => busArn(scope, name)),
    archives: () => all(book.archives, (scope, { name }) => archiveArn(scope, name)),
    replays: () => all(replays.records, (scope, { name }) => replayArn(scope, name)),
    times: (arn) => ticker.times(arn),
    outcomes: (arn) => deliveries.outcomes.of(arn),
    async runNow(arn) {
      const now = clock.now();
      return (await schedules.fire(arn, now)) || fireRule(arn, now, parts);
    },
    troubled: deliveries.troubled,
  };
}
