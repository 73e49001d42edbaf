import type { ArnScope } from "../../machine/arns.ts";
import {
  ServiceError,
  type ServiceMembers,
  type ServiceOperation,
} from "../../ports/service-api.ts";
import { InvalidEventPattern } from "../../eventing/pattern/invalid-event-pattern.ts";
import { matches } from "../../eventing/pattern/matches.ts";
import { parsePattern } from "../../eventing/pattern/parse-pattern.ts";
import { InvalidSchedule, parseSchedule } from "../../eventing/schedule/parse-schedule.ts";
import { awsOperation } from "../api/aws-operation.ts";
import { listed, pageOf, usualLimit } from "../api/page-of.ts";
import { passingRole } from "../api/pass-role.ts";
import { tagConditions, tagsOf } from "../api/tags.ts";
import { busOf, defaultBus, documentId, ruleArn } from "./event-arns.ts";
import { eventOfText } from "./event.ts";
import {
  type EventsContext,
  foundBus,
  limitExceeded,
  noRule,
  updateRule,
} from "./events-context.ts";
import * as m from "./members.ts";
import type { RuleRecord } from "./records.ts";
import { ruleTiming } from "./scheduled-rules.ts";

/** *Documented*: rules of a bus. */
const mostRules = 300;

const states = ["ENABLED", "DISABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"] as const;
const named = { Name: m.requiredRuleName, EventBusName: m.busNameOrArn } as const;

interface Named {
  readonly Name: string;
  readonly EventBusName?: string;
}

function arnOfNamed({ Name: name, EventBusName: given }: Named, scope: ArnScope): string {
  const { region, name: bus } = busOf(given, scope);
  return ruleArn({ ...scope, region }, bus, name);
}

/** What EventBridge does with rules. */
export function ruleOperations(context: EventsContext): {
  readonly [name: string]: ServiceOperation;
} {
  const { book, ticker, clock } = context;

  /** Makes the clock of a rule go, or stops it. */
  async function wound(scope: ArnScope, rule: RuleRecord): Promise<void> {
    const arn = ruleArn(scope, rule.bus, rule.name);
    const timing = ruleTiming(rule);
    await (timing === undefined ? ticker.stopClock(arn) : ticker.wind(arn, timing, clock.now()));
  }

  async function switched(input: Named, scope: ArnScope, state: RuleRecord["state"]) {
    const { region } = busOf(input.EventBusName, scope);
    const given = { bus: input.EventBusName, name: input.Name };
    const rule = await updateRule(context, given, scope, (before) => ({
      ...before,
      state,
      // *Our choice*: a rate of a rule that is switched on counts from then on.
      ...(before.state === "DISABLED" && state !== "DISABLED" && { scheduledAt: clock.now() }),
    }));
    await wound({ ...scope, region }, rule);
    return {};
  }

  return {
    PutRule: awsOperation({
      input: {
        ...named,
        ScheduleExpression: { type: "string", max: 256 },
        EventPattern: m.pattern,
        State: { type: "string", enum: states },
        Description: m.description,
        RoleArn: m.arn,
        Tags: m.tags,
      },
      access: (input, { caller }) => [
        {
          action: "events:PutRule",
          resource: arnOfNamed(input, caller),
          conditions: {
            ...tagConditions(tagsOf(input.Tags)),
            // *Documented*: keys by which policies say what rules may be about.
            ...sourcesOf(input.EventPattern),
          },
        },
        ...passingRole(input.RoleArn, "events.amazonaws.com"),
      ],
      async perform(input, { caller }) {
        const { EventPattern: pattern, ScheduleExpression: expression } = input;
        checkExpressions(pattern, expression);
        const bus = await foundBus(context, input.EventBusName, caller);
        if (expression !== undefined && bus.name !== defaultBus) {
          throw invalid("ScheduleExpression is supported only on the default event bus.");
        }
        const scope = { ...caller, region: bus.region };
        const id = documentId(bus.region, bus.name, input.Name);
        const known = await book.rules.get(id);
        if (known === undefined) {
          const others = await book.contents(scope, bus.name);
          if (others.rules.length >= mostRules) throw limitExceeded();
        }
        const now = clock.now();
        const put = (before: RuleRecord | undefined): RuleRecord => ({
          name: input.Name,
          bus: bus.name,
          pattern,
          expression,
          state: input.State ?? "ENABLED",
          description: input.Description,
          roleArn: input.RoleArn,
          createdAt: before?.createdAt ?? now,
          scheduledAt: before?.expression === expression ? (before?.scheduledAt ?? now) : now,
          // *Documented*: tags are those of the first put; later ones are ignored.
          tags: before?.tags ?? tagsOf(input.Tags),
          targets: before?.targets ?? {},
        });
        // First its clock: a rule without one would never tick.
        await wound(scope, put(known));
        await book.rules.update(id, put);
        book.forget();
        return { RuleArn: ruleArn(scope, bus.name, input.Name) };
      },
    }),

    DescribeRule: awsOperation({
      input: named,
      access: (input, { caller }) => [
        { action: "events:DescribeRule", resource: arnOfNamed(input, caller) },
      ],
      async perform(input, { caller }) {
        const { region, name: bus } = await foundBus(context, input.EventBusName, caller);
        const rule = await book.rules.get(documentId(region, bus, input.Name));
        if (rule === undefined) throw noRule(input.Name, bus);
        return { ...shownRule(rule, { ...caller, region }), CreatedBy: caller.accountId };
      },
    }),

    DeleteRule: awsOperation({
      input: { ...named, Force: m.flag },
      access: (input, { caller }) => [
        { action: "events:DeleteRule", resource: arnOfNamed(input, caller) },
      ],
      async perform(input, { caller }) {
        const { region, name: bus } = await foundBus(context, input.EventBusName, caller);
        await book.rules.update(documentId(region, bus, input.Name), (rule) => {
          if (rule !== undefined && Object.keys(rule.targets).length > 0) {
            throw invalid("Rule can't be deleted since it has targets.");
          }
          return undefined;
        });
        book.forget();
        await ticker.stopClock(ruleArn({ ...caller, region }, bus, input.Name));
        return {};
      },
    }),

    EnableRule: awsOperation({
      input: named,
      access: (input, { caller }) => [
        { action: "events:EnableRule", resource: arnOfNamed(input, caller) },
      ],
      perform: (input, { caller }) => switched(input, caller, "ENABLED"),
    }),

    DisableRule: awsOperation({
      input: named,
      access: (input, { caller }) => [
        { action: "events:DisableRule", resource: arnOfNamed(input, caller) },
      ],
      perform: (input, { caller }) => switched(input, caller, "DISABLED"),
    }),

    ListRules: awsOperation({
      input: {
        NamePrefix: m.ruleName,
        EventBusName: m.busNameOrArn,
        NextToken: m.nextToken,
        Limit: m.limit,
      },
      access: () => [{ action: "events:ListRules", resource: "*" }],
      async perform(input, { caller }) {
        const { region, name: bus } = await foundBus(context, input.EventBusName, caller);
        const prefix = `${documentId(region, bus)}|`;
        const rules = await listed(book.rules.all(`${prefix}${input.NamePrefix ?? ""}`, prefix));
        const page = pageOf(rules, ({ name }) => name, {
          limit: input.Limit ?? usualLimit,
          token: input.NextToken,
        });
        const scope = { ...caller, region };
        return {
          Rules: page.items.map((rule) => shownRule(rule, scope)),
          NextToken: page.next,
        };
      },
    }),

    TestEventPattern: awsOperation({
      input: { EventPattern: { ...m.pattern, required: true }, Event: m.requiredText },
      access: () => [{ action: "events:TestEventPattern", resource: "*" }],
      perform(input) {
        checkExpressions(input.EventPattern, undefined);
        return { Result: matches(parsePattern(input.EventPattern), tested(input.Event)) };
      },
    }),
  };
}

