import type { ArnScope } from "../../machine/arns.ts";
import {
  ServiceError,
  type ServiceMembers,
  type ServiceOperation,
} from "../../ports/service-api.ts";
import { awsOperation } from "../api/aws-operation.ts";
import { listed, pageOf, usualLimit } from "../api/page-of.ts";
import { shownTags, tagConditions, tagsOf, withoutTags, withTags } from "../api/tags.ts";
import { documentId } from "../buses/event-arns.ts";
import type { Tags } from "../buses/records.ts";
import * as m from "./members.ts";
import { defaultGroup, groupArn, type ScheduleGroupRecord } from "./schedule-record.ts";
import { invalid, notFound, type SchedulerContext } from "./schedule-operations.ts";

/** *Documented*: groups of a Region. */
const mostGroups = 500;
const path = "/schedule-groups/{Name}";
const tagPath = "/tags/{ResourceArn+}";

/** What EventBridge Scheduler does with groups and their tags. */
export function groupOperations({ schedules, ticker, clock }: SchedulerContext): {
  readonly [name: string]: ServiceOperation;
} {
  const access = (action: string, name: string, scope: ArnScope, conditions = {}) => [
    { action: `scheduler:${action}`, resource: groupArn(scope, name), conditions },
  ];

  async function foundGroup(name: string, { region }: ArnScope): Promise<ScheduleGroupRecord> {
    const found = await schedules.groups.get(documentId(region, name));
    if (found !== undefined) return found;
    if (name !== defaultGroup) throw notFound(`Schedule group ${name}`);
    return { name, createdAt: 0, modifiedAt: 0, tags: {} };
  }

  async function tagged(arn: string, change: (tags: Tags) => Tags): Promise<ServiceMembers> {
    const { region, name } = groupOfArn(arn);
    const now = clock.now();
    await schedules.groups.update(documentId(region, name), (group) => {
      if (group === undefined) throw notFound(`Schedule group ${name}`);
      return { ...group, modifiedAt: now, tags: change(group.tags) };
    });
    return {};
  }

  return {
    CreateScheduleGroup: awsOperation({
      http: { method: "POST", path },
      input: { Name: m.requiredName, Tags: m.tags, ClientToken: m.clientToken },
      access: (input, { caller }) =>
        access("CreateScheduleGroup", input.Name, caller, tagConditions(tagsOf(input.Tags))),
      async perform({ Name: name, Tags: tags, ClientToken: token }, { caller }) {
        if ((await listed(schedules.groups.all(`${caller.region}|`))).length >= mostGroups) {
          throw new ServiceError(
            "ServiceQuotaExceededException",
            `There are ${mostGroups} schedule groups already.`,
            402,
          );
        }
        const now = clock.now();
        await schedules.groups.update(documentId(caller.region, name), (group) => {
          if (group !== undefined && token !== undefined && group.clientToken === token) {
            return group;
          }
          if (group !== undefined || name === defaultGroup) {
            throw new ServiceError(
              "ConflictException",
              `Schedule group ${name} already exists.`,
              409,
            );
          }
          return { name, createdAt: now, modifiedAt: now, tags: tagsOf(tags), clientToken: token };
        });
        return { ScheduleGroupArn: groupArn(caller, name) };
      },
    }),

    GetScheduleGroup: awsOperation({
      http: { method: "GET", path },
      input: { Name: m.requiredName },
      access: ({ Name }, { caller }) => access("GetScheduleGroup", Name, caller),
      perform: async ({ Name }, { caller }) => shownGroup(await foundGroup(Name, caller), caller),
    }),

    DeleteScheduleGroup: awsOperation({
      http: { method: "DELETE", path, query: { ClientToken: "clientToken" } },
      input: { Name: m.requiredName, ClientToken: m.clientToken },
      access: ({ Name }, { caller }) => access("DeleteScheduleGroup", Name, caller),
      async perform({ Name: name }, { caller }) {
        if (name === defaultGroup) throw invalid("The default schedule group cannot be deleted.");
        await foundGroup(name, caller);
        // *Documented*: with the group go its schedules.
        for (const one of await listed(schedules.records.all(`${caller.region}|${name}|`))) {
          await schedules.remove(caller, name, one.name, ticker);
        }
        await schedules.groups.update(documentId(caller.region, name), () => undefined);
        return {};
      },
    }),

    ListScheduleGroups: awsOperation({
      http: {
        method: "GET",
        path: "/schedule-groups",
        query: { NamePrefix: "NamePrefix", NextToken: "NextToken", MaxResults: "MaxResults" },
      },
      input: { NamePrefix: m.name, NextToken: m.nextToken, MaxResults: m.maxResults },
      access: () => [{ action: "scheduler:ListScheduleGroups", resource: "*" }],
      async perform(input, { caller }) {
        const made = await listed(schedules.groups.all(`${caller.region}|`));
        const page = pageOf(
          [...made, await foundGroup(defaultGroup, caller)]
            .filter(({ name }) => name.startsWith(input.NamePrefix ?? ""))
            .sort((a, b) => (a.name < b.name ? -1 : 1)),
          ({ name }) => name,
          { limit: input.MaxResults ?? usualLimit, token: input.NextToken },
        );
        return {
          ScheduleGroups: page.items.map((group) => shownGroup(group, caller)),
          NextToken: page.next,
        };
      },
    }),

    TagResource: awsOperation({
      http: { method: "POST", path: tagPath },
      input: { ResourceArn: { ...m.arn, required: true }, Tags: { ...m.tags, required: true } },
      access: (input) => [
        {
          action: "scheduler:TagResource",
          resource: input.ResourceArn,
          conditions: tagConditions(tagsOf(input.Tags)),
        },
      ],
      perform: ({ ResourceArn, Tags }) =>
        tagged(ResourceArn, (before) => withTags(before, tagsOf(Tags))),
    }),

    UntagResource: awsOperation({
      http: { method: "DELETE", path: tagPath, query: { TagKeys: "TagKeys" } },
      input: {
        ResourceArn: { ...m.arn, required: true },
        TagKeys: { type: "list", of: { type: "string", max: 128 }, required: true },
      },
      access: (input) => [{ action: "scheduler:UntagResource", resource: input.ResourceArn }],
      perform: ({ ResourceArn, TagKeys }) =>
        tagged(ResourceArn, (before) => withoutTags(before, TagKeys)),
    }),

    ListTagsForResource: awsOperation({
      http: { method: "GET", path: tagPath },
      input: { ResourceArn: { ...m.arn, required: true } },
      access: (input) => [{ action: "scheduler:ListTagsForResource", resource: input.ResourceArn }],
      async perform({ ResourceArn: arn }, { caller }) {
        const { region, name } = groupOfArn(arn);
        return { Tags: shownTags((await foundGroup(name, { ...caller, region })).tags) };
      },
    }),
  };
}

function shownGroup(group: ScheduleGroupRecord, scope: ArnScope): ServiceMembers {
  return {
    Arn: groupArn(scope, group.name),
    Name: group.name,
    State: "ACTIVE",
    CreationDate: new Date(group.createdAt),
    LastModificationDate: new Date(group.modifiedAt),
  };
}

/** *Documented*: groups have tags, schedules have none. */
function groupOfArn(arn: string): { readonly region: string; readonly name: string } {
  const [, region, name] =
    /^arn:[^:]+:scheduler:([^:]+):[^:]*:schedule-group\/([^/]+)$/.exec(arn) ?? [];
  if (region === undefined || name === undefined) {
    throw invalid(`Invalid resource ARN ${arn}.`);
  }
  return { region, name };
}
