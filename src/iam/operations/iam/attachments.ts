import type { DirectoryView } from "../../directory/directory-view.ts";
import { findPolicy } from "../../directory/find-policy.ts";
import { nameKey } from "../../directory/records.ts";
import { iamErrors } from "../iam-error.ts";
import {
  groupName,
  pageMembers,
  pathPrefix,
  policyArn,
  roleName,
  userName,
} from "../iam-members.ts";
import { type Member, optionalText, required } from "../members.ts";
import { operation } from "../operation.ts";
import { pageOf, type PageInput } from "../paging.ts";
import {
  changeHolder,
  type HolderKind,
  holderOf,
  type Holders,
  onHolder,
  quotas,
} from "./holders.ts";
import { shownAttached } from "./shown.ts";

const holderKinds = ["group", "user", "role"] as const;

interface Attachment {
  readonly kind: HolderKind;
  readonly holder: Holders[HolderKind];
}

/** Those whom a managed policy is attached to. */
export function attachmentsOf(view: DirectoryView, arn: string): readonly Attachment[] {
  return holderKinds.flatMap((kind) =>
    view
      .all(kind)
      .filter(({ attachedPolicies }) => attachedPolicies.includes(arn))
      .map((holder) => ({ kind, holder })),
  );
}

/** The three operations on what is attached to a kind: AWS has them three times. */
function attachments(kind: HolderKind, nameMember: string, name: Member<string | undefined>) {
  const named = { [nameMember]: required(name) };
  const ofInput = (input: { readonly [member: string]: unknown }) => String(input[nameMember]);
  const arnOf = (input: { readonly [member: string]: unknown }) => String(input["PolicyArn"]);
  const access = (input: { readonly [member: string]: unknown }, view: DirectoryView) => {
    const { resource, conditions } = onHolder(view, kind, ofInput(input));
    return { resource, conditions: { ...conditions, "iam:PolicyARN": arnOf(input) } };
  };
  return {
    attach: operation({
      input: { ...named, PolicyArn: required(policyArn) },
      access: (input, { view }) => access(input, view),
      async perform(input, context) {
        const arn = arnOf(input);
        await changeHolder(context, kind, ofInput(input), (holder, view) => {
          if (findPolicy(view, arn) === undefined) throw iamErrors.notAttachable(arn);
          if (holder.attachedPolicies.includes(arn)) return holder;
          if (holder.attachedPolicies.length >= quotas.attachedPolicies) {
            throw iamErrors.quota(quotaNames[kind], quotas.attachedPolicies);
          }
          return { ...holder, attachedPolicies: [...holder.attachedPolicies, arn] };
        });
        return {};
      },
    }),
    detach: operation({
      input: { ...named, PolicyArn: required(policyArn) },
      access: (input, { view }) => access(input, view),
      async perform(input, context) {
        const arn = arnOf(input);
        await changeHolder(context, kind, ofInput(input), (holder) => {
          if (!holder.attachedPolicies.includes(arn)) throw iamErrors.noSuchPolicy(arn);
          const others = holder.attachedPolicies.filter((each) => each !== arn);
          return { ...holder, attachedPolicies: others };
        });
        return {};
      },
    }),
    list: operation({
      input: { ...named, PathPrefix: pathPrefix, ...pageMembers },
      access: (input, { view }) => onHolder(view, kind, ofInput(input)),
      perform(input, _, { view }) {
        const prefix = (input as { readonly PathPrefix?: string }).PathPrefix ?? "/";
        const { attachedPolicies } = holderOf(view, kind, ofInput(input));
        return pageOf(
          "AttachedPolicies",
          attachedPolicies.filter((arn) =>
            arn.slice(arn.indexOf("policy/") + 6).startsWith(prefix),
          ),
          { keyOf: (arn) => arn, shown: shownAttached },
          input as unknown as PageInput,
        );
      },
    }),
  };
}

const quotaNames = {
  user: "PoliciesPerUser",
  group: "PoliciesPerGroup",
  role: "PoliciesPerRole",
} as const;

const ofUser = attachments("user", "UserName", userName);
const ofGroup = attachments("group", "GroupName", groupName);
const ofRole = attachments("role", "RoleName", roleName);

export const attachmentOperations = {
  AttachUserPolicy: ofUser.attach,
  DetachUserPolicy: ofUser.detach,
  ListAttachedUserPolicies: ofUser.list,
  AttachGroupPolicy: ofGroup.attach,
  DetachGroupPolicy: ofGroup.detach,
  ListAttachedGroupPolicies: ofGroup.list,
  AttachRolePolicy: ofRole.attach,
  DetachRolePolicy: ofRole.detach,
  ListAttachedRolePolicies: ofRole.list,

  ListEntitiesForPolicy: operation({
    input: {
      PolicyArn: required(policyArn),
      EntityFilter: optionalText({
        max: 30,
        oneOf: ["User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy"],
      }),
      PathPrefix: pathPrefix,
      PolicyUsageFilter: optionalText({
        max: 30,
        oneOf: ["PermissionsPolicy", "PermissionsBoundary"],
      }),
      ...pageMembers,
    },
    access: ({ PolicyArn }) => ({ resource: PolicyArn }),
    perform(
      { PolicyArn, EntityFilter, PathPrefix = "/", PolicyUsageFilter, ...page },
      _,
      { view },
    ) {
      if (findPolicy(view, PolicyArn) === undefined) throw iamErrors.noSuchPolicy(PolicyArn);
      const found = [
        ...(PolicyUsageFilter === "PermissionsBoundary" ? [] : attachmentsOf(view, PolicyArn)),
        ...(PolicyUsageFilter === "PermissionsPolicy" ? [] : boundedBy(view, PolicyArn)),
      ].filter(
        ({ kind, holder }) =>
          holder.path.startsWith(PathPrefix) &&
          (EntityFilter === undefined || EntityFilter.toLowerCase() === kind),
      );
      const { entities, ...rest } = pageOf(
        "entities",
        found,
        { keyOf: ({ kind, holder }) => `${kind}/${nameKey(holder.name)}`, shown: shownEntity },
        page,
      );
      const shown = entities as readonly ReturnType<typeof shownEntity>[];
      const of = (kind: HolderKind) => shown.filter((entity) => `${memberOf[kind]}Name` in entity);
      return {
        PolicyGroups: of("group"),
        PolicyUsers: of("user"),
        PolicyRoles: of("role"),
        ...rest,
      };
    },
  }),
};

const memberOf = { user: "User", group: "Group", role: "Role" } as const;

function shownEntity({ kind, holder }: Attachment): { readonly [member: string]: string } {
  return { [`${memberOf[kind]}Name`]: holder.name, [`${memberOf[kind]}Id`]: holder.id };
}

function boundedBy(view: DirectoryView, arn: string): readonly Attachment[] {
  return (["user", "role"] as const).flatMap((kind) =>
    view
      .all(kind)
      .filter(({ permissionsBoundary }) => permissionsBoundary === arn)
      .map((holder) => ({ kind, holder })),
  );
}
