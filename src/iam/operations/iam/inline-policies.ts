import { policySize } from "../../policy/parse-policy.ts";
import { checkDocument } from "../check-document.ts";
import { iamErrors } from "../iam-error.ts";
import {
  groupName,
  pageMembers,
  policyDocument,
  policyName,
  roleName,
  userName,
} from "../iam-members.ts";
import { type Member, required } from "../members.ts";
import { operation } from "../operation.ts";
import { pageOf } from "../paging.ts";
import { changeHolder, type HolderKind, holderOf, onHolder, quotas } from "./holders.ts";
import { encodedDocument } from "./shown.ts";

/** The four operations on the inline policies of a kind: AWS has them three times. */
function inlinePolicies(kind: HolderKind, nameMember: string, name: Member<string | undefined>) {
  const named = { [nameMember]: required(name) };
  const ofInput = (input: { readonly [member: string]: unknown }) => String(input[nameMember]);
  return {
    put: operation({
      input: {
        ...named,
        PolicyName: required(policyName),
        PolicyDocument: required(policyDocument),
      },
      access: (input, { view }) => onHolder(view, kind, ofInput(input)),
      async perform(input, context) {
        const { PolicyName, PolicyDocument } = input as PutInput;
        checkDocument(PolicyDocument, "identity");
        await changeHolder(context, kind, ofInput(input), (holder) => {
          const inline = { ...holder.inlinePolicies, [PolicyName]: PolicyDocument };
          const size = Object.values(inline).reduce((sum, text) => sum + policySize(text), 0);
          const largest = quotas.inlineSize[kind];
          if (size > largest) throw iamErrors.inlineSize(kind, holder.name, largest);
          return { ...holder, inlinePolicies: inline };
        });
        return {};
      },
    }),
    get: operation({
      input: { ...named, PolicyName: required(policyName) },
      access: (input, { view }) => onHolder(view, kind, ofInput(input)),
      perform(input, _, { view }) {
        const holder = holderOf(view, kind, ofInput(input));
        const { PolicyName } = input as PutInput;
        const document = documentOf(kind, holder.inlinePolicies, PolicyName);
        return {
          [nameMember]: holder.name,
          PolicyName,
          PolicyDocument: encodedDocument(document),
        };
      },
    }),
    list: operation({
      input: { ...named, ...pageMembers },
      access: (input, { view }) => onHolder(view, kind, ofInput(input)),
      perform: (input, _, { view }) =>
        pageOf(
          "PolicyNames",
          Object.keys(holderOf(view, kind, ofInput(input)).inlinePolicies).sort(),
          { keyOf: (each) => each, shown: (each) => each },
          input as PageOf,
        ),
    }),
    remove: operation({
      input: { ...named, PolicyName: required(policyName) },
      access: (input, { view }) => onHolder(view, kind, ofInput(input)),
      async perform(input, context) {
        const { PolicyName } = input as PutInput;
        await changeHolder(context, kind, ofInput(input), (holder) => {
          documentOf(kind, holder.inlinePolicies, PolicyName);
          const { [PolicyName]: _, ...others } = holder.inlinePolicies;
          return { ...holder, inlinePolicies: others };
        });
        return {};
      },
    }),
  };
}

interface PutInput {
  readonly PolicyName: string;
  readonly PolicyDocument: string;
}
interface PageOf {
  readonly Marker: string | undefined;
  readonly MaxItems: number | undefined;
}

function documentOf(
  kind: HolderKind,
  policies: { readonly [name: string]: string },
  name: string,
): string {
  const document = Object.hasOwn(policies, name) ? policies[name] : undefined;
  if (document === undefined) throw iamErrors.noSuchInline(kind, name);
  return document;
}

const ofUser = inlinePolicies("user", "UserName", userName);
const ofGroup = inlinePolicies("group", "GroupName", groupName);
const ofRole = inlinePolicies("role", "RoleName", roleName);

export const inlinePolicyOperations = {
  PutUserPolicy: ofUser.put,
  GetUserPolicy: ofUser.get,
  ListUserPolicies: ofUser.list,
  DeleteUserPolicy: ofUser.remove,
  PutGroupPolicy: ofGroup.put,
  GetGroupPolicy: ofGroup.get,
  ListGroupPolicies: ofGroup.list,
  DeleteGroupPolicy: ofGroup.remove,
  PutRolePolicy: ofRole.put,
  GetRolePolicy: ofRole.get,
  ListRolePolicies: ofRole.list,
  DeleteRolePolicy: ofRole.remove,
};
