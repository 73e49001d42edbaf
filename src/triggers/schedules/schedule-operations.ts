import type { ArnScope } from "../../machine/arns.ts";
import type { Clock } from "../../ports/clock.ts";
import {
  type HttpBinding,
  ServiceError,
  type ServiceMembers,
  type ServiceOperation,
} from "../../ports/service-api.ts";
import { InvalidSchedule, parseSchedule } from "../../eventing/schedule/parse-schedule.ts";
import { timeZone } from "../../eventing/schedule/time-zone.ts";
import type { Shape } from "../../service/model/member.ts";
import { awsOperation } from "../api/aws-operation.ts";
import { listed, pageOf, usualLimit } from "../api/page-of.ts";
import { passingRole } from "../api/pass-role.ts";
import { documentId } from "../buses/event-arns.ts";
import { isTargetArn } from "../targets/start-target.ts";
import * as m from "./members.ts";
import {
  defaultGroup,
  scheduleArn,
  type ScheduleRecord,
  scheduleTiming,
} from "./schedule-record.ts";
import type { Schedules } from "./schedules.ts";
import type { Ticker } from "./ticker.ts";

export interface SchedulerContext {
  readonly schedules: Schedules;
  readonly ticker: Ticker;
  readonly clock: Pick<Clock, "now">;
}

type Given = Shape<typeof m.schedule>;

const path = "/schedules/{Name}";
const ofGroup = { GroupName: "groupName", ClientToken: "clientToken" };
const named = { Name: m.requiredName, GroupName: m.name, ClientToken: m.clientToken } as const;

/** What EventBridge Scheduler does with schedules. */
export function scheduleOperations(context: SchedulerContext): {
  readonly [name: string]: ServiceOperation;
} {
  const { schedules, ticker, clock } = context;

  /** Winds the clock of what is about to be stored, or stops it. First the clock: a schedule without one would never tick. */
  async function wound(scope: ArnScope, schedule: ScheduleRecord): Promise<void> {
    const arn = scheduleArn(scope, schedule.group, schedule.name);
    const timing = scheduleTiming(schedule);
    await (timing === undefined
      ? ticker.stopClock(arn)
      : ticker.wind(arn, timing, schedule.modifiedAt));
  }

  async function foundGroup(name: string, { region }: ArnScope): Promise<void> {
    const isThere =
      name === defaultGroup || (await schedules.groups.get(documentId(region, name))) !== undefined;
    if (!isThere) throw notFound(`Schedule group ${name}`);
  }

  const access = (action: string, given: Pick<Given, "Name" | "GroupName">, scope: ArnScope) => ({
    action: `scheduler:${action}`,
    resource: scheduleArn(scope, given.GroupName ?? defaultGroup, given.Name),
  });

  return {
    CreateSchedule: awsOperation({
      http: { method: "POST", path },
      input: m.schedule,
      access: (input, { caller }) => [
        access("CreateSchedule", input, caller),
        ...passingRole(input.Target.RoleArn, "scheduler.amazonaws.com"),
      ],
      async perform(input, { caller }) {
        checkSchedule(input);
        const { Name: name, GroupName: group = defaultGroup, ClientToken: token } = input;
        await foundGroup(group, caller);
        const id = documentId(caller.region, group, name);
        const arn = scheduleArn(caller, group, name);
        const refuse = (known: ScheduleRecord | undefined): boolean => {
          if (known === undefined) return false;
          if (token !== undefined && known.clientToken === token) return true;
          throw new ServiceError("ConflictException", `Schedule ${name} already exists.`, 409);
        };
        if (refuse(await schedules.records.get(id))) return { ScheduleArn: arn };
        const schedule = recordOf(input, undefined, clock.now());
        await wound(caller, schedule);
        let other: ScheduleRecord | undefined;
        await schedules.records.update(id, (known) => {
          other = known;
          return known ?? schedule;
        });
        if (other !== undefined) {
          // Somebody else was quicker: the clock is to be his.
          await wound(caller, other);
          refuse(other);
        }
        return { ScheduleArn: arn };
      },
    }),

    UpdateSchedule: awsOperation({
      http: { method: "PUT", path },
      input: m.schedule,
      access: (input, { caller }) => [
        access("UpdateSchedule", input, caller),
        ...passingRole(input.Target.RoleArn, "scheduler.amazonaws.com"),
      ],
      async perform(input, { caller }) {
        checkSchedule(input);
        const { Name: name, GroupName: group = defaultGroup } = input;
        const id = documentId(caller.region, group, name);
        const known = await schedules.records.get(id);
        if (known === undefined) throw notFound(`Schedule ${name}`);
        const now = clock.now();
        await wound(caller, recordOf(input, known, now));
        await schedules.records.update(id, (before) => {
          if (before === undefined) throw notFound(`Schedule ${name}`);
          return recordOf(input, before, now);
        });
        return { ScheduleArn: scheduleArn(caller, group, name) };
      },
    }),

    GetSchedule: awsOperation({
      http: { method: "GET", path, query: { GroupName: "groupName" } },
      input: { Name: m.requiredName, GroupName: m.name },
      access: (input, { caller }) => [access("GetSchedule", input, caller)],
      async perform({ Name: name, GroupName: group = defaultGroup }, { caller }) {
        const found = await schedules.records.get(documentId(caller.region, group, name));
        if (found === undefined) throw notFound(`Schedule ${name}`);
        return shownSchedule(found, caller);
      },
    }),

    DeleteSchedule: awsOperation({
      http: { method: "DELETE", path, query: ofGroup },
      input: named,
      access: (input, { caller }) => [access("DeleteSchedule", input, caller)],
      async perform({ Name: name, GroupName: group = defaultGroup }, { caller }) {
        if (!(await schedules.remove(caller, group, name, ticker))) {
          throw notFound(`Schedule ${name}`);
        }
        return {};
      },
    }),

    ListSchedules: awsOperation({
      http: listing,
      input: {
        GroupName: m.name,
        NamePrefix: m.name,
        State: m.state,
        NextToken: m.nextToken,
        MaxResults: m.maxResults,
      },
      access: () => [{ action: "scheduler:ListSchedules", resource: "*" }],
      async perform(input, { caller }) {
        const { GroupName: group, NamePrefix: prefix = "", State: state } = input;
        if (group !== undefined) await foundGroup(group, caller);
        const within = `${caller.region}|${group === undefined ? "" : `${group}|`}`;
        const all = await listed(schedules.records.all(within));
        const page = pageOf(
          all.filter((one) => one.name.startsWith(prefix) && (state ?? one.state) === one.state),
          (one) => documentId(one.group, one.name),
          { limit: input.MaxResults ?? usualLimit, token: input.NextToken },
        );
        return {
          Schedules: page.items.map((one) => summary(one, caller)),
          NextToken: page.next,
        };
      },
    }),
  };
}

