import { textOf } from "../../text-of.ts";
import type { JsonObject } from "../../../expression/json.ts";
import { asNumber, given, jsonText, textsIn } from "../members.ts";
import { nameOf, type ProviderContext, type ResourceProvider } from "../provider.ts";
import { tagChanges, tagsOf } from "../resource-tags.ts";
import { attachPolicies, type Holder, putInlinePolicies, removeAllPolicies } from "./policies.ts";

/** *Documented*: `AWS::IAM::Role`. */
export const role: ResourceProvider = {
  replacing: ["RoleName", "Path"],

  async create(properties, context) {
    const { call, stack } = context;
    const RoleName = nameOf(properties, "RoleName", context, { maxLength: 64 });
    const { members } = await call(
      "iam",
      "CreateRole",
      given({
        RoleName,
        AssumeRolePolicyDocument: jsonText(properties["AssumeRolePolicyDocument"]),
        Path: properties["Path"],
        Description: properties["Description"],
        MaxSessionDuration: asNumber(properties["MaxSessionDuration"]),
        PermissionsBoundary: properties["PermissionsBoundary"],
        Tags: tagsOf(properties["Tags"], stack).map(({ Key, Value }) => ({ Key, Value })),
      }),
    );
    await context.began(RoleName);
    return policiesOf(RoleName, {}, properties, members["Role"] as JsonObject, context);
  },

  async update(properties, { physicalId, properties: before }, context) {
    const { call, stack } = context;
    const RoleName = physicalId;
    await call("iam", "UpdateAssumeRolePolicy", {
      RoleName,
      PolicyDocument: jsonText(properties["AssumeRolePolicyDocument"]) ?? "",
    });
    await call(
      "iam",
      "UpdateRole",
      given({
        RoleName,
        Description: properties["Description"] ?? (before["Description"] ? "" : undefined),
        MaxSessionDuration: asNumber(properties["MaxSessionDuration"]) ?? 3_600,
      }),
    );
    await changeBoundary(RoleName, before, properties, context);
    const { put, removed } = tagChanges(
      tagsOf(before["Tags"], stack),
      tagsOf(properties["Tags"], stack),
    );
    if (put.length > 0) {
      await call("iam", "TagRole", { RoleName, Tags: put.map((tag) => ({ ...tag })) });
    }
    if (removed.length > 0) await call("iam", "UntagRole", { RoleName, TagKeys: removed });
    const { members } = await call("iam", "GetRole", { RoleName });
    return policiesOf(RoleName, before, properties, members["Role"] as JsonObject, context);
  },

  adopt(properties, context) {
    const physicalId = nameOf(properties, "RoleName", context, { maxLength: 64 });
    const present = { physicalId, properties: {}, attributes: {} };
    return role.update?.(properties, present, context) ?? Promise.reject(new Error());
  },

  async delete({ physicalId }, { call }) {
    await removeAllPolicies(holderOf(physicalId), call);
    await call("iam", "DeleteRole", { RoleName: physicalId });
  },

  async read({ physicalId, properties }, { call }) {
    const { members } = await call("iam", "GetRole", { RoleName: physicalId });
    const { AssumeRolePolicyDocument } = members["Role"] as JsonObject;
    const attached = await call("iam", "ListAttachedRolePolicies", { RoleName: physicalId });
    const arns = (attached.members["AttachedPolicies"] as readonly JsonObject[]).map(
      ({ PolicyArn }) => textOf(PolicyArn),
    );
    return {
      ...properties,
      AssumeRolePolicyDocument: JSON.parse(
        decodeURIComponent(textOf(AssumeRolePolicyDocument)),
      ) as JsonObject,
      // Those of the template that are not attached any more; others may attach what they like.
      ...(properties["ManagedPolicyArns"] !== undefined && {
        ManagedPolicyArns: textsIn(properties["ManagedPolicyArns"]).filter((arn) =>
          arns.includes(arn),
        ),
      }),
    };
  },
};

function holderOf(name: string): Holder {
  return { kind: "Role", name };
}

async function policiesOf(
  name: string,
  before: JsonObject,
  properties: JsonObject,
  shown: JsonObject,
  { call }: ProviderContext,
) {
  await putInlinePolicies(holderOf(name), before["Policies"], properties["Policies"], call);
  const note = await attachPolicies(
    holderOf(name),
    textsIn(before["ManagedPolicyArns"]),
    textsIn(properties["ManagedPolicyArns"]),
    call,
  );
  const { Arn = null, RoleId = null } = shown;
  return { physicalId: name, attributes: { Arn, RoleId }, note };
}

async function changeBoundary(
  RoleName: string,
  before: JsonObject,
  { PermissionsBoundary }: JsonObject,
  { call }: ProviderContext,
): Promise<void> {
  if (PermissionsBoundary !== undefined) {
    await call("iam", "PutRolePermissionsBoundary", { RoleName, PermissionsBoundary });
  } else if (before["PermissionsBoundary"] !== undefined) {
    await call("iam", "DeleteRolePermissionsBoundary", { RoleName });
  }
}
