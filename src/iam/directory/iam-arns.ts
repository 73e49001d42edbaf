import type { NamedRecord } from "./records.ts";

/** The account, and the partition that its ARNs are in. IAM has no Regions. */
export interface IamAccount {
  readonly partition: string;
  readonly accountId: string;
}

/** `arn:aws:iam::123456789012:role/service/Orders` */
export function iamArn(
  { partition, accountId }: IamAccount,
  kind: "user" | "group" | "role" | "policy",
  { path, name }: Pick<NamedRecord, "path" | "name">,
): string {
  return `arn:${partition}:iam::${accountId}:${kind}${path}${name}`;
}

/** The ARN of a session of a role, in which the role's path is not. */
export function sessionArn(
  { partition, accountId }: IamAccount,
  roleName: string,
  sessionName: string,
): string {
  return `arn:${partition}:sts::${accountId}:assumed-role/${roleName}/${sessionName}`;
}

/** What is behind the account in an ARN of IAM: `{ kind: "role", name: "Orders" }`; `undefined` for any other text. */
export function parseIamArn(
  arn: string,
): { readonly accountId: string; readonly kind: string; readonly name: string } | undefined {
  const [, accountId, kind, name] =
    /^arn:[a-z-]+:iam::(\d{12}|aws):([a-z-]+)\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
  if (accountId === undefined || kind === undefined || name === undefined) return undefined;
  return { accountId, kind, name };
}
