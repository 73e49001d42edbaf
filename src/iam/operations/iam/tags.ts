import { findPolicy, isOfAws } from "../../directory/find-policy.ts";
import { nameKey, type Tags } from "../../directory/records.ts";
import { iamErrors } from "../iam-error.ts";
import { pageMembers, policyArn, roleName, tagKeys, tags, userName } from "../iam-members.ts";
import { type Member, required } from "../members.ts";
import { type IamCall, type IamContext, operation } from "../operation.ts";
import { pageOf, type PageInput } from "../paging.ts";
import { changeHolder, holderOf, onHolder, quotas, requestedTags } from "./holders.ts";
import { policyOf } from "./managed-policies.ts";

/** How the tags of a kind are read and changed. */
interface Tagged {
  readonly nameMember: string;
  readonly name: Member<string>;
  readonly access: (name: string, call: IamCall) => ReturnType<typeof onHolder>;
  readonly tagsOf: (name: string, call: IamCall) => Tags;
  readonly change: (name: string, context: IamContext, next: (tags: Tags) => Tags) => Promise<void>;
}

/** The three operations on the tags of a kind. */
function tagging({ nameMember, name, access, tagsOf, change }: Tagged) {
  const named = { [nameMember]: name };
  const ofInput = (input: { readonly [member: string]: unknown }) => String(input[nameMember]);
  return {
    tag: operation({
      input: { ...named, Tags: tags },
      access(input, call) {
        const { resource, conditions } = access(ofInput(input), call);
        return { resource, conditions: { ...conditions, ...requestedTags(input["Tags"] as Tags) } };
      },
      async perform(input, context) {
        await change(ofInput(input), context, (present) => {
          const next = merged(present, input["Tags"] as Tags);
          if (Object.keys(next).length > quotas.tags)
            throw iamErrors.quota("TagsPerResource", quotas.tags);
          return next;
        });
        return {};
      },
    }),
    untag: operation({
      input: { ...named, TagKeys: tagKeys },
      access(input, call) {
        const { resource, conditions } = access(ofInput(input), call);
        const keys = input["TagKeys"] as readonly string[];
        return { resource, conditions: { ...conditions, "aws:TagKeys": keys } };
      },
      async perform(input, context) {
        const keys = new Set(
          (input["TagKeys"] as readonly string[]).map((key) => key.toLowerCase()),
        );
        await change(ofInput(input), context, (present) => without(present, keys));
        return {};
      },
    }),
    list: operation({
      input: { ...named, ...pageMembers },
      access: (input, call) => access(ofInput(input), call),
      perform: (input, _, call) =>
        pageOf(
          "Tags",
          Object.entries(tagsOf(ofInput(input), call)).sort(([left], [right]) =>
            left < right ? -1 : 1,
          ),
          { keyOf: ([key]) => key, shown: ([Key, Value]) => ({ Key, Value }) },
          input as unknown as PageInput,
        ),
    }),
  };
}

/** *Documented*: IAM tells keys apart without regard to case, and keeps the case that was given last. */
function merged(present: Tags, given: Tags): Tags {
  return {
    ...without(present, new Set(Object.keys(given).map((key) => key.toLowerCase()))),
    ...given,
  };
}

function without(present: Tags, keys: ReadonlySet<string>): Tags {
  return Object.fromEntries(
    Object.entries(present).filter(([key]) => !keys.has(key.toLowerCase())),
  );
}

function ofHolder(kind: "user" | "role", nameMember: string, name: Member<string | undefined>) {
  return tagging({
    nameMember,
    name: required(name),
    access: (given, { view }) => onHolder(view, kind, given),
    tagsOf: (given, { view }) => holderOf(view, kind, given).tags,
    change: (given, context, next) =>
      changeHolder(context, kind, given, (holder) => ({ ...holder, tags: next(holder.tags) })),
  });
}

const ofUser = ofHolder("user", "UserName", userName);
const ofRole = ofHolder("role", "RoleName", roleName);
const ofPolicy = tagging({
  nameMember: "PolicyArn",
  name: required(policyArn),
  access: (arn, { view }) => ({
    resource: arn,
    conditions: Object.fromEntries(
      Object.entries(findPolicy(view, arn)?.tags ?? {}).map(([key, value]) => [
        `aws:ResourceTag/${key}`,
        value,
      ]),
    ),
  }),
  tagsOf: (arn, { view }) => policyOf(view, arn).tags,
  change(arn, { directory }, next) {
    if (isOfAws(arn)) throw iamErrors.ofAws(arn);
    const key = nameKey(arn.slice(arn.lastIndexOf("/") + 1));
    return directory.change("policy", key, (_, view) => {
      const policy = policyOf(view, arn);
      return { ...policy, tags: next(policy.tags) };
    });
  },
});

export const tagOperations = {
  TagUser: ofUser.tag,
  UntagUser: ofUser.untag,
  ListUserTags: ofUser.list,
  TagRole: ofRole.tag,
  UntagRole: ofRole.untag,
  ListRoleTags: ofRole.list,
  TagPolicy: ofPolicy.tag,
  UntagPolicy: ofPolicy.untag,
  ListPolicyTags: ofPolicy.list,
};
