import { styled } from "../terminal.ts";
import { type ShownStructure, textIn } from "./iam-client.ts";
import { tableOf } from "../table.ts";
import type { IamTask } from "./task.ts";

/** `stepwell iam list` */
export const listAll: IamTask = async ({ client }) => {
  const of = (list: string, filter: string) =>
    client.list("GetAccountAuthorizationDetails", list, { Filter: [filter] });
  const [users, groups, roles, policies, keys] = [
    await of("UserDetailList", "User"),
    await of("GroupDetailList", "Group"),
    await of("RoleDetailList", "Role"),
    await of("Policies", "LocalManagedPolicy"),
    new Map<string, number>(),
  ];
  for (const user of users) {
    const name = textIn(user, "UserName");
    const listed = await client.list("ListAccessKeys", "AccessKeyMetadata", { UserName: name });
    keys.set(name, listed.length);
  }
  const sections = [
    section("Users", ["NAME", "GROUPS", "POLICIES", "KEYS"], users, (user) => [
      textIn(user, "UserName"),
      (user["GroupList"] as readonly string[]).join(", "),
      policiesOf(user, "UserPolicyList"),
      String(keys.get(textIn(user, "UserName"))),
    ]),
    section("Groups", ["NAME", "POLICIES"], groups, (group) => [
      textIn(group, "GroupName"),
      policiesOf(group, "GroupPolicyList"),
    ]),
    section("Roles", ["NAME", "POLICIES", "ARN"], roles, (role) => [
      textIn(role, "RoleName"),
      policiesOf(role, "RolePolicyList"),
      textIn(role, "Arn"),
    ]),
    section("Policies", ["NAME", "VERSION", "ATTACHED", "ARN"], policies, (policy) => [
      textIn(policy, "PolicyName"),
      textIn(policy, "DefaultVersionId"),
      textIn(policy, "AttachmentCount"),
      textIn(policy, "Arn"),
    ]),
  ];
  return { data: { users, groups, roles, policies }, text: sections.join("\n") };
};

/** The names of inline policies and of those that are attached. */
export function policiesOf(holder: ShownStructure, inline: string): string {
  const [own, attached] = [holder[inline], holder["AttachedManagedPolicies"]].map(
    (list) => list as readonly ShownStructure[],
  );
  return [...(own ?? []), ...(attached ?? [])].map((each) => textIn(each, "PolicyName")).join(", ");
}

function section(
  title: string,
  head: readonly string[],
  items: readonly ShownStructure[],
  rowOf: (item: ShownStructure) => readonly string[],
): string {
  const text = items.length === 0 ? "none\n" : tableOf(head, items.map(rowOf));
  return `${styled(process.stdout, "bold", title)}\n${text}`;
}
