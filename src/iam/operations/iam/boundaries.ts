import { iamErrors } from "../iam-error.ts";
import { policyArn, roleName, userName } from "../iam-members.ts";
import { type Member, required } from "../members.ts";
import { operation } from "../operation.ts";
import { changeHolder, checkBoundary, holderOf, onHolder } from "./holders.ts";

/** The two operations on the boundary of a kind. */
function boundary(kind: "user" | "role", nameMember: string, name: Member<string | undefined>) {
  const named = { [nameMember]: required(name) };
  const ofInput = (input: { readonly [member: string]: unknown }) => String(input[nameMember]);
  return {
    put: operation({
      input: { ...named, PermissionsBoundary: required(policyArn) },
      access(input, { view }) {
        const { resource, conditions } = onHolder(view, kind, ofInput(input));
        const arn = String(input["PermissionsBoundary"]);
        return { resource, conditions: { ...conditions, "iam:PermissionsBoundary": arn } };
      },
      async perform(input, context) {
        const arn = String(input["PermissionsBoundary"]);
        await changeHolder(context, kind, ofInput(input), (holder, view) => {
          checkBoundary(view, arn);
          return { ...holder, permissionsBoundary: arn };
        });
        return {};
      },
    }),
    remove: operation({
      input: named,
      access(input, { view }) {
        const { resource, conditions } = onHolder(view, kind, ofInput(input));
        const present = view.named(kind, ofInput(input))?.permissionsBoundary;
        return {
          resource,
          conditions: {
            ...conditions,
            ...(present !== undefined && { "iam:PermissionsBoundary": present }),
          },
        };
      },
      async perform(input, context, { view }) {
        const name = ofInput(input);
        const held = holderOf(view, kind, name);
        if (held.permissionsBoundary === undefined) {
          throw iamErrors.noPermissionsBoundary(kind, name);
        }
        await changeHolder(context, kind, name, withoutBoundary);
        return {};
      },
    }),
  };
}

/** Absent is not the same as undefined: it is left out. */
function withoutBoundary<R extends { readonly permissionsBoundary?: string }>(holder: R): R {
  const { permissionsBoundary, ...others } = holder;
  return permissionsBoundary === undefined ? holder : (others as R);
}

const ofUser = boundary("user", "UserName", userName);
const ofRole = boundary("role", "RoleName", roleName);

export const boundaryOperations = {
  PutUserPermissionsBoundary: ofUser.put,
  DeleteUserPermissionsBoundary: ofUser.remove,
  PutRolePermissionsBoundary: ofRole.put,
  DeleteRolePermissionsBoundary: ofRole.remove,
};