const listing: HttpBinding = {
  method: "GET",
  path: "/schedules",
  query: {
    GroupName: "ScheduleGroup",
    NamePrefix: "NamePrefix",
    State: "State",
    NextToken: "NextToken",
    MaxResults: "MaxResults",
  },
};

function recordOf(input: Given, before: ScheduleRecord | undefined, now: number): ScheduleRecord {
  const state = input.State ?? "ENABLED";
  const goesOn = before?.expression === input.ScheduleExpression && before.state === state;
  return {
    name: input.Name,
    group: input.GroupName ?? defaultGroup,
    expression: input.ScheduleExpression,
    zone: input.ScheduleExpressionTimezone,
    start: input.StartDate,
    end: input.EndDate,
    window: input.FlexibleTimeWindow,
    state,
    description: input.Description,
    afterCompletion: input.ActionAfterCompletion ?? "NONE",
    kmsKeyArn: input.KmsKeyArn,
    target: input.Target,
    createdAt: before?.createdAt ?? now,
    modifiedAt: now,
    scheduledAt: goesOn ? before.scheduledAt : now,
    clientToken: before?.clientToken ?? input.ClientToken,
  };
}

function summary(schedule: ScheduleRecord, scope: ArnScope): ServiceMembers {
  return {
    Arn: scheduleArn(scope, schedule.group, schedule.name),
    Name: schedule.name,
    GroupName: schedule.group,
    State: schedule.state,
    CreationDate: new Date(schedule.createdAt),
    LastModificationDate: new Date(schedule.modifiedAt),
    Target: { Arn: schedule.target.Arn },
  };
}

function shownSchedule(schedule: ScheduleRecord, scope: ArnScope): ServiceMembers {
  const { start, end } = schedule;
  return {
    ...summary(schedule, scope),
    ScheduleExpression: schedule.expression,
    ScheduleExpressionTimezone: schedule.zone ?? "UTC",
    StartDate: start === undefined ? undefined : new Date(start),
    EndDate: end === undefined ? undefined : new Date(end),
    Description: schedule.description,
    FlexibleTimeWindow: schedule.window,
    ActionAfterCompletion: schedule.afterCompletion,
    KmsKeyArn: schedule.kmsKeyArn,
    Target: schedule.target as unknown as ServiceMembers,
  };
}

function checkSchedule(input: Given): void {
  const { ScheduleExpressionTimezone: zone, StartDate: start, EndDate: end, Target } = input;
  try {
    parseSchedule(input.ScheduleExpression, "scheduler");
  } catch (error) {
    if (!(error instanceof InvalidSchedule)) throw error;
    throw invalid(error.message);
  }
  if (zone !== undefined && timeZone(zone) === undefined) {
    throw invalid(`Invalid Schedule Expression Timezone ${zone}.`);
  }
  if (start !== undefined && end !== undefined && end <= start) {
    throw invalid("The EndDate you specify must come after the StartDate.");
  }
  const { Mode, MaximumWindowInMinutes: minutes } = input.FlexibleTimeWindow;
  if ((Mode === "FLEXIBLE") !== (minutes !== undefined)) {
    throw invalid(
      Mode === "FLEXIBLE"
        ? "A FlexibleTimeWindow of the mode FLEXIBLE needs MaximumWindowInMinutes."
        : "A FlexibleTimeWindow of the mode OFF has no MaximumWindowInMinutes.",
    );
  }
  if (!isTargetArn(Target.Arn)) throw invalid("Provided Arn is not in correct format.");
  const isBus = Target.Arn.includes(":event-bus/");
  if (isBus !== (Target.EventBridgeParameters !== undefined)) {
    throw invalid("EventBridgeParameters are for targets that are event buses, which need them.");
  }
}

export function notFound(what: string): ServiceError {
  return new ServiceError("ResourceNotFoundException", `${what} does not exist.`, 404);
}

export function invalid(message: string): ServiceError {
  return new ServiceError("ValidationException", message);
}
