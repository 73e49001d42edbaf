import { iamArn } from "../../directory/iam-arns.ts";
import { type GroupRecord, nameKey } from "../../directory/records.ts";
import { uniqueId } from "../../directory/unique-ids.ts";
import { iamErrors } from "../iam-error.ts";
import { groupName, pageMembers, path, pathPrefix, userName } from "../iam-members.ts";
import { required } from "../members.ts";
import { operation } from "../operation.ts";
import { pageOf } from "../paging.ts";
import { changeHolder, holderOf, onHolder, quotas } from "./holders.ts";
import { shownGroup, shownUser } from "./shown.ts";
import { userOrCaller } from "./users.ts";

export const groupOperations = {
  CreateGroup: operation({
    input: { GroupName: required(groupName), Path: path },
    access: ({ GroupName, Path = "/" }, { view }) => ({
      resource: iamArn(view.account, "group", { path: Path, name: GroupName }),
    }),
    async perform({ GroupName, Path = "/" }, { directory, clock }) {
      const group: GroupRecord = {
        name: GroupName,
        path: Path,
        id: uniqueId("group"),
        createdAt: clock.now(),
        tags: {},
        inlinePolicies: {},
        attachedPolicies: [],
      };
      await directory.change("group", nameKey(GroupName), (present) => {
        if (present !== undefined) throw iamErrors.exists("Group", GroupName);
        return group;
      });
      return { Group: shownGroup(directory.account, group) };
    },
  }),

  GetGroup: operation({
    input: { GroupName: required(groupName), ...pageMembers },
    access: ({ GroupName }, { view }) => onHolder(view, "group", GroupName),
    perform: ({ GroupName, ...page }, { directory: { account } }, { view }) => ({
      Group: shownGroup(account, holderOf(view, "group", GroupName)),
      ...pageOf(
        "Users",
        view.membersOf(GroupName),
        { keyOf: ({ name }) => nameKey(name), shown: (user) => shownUser(account, user) },
        page,
      ),
    }),
  }),

  ListGroups: operation({
    input: { PathPrefix: pathPrefix, ...pageMembers },
    access: ({ PathPrefix = "/" }, { view }) => ({
      resource: iamArn(view.account, "group", { path: PathPrefix, name: "" }),
    }),
    perform: ({ PathPrefix = "/", ...page }, { directory: { account } }, { view }) =>
      pageOf(
        "Groups",
        view.all("group").filter((group) => group.path.startsWith(PathPrefix)),
        { keyOf: ({ name }) => nameKey(name), shown: (group) => shownGroup(account, group) },
        page,
      ),
  }),

  ListGroupsForUser: operation({
    input: { UserName: required(userName), ...pageMembers },
    access: ({ UserName }, call) => onHolder(call.view, "user", userOrCaller(UserName, call)),
    perform: ({ UserName, ...page }, { directory: { account } }, { view }) =>
      pageOf(
        "Groups",
        holderOf(view, "user", UserName).groups.flatMap((name) => view.named("group", name) ?? []),
        { keyOf: ({ name }) => nameKey(name), shown: (group) => shownGroup(account, group) },
        page,
      ),
  }),

  DeleteGroup: operation({
    input: { GroupName: required(groupName) },
    access: ({ GroupName }, { view }) => onHolder(view, "group", GroupName),
    async perform({ GroupName }, { directory }) {
      await directory.change("group", nameKey(GroupName), (_, view) => {
        const group = holderOf(view, "group", GroupName);
        if (view.membersOf(GroupName).length > 0) {
          throw iamErrors.deleteConflict("remove users from group");
        }
        if (group.attachedPolicies.length > 0) {
          throw iamErrors.deleteConflict("detach all policies");
        }
        if (Object.keys(group.inlinePolicies).length > 0) {
          throw iamErrors.deleteConflict("delete policies");
        }
        return undefined;
      });
      return {};
    },
  }),

  AddUserToGroup: operation({
    input: { GroupName: required(groupName), UserName: required(userName) },
    access: ({ GroupName }, { view }) => onHolder(view, "group", GroupName),
    async perform({ GroupName, UserName }, context) {
      await changeHolder(context, "user", UserName, (user, view) => {
        const group = holderOf(view, "group", GroupName);
        if (user.groups.some((name) => nameKey(name) === nameKey(group.name))) return user;
        if (user.groups.length >= quotas.groupsPerUser) {
          throw iamErrors.quota("GroupsPerUser", quotas.groupsPerUser);
        }
        return { ...user, groups: [...user.groups, group.name] };
      });
      return {};
    },
  }),

  RemoveUserFromGroup: operation({
    input: { GroupName: required(groupName), UserName: required(userName) },
    access: ({ GroupName }, { view }) => onHolder(view, "group", GroupName),
    async perform({ GroupName, UserName }, context) {
      await changeHolder(context, "user", UserName, (user, view) => {
        holderOf(view, "group", GroupName);
        const key = nameKey(GroupName);
        return { ...user, groups: user.groups.filter((name) => nameKey(name) !== key) };
      });
      return {};
    },
  }),
};
