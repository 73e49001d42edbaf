import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
} from "../../../expression/json.ts";
import type { GroupRecord, PolicyRecord, RoleRecord, Tags, UserRecord } from "../records.ts";

/** What a file says. */
export interface AccountDetails {
  readonly user: readonly UserRecord[];
  readonly group: readonly GroupRecord[];
  readonly role: readonly RoleRecord[];
  readonly policy: readonly PolicyRecord[];
}

/** A file cannot be read; the message says at which place of it, and why. */
export class AccountDetailsProblem extends Error {
  override readonly name = "AccountDetailsProblem";
}

/**
 * Reads what `aws iam get-account-authorization-details` answers, any part of it, or one `Role`, `User`, `Group` as `aws iam get-role`
 * answers it. Ids, dates and ARNs may be left out. Documents are JSON, or the text of it.
 */
export function parseAccountDetails(value: JsonValue): AccountDetails {
  const root = objectAt(value, "$");
  const known = new Set([...Object.keys(lists), ...Object.keys(singles), "IsTruncated", "Marker"]);
  for (const member of Object.keys(root)) {
    if (!known.has(member)) refuse(`$.${member}`, `is none of ${[...known].join(", ")}`);
  }
  const all = <R>(
    list: keyof typeof lists,
    single: keyof typeof singles | undefined,
    read: Read<R>,
  ) => [
    ...listAt(root[list], `$.${list}`).map((one, index) => read(one, `$.${list}[${index}]`)),
    ...(single !== undefined && root[single] !== undefined
      ? [read(root[single], `$.${single}`)]
      : []),
  ];
  return {
    user: all("UserDetailList", "User", readUser),
    group: all("GroupDetailList", "Group", readGroup),
    role: all("RoleDetailList", "Role", readRole),
    policy: all("Policies", undefined, readPolicy),
  };
}

const lists = { UserDetailList: 1, GroupDetailList: 1, RoleDetailList: 1, Policies: 1 } as const;
const singles = { User: 1, Group: 1, Role: 1 } as const;

type Read<R> = (value: JsonValue, place: string) => R;

function readUser(value: JsonValue, place: string): UserRecord {
  const user = objectAt(value, place);
  return {
    ...named(user, "User", place),
    ...policies(user, "UserPolicyList", place),
    groups: listAt(user["GroupList"], `${place}.GroupList`).map((name, index) =>
      textAt(name, `${place}.GroupList[${index}]`),
    ),
    ...boundary(user, place),
  };
}

function readGroup(value: JsonValue, place: string): GroupRecord {
  const group = objectAt(value, place);
  return { ...named(group, "Group", place), ...policies(group, "GroupPolicyList", place) };
}

function readRole(value: JsonValue, place: string): RoleRecord {
  const role = objectAt(value, place);
  const description = optionalText(role["Description"], `${place}.Description`);
  return {
    ...named(role, "Role", place),
    ...policies(role, "RolePolicyList", place),
    ...(description !== undefined && { description }),
    trustPolicy: documentAt(role["AssumeRolePolicyDocument"], `${place}.AssumeRolePolicyDocument`),
    maxSessionSeconds: numberAt(role["MaxSessionDuration"], 3_600, `${place}.MaxSessionDuration`),
    ...boundary(role, place),
  };
}

function readPolicy(value: JsonValue, place: string): PolicyRecord {
  const policy = objectAt(value, place);
  const at = `${place}.PolicyVersionList`;
  const versions = listAt(policy["PolicyVersionList"], at).map((one, index) => {
    const version = objectAt(one, `${at}[${index}]`);
    return {
      versionId: optionalText(version["VersionId"], `${at}[${index}].VersionId`) ?? "v1",
      document: documentAt(version["Document"], `${at}[${index}].Document`),
      createdAt: dateAt(version["CreateDate"], `${at}[${index}].CreateDate`),
      isDefault: version["IsDefaultVersion"] === true,
    };
  });
  const [first] = versions;
  if (first === undefined) return refuse(at, "has no version");
  const wanted = optionalText(policy["DefaultVersionId"], `${place}.DefaultVersionId`);
  const byId = versions.find(({ versionId }) => versionId === wanted);
  if (wanted !== undefined && byId === undefined)
    refuse(`${place}.DefaultVersionId`, "names no version");
  const used = byId ?? versions.find(({ isDefault }) => isDefault) ?? first;
  const numbers = versions.map(({ versionId }) => Number(versionId.slice(1)));
  return {
    ...named(policy, "Policy", place),
    updatedAt: dateAt(policy["UpdateDate"], `${place}.UpdateDate`),
    versions: versions.map(({ versionId, document, createdAt }) => ({
      versionId,
      document,
      createdAt,
    })),
    defaultVersionId: used.versionId,
    lastVersion: Math.max(1, ...numbers.filter(Number.isSafeInteger)),
  };
}

