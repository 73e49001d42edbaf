import { iamArn } from "../../directory/iam-arns.ts";
import { nameKey, type UserRecord } from "../../directory/records.ts";
import { uniqueId } from "../../directory/unique-ids.ts";
import { iamErrors } from "../iam-error.ts";
import { path, pathPrefix, pageMembers, policyArn, tags, userName } from "../iam-members.ts";
import { required } from "../members.ts";
import { type IamCall, operation } from "../operation.ts";
import { pageOf } from "../paging.ts";
import { changeHolder, checkBoundary, holderOf, onHolder, requestedTags } from "./holders.ts";
import { shownUser } from "./shown.ts";

/** Who a request is about that names no user: whoever calls. *Documented*. */
export function userOrCaller(given: string | undefined, { caller, view }: IamCall): string {
  if (given !== undefined) return given;
  const { principal } = caller;
  const user = principal.type === "user" ? view.byArn("user", principal.userArn) : undefined;
  if (user === undefined) {
    throw iamErrors.invalid("Must specify userName when calling with non-User credentials");
  }
  return user.name;
}

export const userOperations = {
  CreateUser: operation({
    input: {
      UserName: required(userName),
      Path: path,
      PermissionsBoundary: policyArn,
      Tags: tags,
    },
    access: ({ UserName, Path = "/", Tags, PermissionsBoundary }, { view }) => ({
      resource: iamArn(view.account, "user", { path: Path, name: UserName }),
      conditions: {
        ...requestedTags(Tags),
        ...(PermissionsBoundary !== undefined && {
          "iam:PermissionsBoundary": PermissionsBoundary,
        }),
      },
    }),
    async perform({ UserName, Path = "/", PermissionsBoundary, Tags }, { directory, clock }) {
      const user: UserRecord = {
        name: UserName,
        path: Path,
        id: uniqueId("user"),
        createdAt: clock.now(),
        tags: Tags,
        inlinePolicies: {},
        attachedPolicies: [],
        groups: [],
        ...(PermissionsBoundary !== undefined && { permissionsBoundary: PermissionsBoundary }),
      };
      await directory.change("user", nameKey(UserName), (present, view) => {
        if (present !== undefined) throw iamErrors.exists("User", UserName);
        checkBoundary(view, PermissionsBoundary);
        return user;
      });
      return { User: shownUser(directory.account, user) };
    },
  }),

  GetUser: operation({
    input: { UserName: userName },
    access: ({ UserName }, call) => onHolder(call.view, "user", userOrCaller(UserName, call)),
    perform: ({ UserName }, { directory }, call) => ({
      User: shownUser(directory.account, holderOf(call.view, "user", userOrCaller(UserName, call))),
    }),
  }),

  ListUsers: operation({
    input: { PathPrefix: pathPrefix, ...pageMembers },
    access: ({ PathPrefix = "/" }, { view }) => ({
      resource: iamArn(view.account, "user", { path: PathPrefix, name: "" }),
    }),
    perform: ({ PathPrefix = "/", ...page }, { directory: { account } }, { view }) =>
      pageOf(
        "Users",
        view.all("user").filter((user) => user.path.startsWith(PathPrefix)),
        { keyOf: ({ name }) => nameKey(name), shown: (user) => shownUser(account, user) },
        page,
      ),
  }),

  UpdateUser: operation({
    input: { UserName: required(userName), NewUserName: userName, NewPath: path },
    access: ({ UserName }, { view }) => onHolder(view, "user", UserName),
    async perform({ UserName, NewUserName, NewPath }, context, { view }) {
      const user = holderOf(view, "user", UserName);
      if (NewUserName !== undefined && nameKey(NewUserName) !== nameKey(UserName)) {
        // His keys name him: our choice is to let a new user be made rather than to have half of him renamed by a crash.
        throw iamErrors.invalid(
          "A user cannot be renamed here but for the case of his name: create another one.",
        );
      }
      await changeHolder(context, "user", UserName, (present) => ({
        ...present,
        name: NewUserName ?? user.name,
        path: NewPath ?? present.path,
      }));
      return {};
    },
  }),

  DeleteUser: operation({
    input: { UserName: required(userName) },
    access: ({ UserName }, { view }) => onHolder(view, "user", UserName),
    async perform({ UserName }, { directory }) {
      const key = nameKey(UserName);
      await directory.change("user", key, (_, view) => {
        const user = holderOf(view, "user", UserName);
        if (view.all("accessKey").some((each) => nameKey(each.userName) === key)) {
          throw iamErrors.deleteConflict("delete access keys");
        }
        if (user.loginProfile !== undefined) throw iamErrors.deleteConflict("delete login profile");
        if (user.groups.length > 0) throw iamErrors.deleteConflict("remove users from group");
        if (user.attachedPolicies.length > 0) throw iamErrors.deleteConflict("detach all policies");
        if (Object.keys(user.inlinePolicies).length > 0) {
          throw iamErrors.deleteConflict("delete policies");
        }
        return undefined;
      });
      return {};
    },
  }),
};
