import { isJsonObject, type JsonObject } from "../../expression/json.ts";
import type { Caller } from "../../ports/caller.ts";
import type { Clock } from "../../ports/clock.ts";
import {
  ServiceError,
  type ServiceMembers,
  type ServiceOperation,
} from "../../ports/service-api.ts";
import { numberOf, shownText, structureOf, textOf, textsOf } from "../members.ts";
import { type LogGroups, noSuchGroup } from "./log-groups.ts";
import type { LogGroupRecord } from "./log-records.ts";
import { groupArn, ofGroup } from "./logs-operation.ts";

/** *Documented*: days that retention may be of, and a page. */
const retentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1_096, 1_827, 2_192, 2_557, 2_922,
  3_288, 3_653,
];
const mostGroups = 50;
const mostTags = 50;

export function groupOperations(
  groups: LogGroups,
  clock: Pick<Clock, "now">,
): { readonly [name: string]: ServiceOperation } {
  const change = (
    action: string,
    made: (before: LogGroupRecord, members: JsonObject) => LogGroupRecord,
  ): ServiceOperation =>
    ofGroup(action, async (members, group, { region }) => {
      await groups.update(region, group, (before) => {
        if (before === undefined) throw noSuchGroup();
        return made(before, members);
      });
      return {};
    });
  const listTags = (action: string): ServiceOperation =>
    ofGroup(action, async (_, group, { region }) => {
      const found = await groups.find(region, group);
      if (found === undefined) throw noSuchGroup();
      return { tags: found.tags ?? {} };
    });
  const tag = (action: string): ServiceOperation =>
    change(action, (before, members) => ({
      ...before,
      tags: checkedTags({ ...before.tags, ...tagsOf(members) }),
    }));
  const untag = (action: string): ServiceOperation =>
    change(action, (before, members) => {
      const keys = [...textsOf(members, "tagKeys"), ...textsOf(members, "tags")];
      const kept = Object.entries(before.tags ?? {}).filter(([key]) => !keys.includes(key));
      return { ...before, tags: Object.fromEntries(kept) };
    });

  return {
    CreateLogGroup: ofGroup("CreateLogGroup", async (members, name, { region }) => {
      const tags = checkedTags(tagsOf(members));
      const kmsKeyId = textOf(members, "kmsKeyId");
      const logGroupClass = textOf(members, "logGroupClass");
      await groups.update(region, name, (before) => {
        if (before !== undefined) {
          throw new ServiceError(
            "ResourceAlreadyExistsException",
            "The specified log group already exists",
          );
        }
        return {
          name,
          createdAt: clock.now(),
          tags,
          ...(kmsKeyId !== undefined && { kmsKeyId }),
          ...(logGroupClass !== undefined && { logGroupClass }),
        };
      });
      return {};
    }),

    DeleteLogGroup: ofGroup("DeleteLogGroup", async (_, name, { region }) => {
      if ((await groups.find(region, name)) === undefined) throw noSuchGroup();
      await groups.remove(region, name);
      return {};
    }),

    DescribeLogGroups: {
      prepare({ members }, { caller }) {
        const prefix = textOf(members, "logGroupNamePrefix") ?? "";
        const within = textOf(members, "logGroupNamePattern") ?? "";
        const most = numberOf(members, "limit", { usual: mostGroups, least: 1, most: mostGroups });
        const after = textOf(members, "nextToken");
        return {
          access: [{ action: "logs:DescribeLogGroups", resource: `${groupArn(caller, prefix)}*` }],
          async perform() {
            const page: LogGroupRecord[] = [];
            let nextToken: string | undefined;
            for await (const group of groups.all(caller.region, prefix, after)) {
              if (!group.name.includes(within)) continue;
              if (page.length === most) {
                nextToken = page.at(-1)?.name;
                break;
              }
              page.push(group);
            }
            return {
              members: { logGroups: page.map((group) => shownGroup(group, caller)), nextToken },
            };
          },
        };
      },
    },

    PutRetentionPolicy: change("PutRetentionPolicy", (before, members) => {
      const days = numberOf(members, "retentionInDays", { usual: 0, least: 1, most: 3_653 });
      if (!retentionDays.includes(days)) {
        throw new ServiceError(
          "InvalidParameterException",
          `1 validation error detected: Value '${days}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${retentionDays.join(", ")}]`,
        );
      }
      return { ...before, retentionInDays: days };
    }),

    DeleteRetentionPolicy: change("DeleteRetentionPolicy", (before) => {
      const { retentionInDays: _, ...others } = before;
      return others;
    }),

    TagResource: tag("TagResource"),
    TagLogGroup: tag("TagLogGroup"),
    UntagResource: untag("UntagResource"),
    UntagLogGroup: untag("UntagLogGroup"),
    ListTagsForResource: listTags("ListTagsForResource"),
    ListTagsLogGroup: listTags("ListTagsLogGroup"),
  };
}

function shownGroup(group: LogGroupRecord, caller: Caller): ServiceMembers {
  const { name, createdAt, retentionInDays, kmsKeyId, logGroupClass = "STANDARD" } = group;
  const arn = groupArn(caller, name);
  return {
    logGroupName: name,
    creationTime: createdAt,
    retentionInDays,
    kmsKeyId,
    logGroupClass,
    metricFilterCount: 0,
    storedBytes: 0,
    arn: `${arn}:*`,
    logGroupArn: arn,
  };
}

function tagsOf(members: JsonObject): { readonly [key: string]: string } {
  if (!isJsonObject(members["tags"] ?? null)) return {};
  return Object.fromEntries(
    Object.entries(structureOf(members, "tags")).map(([key, value]) => [key, shownText(value)]),
  );
}

function checkedTags(tags: { readonly [key: string]: string }): { readonly [key: string]: string } {
  const entries = Object.entries(tags);
  const isWrong = entries.some(([key, value]) => key.length > 128 || value.length > 256);
  if (isWrong || entries.length > mostTags) {
    throw new ServiceError(
      "InvalidParameterException",
      `A log group has at most ${mostTags} tags, with keys of 128 and values of 256 characters`,
    );
  }
  return tags;
}