function named(object: JsonObject, kind: "User" | "Group" | "Role" | "Policy", place: string) {
  const name = textAt(object[`${kind}Name`], `${place}.${kind}Name`);
  if (!/^[\w+=,.@-]{1,128}$/.test(name)) refuse(`${place}.${kind}Name`, "is no name of IAM");
  const path = optionalText(object["Path"], `${place}.Path`) ?? "/";
  if (!/^\/(?:[!-~]+\/)?$/.test(path)) refuse(`${place}.Path`, "does not begin and end with /");
  return {
    name,
    path,
    // One without an id has the same after each reading.
    id:
      optionalText(object[`${kind}Id`], `${place}.${kind}Id`) ?? `FILE${kind.toUpperCase()}${name}`,
    createdAt: dateAt(object["CreateDate"], `${place}.CreateDate`),
    tags: tagsAt(object["Tags"], `${place}.Tags`),
  };
}

function policies(object: JsonObject, list: string, place: string) {
  const inline = listAt(object[list], `${place}.${list}`).map((one, index) => {
    const at = `${place}.${list}[${index}]`;
    const policy = objectAt(one, at);
    return [
      textAt(policy["PolicyName"], `${at}.PolicyName`),
      documentAt(policy["PolicyDocument"], `${at}.PolicyDocument`),
    ] as const;
  });
  const attached = `${place}.AttachedManagedPolicies`;
  return {
    inlinePolicies: Object.fromEntries(inline),
    attachedPolicies: listAt(object["AttachedManagedPolicies"], attached).map((one, index) =>
      textAt(
        objectAt(one, `${attached}[${index}]`)["PolicyArn"],
        `${attached}[${index}].PolicyArn`,
      ),
    ),
  };
}

function boundary(object: JsonObject, place: string) {
  const given = object["PermissionsBoundary"];
  if (given === undefined) return {};
  const at = `${place}.PermissionsBoundary`;
  const arn = objectAt(given, at)["PermissionsBoundaryArn"];
  return { permissionsBoundary: textAt(arn, `${at}.PermissionsBoundaryArn`) };
}

function tagsAt(value: JsonValue | undefined, place: string): Tags {
  const tags = listAt(value, place).map((one, index) => {
    const tag = objectAt(one, `${place}[${index}]`);
    const key = textAt(tag["Key"], `${place}[${index}].Key`);
    return [key, textAt(tag["Value"], `${place}[${index}].Value`)] as const;
  });
  return Object.fromEntries(tags);
}

/** A document as JSON, or as its text. */
function documentAt(value: JsonValue | undefined, place: string): string {
  if (typeof value === "string") return value;
  return JSON.stringify(objectAt(value, place));
}

function objectAt(value: JsonValue | undefined, place: string): JsonObject {
  return isJsonObject(value) ? value : refuse(place, "is no object");
}

function listAt(value: JsonValue | undefined, place: string): readonly JsonValue[] {
  if (value === undefined) return [];
  return isJsonArray(value) ? value : refuse(place, "is no list");
}

function textAt(value: JsonValue | undefined, place: string): string {
  return typeof value === "string" ? value : refuse(place, "is no text");
}

function optionalText(value: JsonValue | undefined, place: string): string | undefined {
  return value === undefined ? undefined : textAt(value, place);
}

function numberAt(value: JsonValue | undefined, otherwise: number, place: string): number {
  if (value === undefined) return otherwise;
  return typeof value === "number" ? value : refuse(place, "is no number");
}

function dateAt(value: JsonValue | undefined, place: string): number {
  if (value === undefined) return 0;
  const at = Date.parse(textAt(value, place));
  return Number.isNaN(at) ? refuse(place, "is no date") : at;
}

function refuse(place: string, why: string): never {
  throw new AccountDetailsProblem(`${place} ${why}`);
}
