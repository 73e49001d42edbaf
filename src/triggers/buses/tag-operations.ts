import type { ServiceMembers, ServiceOperation } from "../../ports/service-api.ts";
import { awsOperation } from "../api/aws-operation.ts";
import { shownTags, tagConditions, tagsOf, withoutTags, withTags } from "../api/tags.ts";
import { busOf, documentId, ruleOfArn } from "./event-arns.ts";
import { type EventsContext, notFound } from "./events-context.ts";
import * as m from "./members.ts";
import type { Tags } from "./records.ts";

/** What EventBridge does with tags of rules and buses. */
export function tagOperations({ book }: EventsContext): {
  readonly [name: string]: ServiceOperation;
} {
  /** The tags of what an ARN names, after a change. */
  async function tagged(arn: string, change: (tags: Tags) => Tags): Promise<Tags> {
    const rule = ruleOfArn(arn);
    const changed = <T extends { readonly tags: Tags }>(found: T | undefined): T => {
      if (found === undefined) throw notFound(`Resource ${arn}`);
      const tags = change(found.tags);
      return tags === found.tags ? found : { ...found, tags };
    };
    if (rule !== undefined) {
      const id = documentId(rule.region, rule.bus, rule.name);
      return (await book.rules.updated(id, changed))?.tags ?? {};
    }
    const [, region = ""] = /^arn:[^:]+:events:([^:]+):[^:]*:event-bus\/.+$/.exec(arn) ?? [];
    const { name } = busOf(arn, { partition: "", region, accountId: "" });
    return (await book.buses.updated(documentId(region, name), changed))?.tags ?? {};
  }

  return {
    TagResource: awsOperation({
      input: { ResourceARN: m.requiredArn, Tags: { ...m.tags, required: true } },
      access: (input) => [
        {
          action: "events:TagResource",
          resource: input.ResourceARN,
          conditions: tagConditions(tagsOf(input.Tags)),
        },
      ],
      async perform({ ResourceARN: arn, Tags: tags }) {
        await tagged(arn, (before) => withTags(before, tagsOf(tags)));
        return {};
      },
    }),

    UntagResource: awsOperation({
      input: {
        ResourceARN: m.requiredArn,
        TagKeys: { type: "list", of: { type: "string", min: 1, max: 128 }, required: true },
      },
      access: (input) => [{ action: "events:UntagResource", resource: input.ResourceARN }],
      async perform({ ResourceARN: arn, TagKeys: keys }) {
        await tagged(arn, (before) => withoutTags(before, keys));
        return {};
      },
    }),

    ListTagsForResource: awsOperation({
      input: { ResourceARN: m.requiredArn },
      access: (input) => [{ action: "events:ListTagsForResource", resource: input.ResourceARN }],
      async perform({ ResourceARN: arn }): Promise<ServiceMembers> {
        return { Tags: shownTags(await tagged(arn, (tags) => tags)) };
      },
    }),
  };
}