function shownRule(rule: RuleRecord, scope: ArnScope): ServiceMembers {
  return {
    Name: rule.name,
    Arn: ruleArn(scope, rule.bus, rule.name),
    EventPattern: rule.pattern,
    ScheduleExpression: rule.expression,
    State: rule.state,
    Description: rule.description,
    RoleArn: rule.roleArn,
    EventBusName: rule.bus,
  };
}

function checkExpressions(pattern: string | undefined, expression: string | undefined): void {
  if (pattern === undefined && expression === undefined) {
    throw invalid("Parameter(s) EventPattern or ScheduleExpression must be specified.");
  }
  try {
    if (pattern !== undefined) parsePattern(pattern);
    if (expression !== undefined) parseSchedule(expression, "events");
  } catch (error) {
    if (error instanceof InvalidEventPattern) {
      throw new ServiceError(
        "InvalidEventPatternException",
        `Event pattern is not valid. Reason: ${error.message}`,
      );
    }
    if (error instanceof InvalidSchedule) throw invalid(error.message);
    throw error;
  }
}

/** *Documented*: an event to test has these members. */
const testedMembers = ["id", "account", "source", "time", "region", "resources", "detail-type"];

function tested(text: string) {
  let event;
  try {
    event = eventOfText(text).value;
  } catch {
    throw invalid("Parameter Event is not valid. Reason: the event is not JSON.");
  }
  const lacking = testedMembers.find((member) => event[member] === undefined);
  if (lacking !== undefined) {
    throw invalid(`Parameter Event is not valid. Reason: ${lacking} is required.`);
  }
  return event;
}

/** The sources and detail types that a pattern names as they are. */
function sourcesOf(pattern: string | undefined): { readonly [key: string]: readonly string[] } {
  try {
    const { source, "detail-type": detailType } = eventOfText(pattern ?? "{}").value;
    return { ...texts("events:source", source), ...texts("events:detail-type", detailType) };
  } catch {
    return {};
  }
}

function texts(key: string, value: unknown): { readonly [key: string]: readonly string[] } {
  const found = Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
  return found.length === 0 ? {} : { [key]: found };
}

function invalid(message: string): ServiceError {
  return new ServiceError("ValidationException", message);
}
