import { managedPolicies } from "../policy/managed/managed-policies.ts";
import type { DirectoryView } from "./directory-view.ts";
import type { PolicyRecord } from "./records.ts";

/** What AWS manages has been made at one moment, here. Our choice: the epoch. */
const awsMadeAt = 0;

/** The policies that AWS manages, as records. */
const awsPolicies: ReadonlyMap<string, PolicyRecord> = new Map(
  [...managedPolicies].map(([arn, { name, path, description, document }]) => [
    arn,
    {
      name,
      path,
      id: `ANPA${name.toUpperCase()}`,
      createdAt: awsMadeAt,
      updatedAt: awsMadeAt,
      tags: {},
      description,
      versions: [{ versionId: "v1", document: JSON.stringify(document), createdAt: awsMadeAt }],
      defaultVersionId: "v1",
      lastVersion: 1,
    },
  ]),
);

/** The managed policy with this ARN: one of the account's or one of AWS's. */
export function findPolicy(view: DirectoryView, arn: string): PolicyRecord | undefined {
  return awsPolicies.get(arn) ?? view.byArn("policy", arn);
}

export function isOfAws(arn: string): boolean {
  return awsPolicies.has(arn);
}

/** Those that AWS manages, with their ARNs. */
export function allOfAws(): Iterable<readonly [arn: string, policy: PolicyRecord]> {
  return awsPolicies;
}

/** The document that counts. */
export function defaultDocument({ versions, defaultVersionId }: PolicyRecord): string {
  const used = versions.find(({ versionId }) => versionId === defaultVersionId);
  if (used === undefined) throw new Error(`a policy has no version ${defaultVersionId}`);
  return used.document;
}
