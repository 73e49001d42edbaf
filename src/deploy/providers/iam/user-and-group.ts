import { textOf } from "../../text-of.ts";
import type { JsonObject } from "../../../expression/json.ts";
import type { AwsCall } from "../../aws-calls.ts";
import { given, objectsIn, textsIn } from "../members.ts";
import { nameOf, type Present, type ProviderContext, type ResourceProvider } from "../provider.ts";
import { attachPolicies, putInlinePolicies, removeAllPolicies } from "./policies.ts";

/** *Documented*: `AWS::IAM::User` and `AWS::IAM::Group`. A user's `LoginProfile` is not taken: passwords are not for templates. */
export function userOrGroup(kind: "User" | "Group"): ResourceProvider {
  const nameProperty = `${kind}Name`;

  async function rights(
    name: string,
    before: JsonObject,
    properties: JsonObject,
    { call }: ProviderContext,
  ): Promise<string | undefined> {
    const holder = { kind, name };
    await putInlinePolicies(holder, before["Policies"], properties["Policies"], call);
    if (kind === "User") await changeGroups(name, before, properties, call);
    return attachPolicies(
      holder,
      textsIn(before["ManagedPolicyArns"]),
      textsIn(properties["ManagedPolicyArns"]),
      call,
    );
  }

  return {
    replacing: [nameProperty, "Path"],

    async create(properties, context) {
      const name = nameOf(properties, nameProperty, context, { maxLength: 64 });
      const { members } = await context.call(
        "iam",
        `Create${kind}`,
        given({ [nameProperty]: name, Path: properties["Path"] }),
      );
      await context.began(name);
      const note = await rights(name, {}, properties, context);
      const { Arn = null } = members[kind] as JsonObject;
      return { physicalId: name, attributes: { Arn }, note };
    },

    async update(properties, { physicalId, properties: before, attributes }, context) {
      const note = await rights(physicalId, before, properties, context);
      return { physicalId, attributes, note };
    },

    async delete({ physicalId, properties }: Present, { call }) {
      await removeAllPolicies({ kind, name: physicalId }, call);
      if (kind === "User") await changeGroups(physicalId, properties, {}, call);
      await call("iam", `Delete${kind}`, { [nameProperty]: physicalId });
    },

    async read({ physicalId, properties }, { call }) {
      await call("iam", `Get${kind}`, { [nameProperty]: physicalId });
      return properties;
    },
  };
}

async function changeGroups(
  UserName: string,
  before: JsonObject,
  after: JsonObject,
  call: AwsCall,
): Promise<void> {
  const [old, next] = [textsIn(before["Groups"]), textsIn(after["Groups"])];
  for (const GroupName of next.filter((name) => !old.includes(name))) {
    await call("iam", "AddUserToGroup", { UserName, GroupName });
  }
  for (const GroupName of old.filter((name) => !next.includes(name))) {
    await call("iam", "RemoveUserFromGroup", { UserName, GroupName });
  }
}

/** *Documented*: `AWS::IAM::AccessKey`; its secret is an attribute, as it is in AWS. */
export const accessKey: ResourceProvider = {
  replacing: ["UserName", "Serial"],
  async create({ UserName = "" }, { call }) {
    const { members } = await call("iam", "CreateAccessKey", { UserName });
    const { AccessKeyId, SecretAccessKey = null } = members["AccessKey"] as JsonObject;
    return { physicalId: textOf(AccessKeyId), attributes: { SecretAccessKey } };
  },
  async update({ UserName = "", Status = "Active" }, { physicalId, attributes }, { call }) {
    await call("iam", "UpdateAccessKey", { UserName, AccessKeyId: physicalId, Status });
    return { physicalId, attributes };
  },
  async delete({ physicalId, properties }, { call }) {
    const { UserName = "" } = properties;
    await call("iam", "DeleteAccessKey", { UserName, AccessKeyId: physicalId });
  },
  async read({ physicalId, properties }, { call }) {
    const { UserName = "" } = properties;
    const { members } = await call("iam", "ListAccessKeys", { UserName });
    const keys = objectsIn(members["AccessKeyMetadata"]);
    return keys.some(({ AccessKeyId }) => AccessKeyId === physicalId) ? properties : undefined;
  },
};
