import type { JsonObject } from "../../expression/json.ts";
import {
  ServiceError,
  type ServiceMembers,
  type ServiceOperation,
} from "../../ports/service-api.ts";
import { awsOperation } from "../api/aws-operation.ts";
import { pageOf, usualLimit } from "../api/page-of.ts";
import { passingRole } from "../api/pass-role.ts";
import { actionOfTarget, isFunctionArn } from "../targets/start-target.ts";
import { busOf, documentId, ruleArn } from "./event-arns.ts";
import {
  type EventsContext,
  foundBus,
  limitExceeded,
  noRule,
  updateRule,
} from "./events-context.ts";
import * as m from "./members.ts";
import { type GivenTarget, readTarget, refusedTarget } from "./rule-target.ts";

/** *Documented*: targets of a rule, and of one call. */
const mostTargets = 5;
const mostOfCall = 100;

const ofRule = { Rule: m.requiredRuleName, EventBusName: m.busNameOrArn } as const;

/** What EventBridge does with targets of rules. */
export function targetOperations(context: EventsContext): {
  readonly [name: string]: ServiceOperation;
} {
  const { book } = context;
  return {
    PutTargets: awsOperation({
      input: {
        ...ofRule,
        Targets: { type: "list", of: m.target, min: 1, max: mostOfCall, required: true },
      },
      access: (input, { caller }) => {
        const { region, name: bus } = busOf(input.EventBusName, caller);
        const targets = input.Targets;
        return [
          {
            action: "events:PutTargets",
            resource: ruleArn({ ...caller, region }, bus, input.Rule),
            conditions: { "events:TargetArn": targets.map(({ Arn }) => Arn) },
          },
          ...targets.flatMap(({ RoleArn }) => passingRole(RoleArn, "events.amazonaws.com")),
          // *Our choice*: queues, topics and log groups have policies of their own at AWS. Here whoever puts such a target without a role is asked; a
          // function has one here, too, which is asked when it is called.
          ...targets
            .filter(({ Arn, RoleArn }) => RoleArn === undefined && !isFunctionArn(Arn))
            .map(({ Arn }) => ({ action: actionOfTarget(Arn), resource: Arn })),
          ...targets.flatMap(({ DeadLetterConfig }) =>
            DeadLetterConfig?.Arn === undefined
              ? []
              : [{ action: "sqs:SendMessage", resource: DeadLetterConfig.Arn }],
          ),
        ];
      },
      async perform(input, { caller }) {
        const refused = input.Targets.flatMap((target) => refusal(target) ?? []);
        const ids = new Set(refused.map(({ TargetId }) => TargetId));
        const taken = input.Targets.filter(({ Id }) => !ids.has(Id));
        const given = { bus: input.EventBusName, name: input.Rule };
        await updateRule(context, given, caller, (rule) => {
          const targets = {
            ...rule.targets,
            ...Object.fromEntries(taken.map((one) => [one.Id, one as unknown as JsonObject])),
          };
          if (Object.keys(targets).length > mostTargets) throw limitExceeded();
          return { ...rule, targets };
        });
        return { FailedEntryCount: refused.length, FailedEntries: refused };
      },
    }),

    RemoveTargets: awsOperation({
      input: {
        ...ofRule,
        Ids: { type: "list", of: m.requiredText, min: 1, max: mostOfCall, required: true },
        Force: m.flag,
      },
      access: (input, { caller }) => {
        const { region, name: bus } = busOf(input.EventBusName, caller);
        const resource = ruleArn({ ...caller, region }, bus, input.Rule);
        return [{ action: "events:RemoveTargets", resource }];
      },
      async perform(input, { caller }) {
        const given = { bus: input.EventBusName, name: input.Rule };
        await updateRule(context, given, caller, (rule) => ({
          ...rule,
          targets: Object.fromEntries(
            Object.entries(rule.targets).filter(([id]) => !input.Ids.includes(id)),
          ),
        }));
        return { FailedEntryCount: 0, FailedEntries: [] };
      },
    }),

    ListTargetsByRule: awsOperation({
      input: { ...ofRule, NextToken: m.nextToken, Limit: m.limit },
      access: (input, { caller }) => {
        const { region, name: bus } = busOf(input.EventBusName, caller);
        const resource = ruleArn({ ...caller, region }, bus, input.Rule);
        return [{ action: "events:ListTargetsByRule", resource }];
      },
      async perform(input, { caller }) {
        const { region, name: bus } = await foundBus(context, input.EventBusName, caller);
        const rule = await book.rules.get(documentId(region, bus, input.Rule));
        if (rule === undefined) throw noRule(input.Rule, bus);
        const page = pageOf(
          Object.entries(rule.targets).sort(([a], [b]) => (a < b ? -1 : 1)),
          ([id]) => id,
          { limit: input.Limit ?? usualLimit, token: input.NextToken },
        );
        return {
          Targets: page.items.map(([, target]) => target as ServiceMembers),
          NextToken: page.next,
        };
      },
    }),

    ListRuleNamesByTarget: awsOperation({
      input: {
        TargetArn: m.requiredArn,
        EventBusName: m.busNameOrArn,
        NextToken: m.nextToken,
        Limit: m.limit,
      },
      access: () => [{ action: "events:ListRuleNamesByTarget", resource: "*" }],
      async perform(input, { caller }) {
        const { region, name: bus } = await foundBus(context, input.EventBusName, caller);
        const { rules } = await book.contents({ ...caller, region }, bus);
        const names = rules
          .filter(({ targets }) => targets.some(({ arn }) => arn === input.TargetArn))
          .map(({ record }) => record.name);
        const page = pageOf(names, (name) => name, {
          limit: input.Limit ?? usualLimit,
          token: input.NextToken,
        });
        return { RuleNames: page.items, NextToken: page.next };
      },
    }),
  };
}

/** The entry of the answer for a target that cannot be put. */
function refusal(target: GivenTarget) {
  const error = refusedTarget(target) ?? unreadable(target);
  return error && { TargetId: target.Id, ErrorCode: error.code, ErrorMessage: error.message };
}

function unreadable(target: GivenTarget): ServiceError | undefined {
  try {
    readTarget(target as unknown as JsonObject);
    return undefined;
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return error;
  }
}
