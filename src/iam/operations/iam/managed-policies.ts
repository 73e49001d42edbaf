import type { DirectoryView } from "../../directory/directory-view.ts";
import { allOfAws, findPolicy, isOfAws } from "../../directory/find-policy.ts";
import { iamArn } from "../../directory/iam-arns.ts";
import { nameKey, type PolicyRecord } from "../../directory/records.ts";
import { uniqueId } from "../../directory/unique-ids.ts";
import { checkManaged } from "../check-document.ts";
import { iamErrors } from "../iam-error.ts";
import {
  description,
  pageMembers,
  path,
  pathPrefix,
  policyArn,
  policyDocument,
  policyName,
  tags,
  versionId,
} from "../iam-members.ts";
import { flag, optionalText, required } from "../members.ts";
import { type IamContext, operation } from "../operation.ts";
import { pageOf } from "../paging.ts";
import { attachmentsOf } from "./attachments.ts";
import { quotas, requestedTags } from "./holders.ts";
import { shownPolicy, shownVersion } from "./shown.ts";

const onPolicy = ({ PolicyArn }: { readonly PolicyArn: string }) => ({ resource: PolicyArn });

/** The policy; throws IAM's NoSuchEntity if there is none. */
export function policyOf(view: DirectoryView, arn: string): PolicyRecord {
  const policy = findPolicy(view, arn);
  if (policy === undefined) throw iamErrors.noSuchPolicy(arn);
  return policy;
}

function shownOf(view: DirectoryView, arn: string, policy: PolicyRecord) {
  const count = attachmentsOf(view, arn).length;
  // One of AWS's is in no account.
  return { ...shownPolicy(view.account, policy, count), Arn: arn };
}

/** Changes one of the account's own. */
function changePolicy(
  { directory }: IamContext,
  arn: string,
  next: (present: PolicyRecord, view: DirectoryView) => PolicyRecord | undefined,
): Promise<void> {
  if (isOfAws(arn)) throw iamErrors.ofAws(arn);
  const key = nameKey(arn.slice(arn.lastIndexOf("/") + 1));
  return directory.change("policy", key, (_, view) => next(policyOf(view, arn), view));
}

function versionOf(policy: PolicyRecord, arn: string, id: string) {
  const version = policy.versions.find((each) => each.versionId === id);
  if (version === undefined) throw iamErrors.noSuchVersion(arn, id);
  return version;
}

