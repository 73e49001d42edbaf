import { textOf } from "../../text-of.ts";
import type { JsonObject } from "../../../expression/json.ts";
import { isNotFound, type AwsCall } from "../../aws-calls.ts";
import { given, jsonText, objectsIn, textsIn } from "../members.ts";
import { nameOf, type ResourceProvider } from "../provider.ts";
import type { Holder } from "./policies.ts";

/** *Documented*: `AWS::IAM::ManagedPolicy`. */
export const managedPolicy: ResourceProvider = {
  replacing: ["ManagedPolicyName", "Path", "Description"],

  async create(properties, context) {
    const { call } = context;
    const PolicyName = nameOf(properties, "ManagedPolicyName", context, { maxLength: 128 });
    const { members } = await call(
      "iam",
      "CreatePolicy",
      given({
        PolicyName,
        PolicyDocument: jsonText(properties["PolicyDocument"]),
        Path: properties["Path"],
        Description: properties["Description"],
      }),
    );
    const { Arn, PolicyId = null } = members["Policy"] as JsonObject;
    const arn = textOf(Arn);
    await context.began(arn);
    await attach(arn, {}, properties, call);
    return { physicalId: arn, attributes: { PolicyArn: arn, PolicyId } };
  },

  async update(properties, { physicalId, properties: before, attributes }, { call }) {
    await removeOldVersions(physicalId, call);
    await call("iam", "CreatePolicyVersion", {
      PolicyArn: physicalId,
      PolicyDocument: jsonText(properties["PolicyDocument"]) ?? "",
      SetAsDefault: true,
    });
    await attach(physicalId, before, properties, call);
    return { physicalId, attributes };
  },

  async delete({ physicalId, properties }, { call }) {
    await attach(physicalId, properties, {}, call);
    await removeOldVersions(physicalId, call);
    await call("iam", "DeletePolicy", { PolicyArn: physicalId });
  },

  async read({ physicalId, properties }, { call }) {
    const { members } = await call("iam", "GetPolicy", { PolicyArn: physicalId });
    const { DefaultVersionId = "" } = members["Policy"] as JsonObject;
    const version = await call("iam", "GetPolicyVersion", {
      PolicyArn: physicalId,
      VersionId: DefaultVersionId,
    });
    const { Document } = version.members["PolicyVersion"] as JsonObject;
    const document = JSON.parse(decodeURIComponent(textOf(Document))) as JsonObject;
    return { ...properties, PolicyDocument: document };
  },
};

/** *Documented*: a policy has at most five versions. */
async function removeOldVersions(PolicyArn: string, call: AwsCall): Promise<void> {
  const { members } = await call("iam", "ListPolicyVersions", { PolicyArn });
  for (const { VersionId = "", IsDefaultVersion } of objectsIn(members["Versions"])) {
    if (IsDefaultVersion !== true) {
      await call("iam", "DeletePolicyVersion", { PolicyArn, VersionId });
    }
  }
}

async function attach(
  PolicyArn: string,
  before: JsonObject,
  after: JsonObject,
  call: AwsCall,
): Promise<void> {
  for (const kind of ["Role", "User", "Group"] as const satisfies readonly Holder["kind"][]) {
    const [old, next] = [textsIn(before[`${kind}s`]), textsIn(after[`${kind}s`])];
    for (const name of next.filter((one) => !old.includes(one))) {
      await call("iam", `Attach${kind}Policy`, { [`${kind}Name`]: name, PolicyArn });
    }
    for (const name of old.filter((one) => !next.includes(one))) {
      try {
        await call("iam", `Detach${kind}Policy`, { [`${kind}Name`]: name, PolicyArn });
      } catch (error) {
        if (!isNotFound(error)) throw error;
      }
    }
  }
}
