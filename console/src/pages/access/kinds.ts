import type { AccessTab } from "./access-search.ts";
import { listAll, type Named, type Policy } from "./iam-api.ts";

export type ListedKind = Exclude<AccessTab, "sessions">;

/** A line of a list. */
export interface Listed {
  /** What it is looked at by: a name, or an ARN. */
  readonly id: string;
  readonly name: string;
  readonly note: string | undefined;
  readonly createdAt: number;
}

/** How each kind is listed and made. */
export const kinds: {
  readonly [K in ListedKind]: {
    readonly list: () => Promise<readonly Listed[]>;
    readonly operation: string;
    readonly nameMember: string;
  };
} = {
  users: holders("User"),
  groups: holders("Group"),
  roles: holders("Role"),
  policies: {
    operation: "CreatePolicy",
    nameMember: "PolicyName",
    list: async () =>
      (await listAll<Policy>("ListPolicies", "Policies", { Scope: "Local" })).map((policy) => ({
        ...common(policy),
        id: policy.Arn,
        name: policy.PolicyName,
      })),
  },
};

function holders(kind: "User" | "Group" | "Role") {
  const nameMember = `${kind}Name`;
  return {
    operation: `Create${kind}`,
    nameMember,
    list: async (): Promise<readonly Listed[]> => {
      const all = await listAll<Named & { readonly [name: string]: string }>(
        `List${kind}s`,
        `${kind}s`,
      );
      return all.map((each) => {
        const name = each[nameMember] ?? "";
        return { ...common(each), id: name, name };
      });
    },
  };
}

function common({ Description, CreateDate }: Named) {
  return { note: Description, createdAt: Date.parse(CreateDate) };
}
