import { type IamAccount, iamArn } from "../../directory/iam-arns.ts";
import type {
  AccessKeyRecord,
  GroupRecord,
  NamedRecord,
  PolicyRecord,
  PolicyVersionRecord,
  RoleRecord,
  Tags,
  UserRecord,
} from "../../directory/records.ts";
import type { Answer } from "../operation.ts";

/** Records as IAM's API shows them. *Documented*: API Reference, data types. */

export function shownUser(account: IamAccount, user: UserRecord): Answer {
  return {
    ...shown(account, "user", "User", user),
    ...shownBoundary(user),
    Tags: shownTags(user.tags),
  };
}

export function shownGroup(account: IamAccount, group: GroupRecord): Answer {
  return shown(account, "group", "Group", group);
}

export function shownRole(account: IamAccount, role: RoleRecord): Answer {
  return {
    ...shown(account, "role", "Role", role),
    AssumeRolePolicyDocument: encodedDocument(role.trustPolicy),
    Description: role.description,
    MaxSessionDuration: role.maxSessionSeconds,
    ...shownBoundary(role),
    Tags: shownTags(role.tags),
  };
}

export function shownPolicy(
  account: IamAccount,
  policy: PolicyRecord,
  attachmentCount: number,
): Answer {
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: iamArn(account, "policy", policy),
    Path: policy.path,
    DefaultVersionId: policy.defaultVersionId,
    AttachmentCount: attachmentCount,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    Description: policy.description,
    CreateDate: new Date(policy.createdAt),
    UpdateDate: new Date(policy.updatedAt),
    Tags: shownTags(policy.tags),
  };
}

/** Listings leave the document out. */
export function shownVersion(
  policy: PolicyRecord,
  version: PolicyVersionRecord,
  withDocument: boolean,
): Answer {
  return {
    ...(withDocument && { Document: encodedDocument(version.document) }),
    VersionId: version.versionId,
    IsDefaultVersion: version.versionId === policy.defaultVersionId,
    CreateDate: new Date(version.createdAt),
  };
}

export function shownKey(key: AccessKeyRecord): Answer {
  return {
    UserName: key.userName,
    AccessKeyId: key.accessKeyId,
    Status: key.isActive ? "Active" : "Inactive",
    CreateDate: new Date(key.createdAt),
  };
}

export function shownTags(tags: Tags): readonly Answer[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

export function shownAttached(arn: string): Answer {
  return { PolicyName: arn.slice(arn.lastIndexOf("/") + 1), PolicyArn: arn };
}

/** *Documented*: documents are answered as RFC 3986 encodes them. */
export function encodedDocument(document: string): string {
  return encodeURIComponent(document).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function shown(
  account: IamAccount,
  kind: "user" | "group" | "role",
  named: "User" | "Group" | "Role",
  record: NamedRecord,
): Answer {
  return {
    Path: record.path,
    [`${named}Name`]: record.name,
    [`${named}Id`]: record.id,
    Arn: iamArn(account, kind, record),
    CreateDate: new Date(record.createdAt),
  };
}

function shownBoundary({ permissionsBoundary }: Pick<UserRecord, "permissionsBoundary">): Answer {
  if (permissionsBoundary === undefined) return {};
  return {
    PermissionsBoundary: {
      PermissionsBoundaryType: "Policy",
      PermissionsBoundaryArn: permissionsBoundary,
    },
  };
}
