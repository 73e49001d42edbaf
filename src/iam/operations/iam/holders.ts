import type { DirectoryView } from "../../directory/directory-view.ts";
import { findPolicy } from "../../directory/find-policy.ts";
import { iamArn } from "../../directory/iam-arns.ts";
import {
  type GroupRecord,
  type IamRecords,
  nameKey,
  type RoleRecord,
  type UserRecord,
} from "../../directory/records.ts";
import { iamErrors } from "../iam-error.ts";
import type { IamAccess, IamContext } from "../operation.ts";

/** What has policies of its own, by its kind. */
export interface Holders {
  readonly user: UserRecord;
  readonly group: GroupRecord;
  readonly role: RoleRecord;
}
export type HolderKind = keyof Holders;

/** The record; throws IAM's NoSuchEntity if there is none. */
export function holderOf<K extends HolderKind>(
  view: DirectoryView,
  kind: K,
  name: string,
): Holders[K] {
  const record = view.named(kind, name) as Holders[K] | undefined;
  if (record === undefined) throw iamErrors.noSuch(kind, name);
  return record;
}

/** Changes a record that has to be there. */
export function changeHolder<K extends HolderKind>(
  { directory }: Pick<IamContext, "directory">,
  kind: K,
  name: string,
  next: (present: Holders[K], view: DirectoryView) => Holders[K],
): Promise<void> {
  // A kind's holder is the kind's record; the compiler does not see that for a kind that is open.
  return directory.change<HolderKind>(
    kind,
    nameKey(name),
    (_, view) => next(holderOf(view, kind, name), view) as IamRecords[HolderKind],
  );
}

/** Refuses a boundary that is no policy. */
export function checkBoundary(view: DirectoryView, arn: string | undefined): void {
  if (arn !== undefined && findPolicy(view, arn) === undefined) throw iamErrors.notAttachable(arn);
}

/** An operation on one: its ARN with its path; of one that does not exist, as it would be without one. */
export function onHolder(view: DirectoryView, kind: HolderKind, name: string): IamAccess {
  const record = view.named(kind, name);
  const resource = iamArn(view.account, kind, record ?? { path: "/", name });
  const tags = Object.entries(record?.tags ?? {});
  if (tags.length === 0) return { resource };
  const conditions = tags.flatMap(([key, value]) => [
    [`aws:ResourceTag/${key}`, value] as const,
    [`iam:ResourceTag/${key}`, value] as const,
  ]);
  return { resource, conditions: Object.fromEntries(conditions) };
}

/** What a request would tag with, for conditions. */
export function requestedTags(tags: { readonly [key: string]: string }) {
  const keys = Object.keys(tags);
  if (keys.length === 0) return {};
  return {
    "aws:TagKeys": keys,
    ...Object.fromEntries(keys.map((key) => [`aws:RequestTag/${key}`, tags[key] ?? ""])),
  };
}

/** Documented: IAM quotas. */
export const quotas = {
  groupsPerUser: 10,
  attachedPolicies: 10,
  accessKeys: 2,
  versions: 5,
  inlineSize: { user: 2_048, group: 5_120, role: 10_240 },
  managedSize: 6_144,
  tags: 50,
} as const;
