import type { DirectoryView } from "../../directory/directory-view.ts";
import { iamArn } from "../../directory/iam-arns.ts";
import { nameKey, type PolicyHolder } from "../../directory/records.ts";
import { pageMembers } from "../iam-members.ts";
import { list, optionalText, required } from "../members.ts";
import { type Answer, operation } from "../operation.ts";
import { pageOf } from "../paging.ts";
import { attachmentsOf } from "./attachments.ts";
import {
  encodedDocument,
  shownAttached,
  shownGroup,
  shownPolicy,
  shownRole,
  shownUser,
  shownVersion,
} from "./shown.ts";

const filters = ["User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy"];

interface Detail {
  readonly list: "UserDetailList" | "GroupDetailList" | "RoleDetailList" | "Policies";
  readonly key: string;
  readonly shown: Answer;
}

export const accountOperations = {
  GetAccountAuthorizationDetails: operation({
    input: {
      Filter: list(required(optionalText({ max: 30, oneOf: filters })), filters.length),
      ...pageMembers,
    },
    access: () => ({ resource: "*" }),
    perform({ Filter, ...page }, _, { view }) {
      const isWanted = (kind: string) => Filter.length === 0 || Filter.includes(kind);
      const all: readonly Detail[] = [
        ...(isWanted("User") ? userDetails(view) : []),
        ...(isWanted("Group") ? groupDetails(view) : []),
        ...(isWanted("Role") ? roleDetails(view) : []),
        ...(isWanted("LocalManagedPolicy") ? policyDetails(view) : []),
      ];
      const { details, ...rest } = pageOf(
        "details",
        all,
        { keyOf: ({ list: of, key }) => `${of}/${key}`, shown: (detail) => ({ ...detail }) },
        page,
      );
      const shown = details as unknown as readonly Detail[];
      const of = (wanted: Detail["list"]) =>
        shown.filter((detail) => detail.list === wanted).map((detail) => detail.shown);
      return {
        UserDetailList: of("UserDetailList"),
        GroupDetailList: of("GroupDetailList"),
        RoleDetailList: of("RoleDetailList"),
        Policies: of("Policies"),
        ...rest,
      };
    },
  }),
};

function policiesOf(list: string, { inlinePolicies, attachedPolicies }: PolicyHolder): Answer {
  return {
    [list]: Object.entries(inlinePolicies).map(([PolicyName, document]) => ({
      PolicyName,
      PolicyDocument: encodedDocument(document),
    })),
    AttachedManagedPolicies: attachedPolicies.map(shownAttached),
  };
}

function userDetails(view: DirectoryView): readonly Detail[] {
  return view.all("user").map((user) => ({
    list: "UserDetailList",
    key: nameKey(user.name),
    shown: {
      ...shownUser(view.account, user),
      GroupList: user.groups,
      ...policiesOf("UserPolicyList", user),
    },
  }));
}

function groupDetails(view: DirectoryView): readonly Detail[] {
  return view.all("group").map((group) => ({
    list: "GroupDetailList",
    key: nameKey(group.name),
    shown: { ...shownGroup(view.account, group), ...policiesOf("GroupPolicyList", group) },
  }));
}

function roleDetails(view: DirectoryView): readonly Detail[] {
  return view.all("role").map((role) => ({
    list: "RoleDetailList",
    key: nameKey(role.name),
    shown: {
      ...shownRole(view.account, role),
      ...policiesOf("RolePolicyList", role),
      InstanceProfileList: [],
    },
  }));
}

function policyDetails(view: DirectoryView): readonly Detail[] {
  return view.all("policy").map((policy) => {
    const count = attachmentsOf(view, iamArn(view.account, "policy", policy)).length;
    return {
      list: "Policies",
      key: nameKey(policy.name),
      shown: {
        ...shownPolicy(view.account, policy, count),
        PolicyVersionList: policy.versions.map((version) => shownVersion(policy, version, true)),
      },
    };
  });
}
