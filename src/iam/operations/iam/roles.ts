import { iamArn } from "../../directory/iam-arns.ts";
import { nameKey, type RoleRecord } from "../../directory/records.ts";
import { uniqueId } from "../../directory/unique-ids.ts";
import { checkDocument } from "../check-document.ts";
import { iamErrors } from "../iam-error.ts";
import {
  description,
  pageMembers,
  path,
  pathPrefix,
  policyArn,
  policyDocument,
  roleName,
  tags,
} from "../iam-members.ts";
import { optionalNumber, required } from "../members.ts";
import { operation } from "../operation.ts";
import { pageOf } from "../paging.ts";
import { changeHolder, checkBoundary, holderOf, onHolder, requestedTags } from "./holders.ts";
import { shownRole } from "./shown.ts";

/** *Documented*: one hour by itself, one to twelve hours. */
const usualSessionSeconds = 3_600;
const sessionSeconds = optionalNumber(3_600, 43_200);

export const roleOperations = {
  CreateRole: operation({
    input: {
      RoleName: required(roleName),
      Path: path,
      AssumeRolePolicyDocument: required(policyDocument),
      Description: description,
      MaxSessionDuration: sessionSeconds,
      PermissionsBoundary: policyArn,
      Tags: tags,
    },
    access: ({ RoleName, Path = "/", PermissionsBoundary, Tags }, { view }) => ({
      resource: iamArn(view.account, "role", { path: Path, name: RoleName }),
      conditions: {
        ...requestedTags(Tags),
        ...(PermissionsBoundary !== undefined && {
          "iam:PermissionsBoundary": PermissionsBoundary,
        }),
      },
    }),
    async perform(input, { directory, clock }) {
      const { RoleName, AssumeRolePolicyDocument, Description, PermissionsBoundary } = input;
      checkDocument(AssumeRolePolicyDocument, "trust");
      const role: RoleRecord = {
        name: RoleName,
        path: input.Path ?? "/",
        id: uniqueId("role"),
        createdAt: clock.now(),
        tags: input.Tags,
        inlinePolicies: {},
        attachedPolicies: [],
        trustPolicy: AssumeRolePolicyDocument,
        maxSessionSeconds: input.MaxSessionDuration ?? usualSessionSeconds,
        ...(Description !== undefined && { description: Description }),
        ...(PermissionsBoundary !== undefined && { permissionsBoundary: PermissionsBoundary }),
      };
      await directory.change("role", nameKey(RoleName), (present, view) => {
        if (present !== undefined) throw iamErrors.exists("Role", RoleName);
        checkBoundary(view, PermissionsBoundary);
        return role;
      });
      return { Role: shownRole(directory.account, role) };
    },
  }),

  GetRole: operation({
    input: { RoleName: required(roleName) },
    access: ({ RoleName }, { view }) => onHolder(view, "role", RoleName),
    perform: ({ RoleName }, { directory }, { view }) => ({
      Role: shownRole(directory.account, holderOf(view, "role", RoleName)),
    }),
  }),

  ListRoles: operation({
    input: { PathPrefix: pathPrefix, ...pageMembers },
    access: ({ PathPrefix = "/" }, { view }) => ({
      resource: iamArn(view.account, "role", { path: PathPrefix, name: "" }),
    }),
    perform: ({ PathPrefix = "/", ...page }, { directory: { account } }, { view }) =>
      pageOf(
        "Roles",
        view.all("role").filter((role) => role.path.startsWith(PathPrefix)),
        { keyOf: ({ name }) => nameKey(name), shown: (role) => shownRole(account, role) },
        page,
      ),
  }),

  UpdateRole: operation({
    input: {
      RoleName: required(roleName),
      Description: description,
      MaxSessionDuration: sessionSeconds,
    },
    access: ({ RoleName }, { view }) => onHolder(view, "role", RoleName),
    async perform({ RoleName, Description, MaxSessionDuration }, context) {
      await changeHolder(context, "role", RoleName, (role) => ({
        ...role,
        ...(Description !== undefined && { description: Description }),
        ...(MaxSessionDuration !== undefined && { maxSessionSeconds: MaxSessionDuration }),
      }));
      return {};
    },
  }),

  UpdateRoleDescription: operation({
    input: { RoleName: required(roleName), Description: required(description) },
    access: ({ RoleName }, { view }) => onHolder(view, "role", RoleName),
    async perform({ RoleName, Description }, context) {
      await changeHolder(context, "role", RoleName, (role) => ({
        ...role,
        description: Description,
      }));
      const role = holderOf(await context.directory.view(), "role", RoleName);
      return { Role: shownRole(context.directory.account, role) };
    },
  }),

  UpdateAssumeRolePolicy: operation({
    input: { RoleName: required(roleName), PolicyDocument: required(policyDocument) },
    access: ({ RoleName }, { view }) => onHolder(view, "role", RoleName),
    async perform({ RoleName, PolicyDocument }, context) {
      checkDocument(PolicyDocument, "trust");
      await changeHolder(context, "role", RoleName, (role) => ({
        ...role,
        trustPolicy: PolicyDocument,
      }));
      return {};
    },
  }),

  DeleteRole: operation({
    input: { RoleName: required(roleName) },
    access: ({ RoleName }, { view }) => onHolder(view, "role", RoleName),
    async perform({ RoleName }, { directory }) {
      await directory.change("role", nameKey(RoleName), (_, view) => {
        const role = holderOf(view, "role", RoleName);
        if (role.attachedPolicies.length > 0) throw iamErrors.deleteConflict("detach all policies");
        if (Object.keys(role.inlinePolicies).length > 0) {
          throw iamErrors.deleteConflict("delete policies");
        }
        return undefined;
      });
      return {};
    },
  }),

  /** There are none: Terraform asks before it deletes a role. */
  ListInstanceProfilesForRole: operation({
    input: { RoleName: required(roleName), ...pageMembers },
    access: ({ RoleName }, { view }) => onHolder(view, "role", RoleName),
    perform({ RoleName }, _, { view }) {
      holderOf(view, "role", RoleName);
      return { InstanceProfiles: [], IsTruncated: false };
    },
  }),
};
