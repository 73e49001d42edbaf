import { keyContext } from "../../directory/directory-credentials.ts";
import type { DirectoryView } from "../../directory/directory-view.ts";
import { type AccessKeyRecord, nameKey } from "../../directory/records.ts";
import { newSecret, uniqueId } from "../../directory/unique-ids.ts";
import { iamErrors } from "../iam-error.ts";
import { accessKeyId, pageMembers, userName } from "../iam-members.ts";
import { optionalText, required } from "../members.ts";
import { operation } from "../operation.ts";
import { pageOf } from "../paging.ts";
import { holderOf, onHolder, quotas } from "./holders.ts";
import { shownKey } from "./shown.ts";
import { userOrCaller } from "./users.ts";

function keysOf(view: DirectoryView, name: string): readonly AccessKeyRecord[] {
  return view.all("accessKey").filter((key) => nameKey(key.userName) === nameKey(name));
}

/** The key, if it is this user's; throws IAM's NoSuchEntity. */
function keyOf(view: DirectoryView, name: string, id: string): AccessKeyRecord {
  const key = view.find("accessKey", id)?.record;
  if (key === undefined || nameKey(key.userName) !== nameKey(name)) throw iamErrors.noSuchKey(id);
  return key;
}

export const accessKeyOperations = {
  /** The only time that its secret is shown. */
  CreateAccessKey: operation({
    input: { UserName: userName },
    access: ({ UserName }, call) => onHolder(call.view, "user", userOrCaller(UserName, call)),
    async perform({ UserName }, { directory, sealer, clock }, call) {
      const { name } = holderOf(call.view, "user", userOrCaller(UserName, call));
      const id = uniqueId("accessKey");
      const secret = newSecret();
      const key: AccessKeyRecord = {
        accessKeyId: id,
        userName: name,
        isActive: true,
        createdAt: clock.now(),
        sealedSecret: sealer.seal(secret, keyContext(id)),
      };
      await directory.change("accessKey", id, (_, view) => {
        holderOf(view, "user", name);
        if (keysOf(view, name).length >= quotas.accessKeys) {
          throw iamErrors.quota("AccessKeysPerUser", quotas.accessKeys);
        }
        return key;
      });
      return { AccessKey: { ...shownKey(key), SecretAccessKey: secret } };
    },
  }),

  ListAccessKeys: operation({
    input: { UserName: userName, ...pageMembers },
    access: ({ UserName }, call) => onHolder(call.view, "user", userOrCaller(UserName, call)),
    perform({ UserName, ...page }, _, call) {
      const { name } = holderOf(call.view, "user", userOrCaller(UserName, call));
      return pageOf(
        "AccessKeyMetadata",
        keysOf(call.view, name),
        { keyOf: (key) => key.accessKeyId, shown: shownKey },
        page,
      );
    },
  }),

  UpdateAccessKey: operation({
    input: {
      UserName: userName,
      AccessKeyId: required(accessKeyId),
      Status: required(optionalText({ max: 8, oneOf: ["Active", "Inactive"] })),
    },
    access: ({ UserName }, call) => onHolder(call.view, "user", userOrCaller(UserName, call)),
    async perform({ UserName, AccessKeyId, Status }, { directory }, call) {
      const name = userOrCaller(UserName, call);
      await directory.change("accessKey", AccessKeyId, (_, view) => ({
        ...keyOf(view, name, AccessKeyId),
        isActive: Status === "Active",
      }));
      return {};
    },
  }),

  DeleteAccessKey: operation({
    input: { UserName: userName, AccessKeyId: required(accessKeyId) },
    access: ({ UserName }, call) => onHolder(call.view, "user", userOrCaller(UserName, call)),
    async perform({ UserName, AccessKeyId }, { directory, uses }, call) {
      const name = userOrCaller(UserName, call);
      await directory.change("accessKey", AccessKeyId, (_, view) => {
        keyOf(view, name, AccessKeyId);
        return undefined;
      });
      await uses.remove(AccessKeyId);
      return {};
    },
  }),

  GetAccessKeyLastUsed: operation({
    input: { AccessKeyId: required(accessKeyId) },
    access: ({ AccessKeyId }, { view }) => {
      const key = view.find("accessKey", AccessKeyId)?.record;
      return key === undefined ? { resource: "*" } : onHolder(view, "user", key.userName);
    },
    async perform({ AccessKeyId }, { uses }, { view }) {
      const key = view.find("accessKey", AccessKeyId)?.record;
      // *Documented*: so for a key that does not exist, too.
      if (key === undefined)
        throw iamErrors.accessDenied("User is not authorized to perform: iam:GetAccessKeyLastUsed");
      const use = await uses.lastUse(AccessKeyId);
      return {
        UserName: key.userName,
        AccessKeyLastUsed: {
          ...(use !== undefined && { LastUsedDate: new Date(use.at) }),
          ServiceName: use?.service ?? "N/A",
          Region: use?.region ?? "N/A",
        },
      };
    },
  }),
};
