import type { EpochMs } from "../../machine/ids.ts";

/** What users, groups, roles and policies have alike. Names are unique without regard to case. *Documented*: IAM. */
export interface NamedRecord {
  readonly name: string;
  /** `/`, or `/engineering/`. */
  readonly path: string;
  /** `AIDA…`: never given twice, so that one who gets the name of another does not get his rights. */
  readonly id: string;
  readonly createdAt: EpochMs;
  readonly tags: Tags;
}

export type Tags = { readonly [key: string]: string };

/** What has policies of its own. */
export interface PolicyHolder {
  /** JSON texts by the names of the policies. */
  readonly inlinePolicies: { readonly [name: string]: string };
  /** ARNs of managed policies, in the order they were attached. */
  readonly attachedPolicies: readonly string[];
}

export interface UserRecord extends NamedRecord, PolicyHolder {
  /** Names of groups. */
  readonly groups: readonly string[];
  /** The ARN of the managed policy that bounds what he may. */
  readonly permissionsBoundary?: string;
  /** How he signs in to the console; absent: he does not. */
  readonly loginProfile?: LoginProfile;
}

/** *Documented*: IAM, `LoginProfile`. */
export interface LoginProfile {
  /** See passwords.ts. */
  readonly passwordHash: string;
  readonly createdAt: EpochMs;
  /** When the password was set: sessions that began with another one are over. */
  readonly passwordSetAt: EpochMs;
  /** Whether he has to choose another password when he signs in. */
  readonly passwordResetRequired: boolean;
}

export type GroupRecord = NamedRecord & PolicyHolder;

export interface RoleRecord extends NamedRecord, PolicyHolder {
  readonly description?: string;
  /** JSON text: who may be it. */
  readonly trustPolicy: string;
  readonly maxSessionSeconds: number;
  readonly permissionsBoundary?: string;
}

export interface PolicyRecord extends NamedRecord {
  readonly description?: string;
  readonly updatedAt: EpochMs;
  /** The oldest first; at most five. */
  readonly versions: readonly PolicyVersionRecord[];
  /** `v1`. */
  readonly defaultVersionId: string;
  /** The number of the newest version, so that none is given twice. */
  readonly lastVersion: number;
}

export interface PolicyVersionRecord {
  readonly versionId: string;
  readonly document: string;
  readonly createdAt: EpochMs;
}

export interface AccessKeyRecord {
  /** `AKIA…` */
  readonly accessKeyId: string;
  readonly userName: string;
  readonly isActive: boolean;
  readonly createdAt: EpochMs;
  /** See sealer.ts. */
  readonly sealedSecret: string;
}

/** The records of each kind. */
export interface IamRecords {
  readonly user: UserRecord;
  readonly group: GroupRecord;
  readonly role: RoleRecord;
  readonly policy: PolicyRecord;
  readonly accessKey: AccessKeyRecord;
}

export type IamKind = keyof IamRecords;

export const iamKinds = [
  "user",
  "group",
  "role",
  "policy",
  "accessKey",
] as const satisfies readonly IamKind[];

/** A record, and what it takes to change it. */
export interface Held<R> {
  readonly record: R;
  /** The version of the document that it is; `file`: a file says so, and the API cannot change it. */
  readonly version: number | "file";
}

/** What a record is found by within its kind. */
export function keyOfRecord<K extends IamKind>(kind: K, record: IamRecords[K]): string {
  return kind === "accessKey"
    ? (record as AccessKeyRecord).accessKeyId
    : nameKey((record as NamedRecord).name);
}

/** Two names that are the same but for case have the same key. */
export function nameKey(name: string): string {
  return name.toLowerCase();
}
