import { type IamClient, IamRefusal, type ShownStructure, textIn } from "./iam-client.ts";
import { textOfDocument } from "./document.ts";

/** A policy with the name that it is shown by. */
export interface PolicyText {
  readonly name: string;
  readonly document: string;
}

/** All that decides what a role may. */
export interface RolePolicies {
  readonly roleArn: string;
  readonly trust: string;
  readonly identity: readonly PolicyText[];
  readonly boundary: PolicyText | undefined;
}

/** Reads a role with its policies. `role` is its name or its ARN. */
export async function rolePolicies(client: IamClient, role: string): Promise<RolePolicies> {
  const RoleName = role.slice(role.lastIndexOf("/") + 1);
  const { Role } = await client.call("iam", "GetRole", { RoleName });
  const found = Role as ShownStructure;
  const roleArn = textIn(found, "Arn");
  if (role.startsWith("arn:") && role !== roleArn) {
    throw new IamRefusal("NoSuchEntity", `There is no role ${role}; ${roleArn} has its name.`);
  }
  const attached = await client.list("ListAttachedRolePolicies", "AttachedPolicies", { RoleName });
  const identity = await inlinePolicies(client, RoleName);
  for (const one of attached) identity.push(await managedPolicy(client, textIn(one, "PolicyArn")));
  const boundary = found["PermissionsBoundary"] as ShownStructure | undefined;
  return {
    roleArn,
    trust: textOfDocument(textIn(found, "AssumeRolePolicyDocument")),
    identity,
    boundary: boundary && (await managedPolicy(client, textIn(boundary, "PermissionsBoundaryArn"))),
  };
}

async function inlinePolicies(client: IamClient, RoleName: string): Promise<PolicyText[]> {
  const { PolicyNames } = await client.call("iam", "ListRolePolicies", { RoleName });
  const found: PolicyText[] = [];
  for (const PolicyName of PolicyNames as readonly string[]) {
    const read = await client.call("iam", "GetRolePolicy", { RoleName, PolicyName });
    found.push({ name: PolicyName, document: textOfDocument(textIn(read, "PolicyDocument")) });
  }
  return found;
}

async function managedPolicy(client: IamClient, PolicyArn: string): Promise<PolicyText> {
  const { Policy } = await client.call("iam", "GetPolicy", { PolicyArn });
  const VersionId = textIn(Policy as ShownStructure, "DefaultVersionId");
  const { PolicyVersion } = await client.call("iam", "GetPolicyVersion", { PolicyArn, VersionId });
  return {
    name: PolicyArn.slice(PolicyArn.lastIndexOf("/") + 1),
    document: textOfDocument(textIn(PolicyVersion as ShownStructure, "Document")),
  };
}