export const managedPolicyOperations = {
  CreatePolicy: operation({
    input: {
      PolicyName: required(policyName),
      Path: path,
      PolicyDocument: required(policyDocument),
      Description: description,
      Tags: tags,
    },
    access: ({ PolicyName, Path = "/", Tags }, { view }) => ({
      resource: iamArn(view.account, "policy", { path: Path, name: PolicyName }),
      conditions: requestedTags(Tags),
    }),
    async perform({ PolicyName, Path = "/", PolicyDocument, Description, Tags }, context) {
      const { directory, clock } = context;
      checkManaged(PolicyDocument, quotas.managedSize);
      const now = clock.now();
      const policy: PolicyRecord = {
        name: PolicyName,
        path: Path,
        id: uniqueId("policy"),
        createdAt: now,
        updatedAt: now,
        tags: Tags,
        ...(Description !== undefined && { description: Description }),
        versions: [{ versionId: "v1", document: PolicyDocument, createdAt: now }],
        defaultVersionId: "v1",
        lastVersion: 1,
      };
      await directory.change("policy", nameKey(PolicyName), (present) => {
        if (present !== undefined) throw iamErrors.policyExists(PolicyName);
        return policy;
      });
      return { Policy: shownPolicy(directory.account, policy, 0) };
    },
  }),

  GetPolicy: operation({
    input: { PolicyArn: required(policyArn) },
    access: onPolicy,
    perform: ({ PolicyArn }, _, { view }) => ({
      Policy: shownOf(view, PolicyArn, policyOf(view, PolicyArn)),
    }),
  }),

  ListPolicies: operation({
    input: {
      Scope: optionalText({ max: 5, oneOf: ["All", "AWS", "Local"] }),
      OnlyAttached: flag,
      PathPrefix: pathPrefix,
      PolicyUsageFilter: optionalText({
        max: 30,
        oneOf: ["PermissionsPolicy", "PermissionsBoundary"],
      }),
      ...pageMembers,
    },
    access: ({ PathPrefix = "/" }, { view }) => ({
      resource: iamArn(view.account, "policy", { path: PathPrefix, name: "" }),
    }),
    perform({ Scope = "All", OnlyAttached = false, PathPrefix = "/", ...page }, _, { view }) {
      const own = view
        .all("policy")
        .map((policy) => [iamArn(view.account, "policy", policy), policy] as const);
      const all = [...(Scope === "AWS" ? [] : own), ...(Scope === "Local" ? [] : allOfAws())];
      const wanted = all.filter(
        ([arn, policy]) =>
          policy.path.startsWith(PathPrefix) &&
          (!OnlyAttached || attachmentsOf(view, arn).length > 0),
      );
      return pageOf(
        "Policies",
        wanted,
        { keyOf: ([arn]) => arn, shown: ([arn, policy]) => shownOf(view, arn, policy) },
        page,
      );
    },
  }),

  DeletePolicy: operation({
    input: { PolicyArn: required(policyArn) },
    access: onPolicy,
    async perform({ PolicyArn }, context) {
      await changePolicy(context, PolicyArn, (policy, view) => {
        if (attachmentsOf(view, PolicyArn).length > 0) {
          throw iamErrors.conflict("Cannot delete a policy attached to entities.");
        }
        if (policy.versions.length > 1) {
          throw iamErrors.conflict(
            "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
          );
        }
        return undefined;
      });
      return {};
    },
  }),

  CreatePolicyVersion: operation({
    input: {
      PolicyArn: required(policyArn),
      PolicyDocument: required(policyDocument),
      SetAsDefault: flag,
    },
    access: onPolicy,
    async perform({ PolicyArn, PolicyDocument, SetAsDefault = false }, context) {
      checkManaged(PolicyDocument, quotas.managedSize);
      const now = context.clock.now();
      await changePolicy(context, PolicyArn, (policy) => {
        if (policy.versions.length >= quotas.versions) throw iamErrors.versions(quotas.versions);
        const made = `v${policy.lastVersion + 1}`;
        const version = { versionId: made, document: PolicyDocument, createdAt: now };
        return {
          ...policy,
          updatedAt: now,
          versions: [...policy.versions, version],
          lastVersion: policy.lastVersion + 1,
          ...(SetAsDefault && { defaultVersionId: made }),
        };
      });
      const policy = policyOf(await context.directory.view(), PolicyArn);
      const made = versionOf(policy, PolicyArn, `v${policy.lastVersion}`);
      return { PolicyVersion: shownVersion(policy, made, false) };
    },
  }),

  GetPolicyVersion: operation({
    input: { PolicyArn: required(policyArn), VersionId: required(versionId) },
    access: onPolicy,
    perform({ PolicyArn, VersionId }, _, { view }) {
      const policy = policyOf(view, PolicyArn);
      return {
        PolicyVersion: shownVersion(policy, versionOf(policy, PolicyArn, VersionId), true),
      };
    },
  }),

  ListPolicyVersions: operation({
    input: { PolicyArn: required(policyArn), ...pageMembers },
    access: onPolicy,
    perform({ PolicyArn, ...page }, _, { view }) {
      const policy = policyOf(view, PolicyArn);
      return pageOf(
        "Versions",
        policy.versions.toReversed(),
        {
          keyOf: (version) => version.versionId,
          shown: (version) => shownVersion(policy, version, false),
        },
        page,
      );
    },
  }),

  SetDefaultPolicyVersion: operation({
    input: { PolicyArn: required(policyArn), VersionId: required(versionId) },
    access: onPolicy,
    async perform({ PolicyArn, VersionId }, context) {
      const now = context.clock.now();
      await changePolicy(context, PolicyArn, (policy) => {
        versionOf(policy, PolicyArn, VersionId);
        return { ...policy, defaultVersionId: VersionId, updatedAt: now };
      });
      return {};
    },
  }),

  DeletePolicyVersion: operation({
    input: { PolicyArn: required(policyArn), VersionId: required(versionId) },
    access: onPolicy,
    async perform({ PolicyArn, VersionId }, context) {
      await changePolicy(context, PolicyArn, (policy) => {
        versionOf(policy, PolicyArn, VersionId);
        if (policy.defaultVersionId === VersionId) {
          throw iamErrors.conflict("Cannot delete the default version of a policy.");
        }
        const versions = policy.versions.filter((each) => each.versionId !== VersionId);
        return { ...policy, versions };
      });
      return {};
    },
  }),
};
