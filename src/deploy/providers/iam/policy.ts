import { textOf } from "../../text-of.ts";
import type { JsonObject } from "../../../expression/json.ts";
import { textsIn } from "../members.ts";
import type { ProviderContext, ResourceProvider } from "../provider.ts";
import { deleteInlinePolicy, type Holder, putInlinePolicy } from "./policies.ts";

/** *Documented*: `AWS::IAM::Policy`, one policy in several roles, users and groups. */
export const policy: ResourceProvider = {
  replacing: [],

  async create(properties, context) {
    const physicalId = context.generatedName({ maxLength: 128 });
    await context.began(physicalId);
    await put(properties, context);
    return { physicalId, attributes: { Id: physicalId } };
  },

  async update(properties, { physicalId, properties: before, attributes }, context) {
    await put(properties, context);
    const isRenamed = before["PolicyName"] !== properties["PolicyName"];
    const kept = new Set(holdersOf(properties).map(keyOf));
    for (const holder of holdersOf(before)) {
      if (!isRenamed && kept.has(keyOf(holder))) continue;
      await deleteInlinePolicy(holder, textOf(before["PolicyName"]), context.call);
    }
    return { physicalId, attributes };
  },

  async delete({ properties }, { call }) {
    for (const holder of holdersOf(properties)) {
      await deleteInlinePolicy(holder, textOf(properties["PolicyName"]), call);
    }
  },

  async read({ properties }, { call }) {
    const [holder] = holdersOf(properties);
    if (holder === undefined) return properties;
    const { members } = await call("iam", `Get${holder.kind}Policy`, {
      [`${holder.kind}Name`]: holder.name,
      PolicyName: properties["PolicyName"] ?? "",
    });
    const document = decodeURIComponent(textOf(members["PolicyDocument"]));
    return { ...properties, PolicyDocument: JSON.parse(document) as JsonObject };
  },
};

async function put(properties: JsonObject, { call }: ProviderContext): Promise<void> {
  const { PolicyName, PolicyDocument } = properties;
  for (const holder of holdersOf(properties)) {
    await putInlinePolicy(holder, textOf(PolicyName), PolicyDocument, call);
  }
}

/** `AWS::IAM::RolePolicy` and its like: one policy in one holder. */
export function policyOf(kind: Holder["kind"]): ResourceProvider {
  const holderOf = (properties: JsonObject): Holder => ({
    kind,
    name: textOf(properties[`${kind}Name`]),
  });
  return {
    replacing: ["PolicyName", `${kind}Name`],
    async create(properties, { call }) {
      const { PolicyName, PolicyDocument } = properties;
      const holder = holderOf(properties);
      await putInlinePolicy(holder, textOf(PolicyName), PolicyDocument, call);
      return { physicalId: `${textOf(PolicyName)}|${holder.name}` };
    },
    async update(properties, { physicalId }, { call }) {
      const { PolicyName, PolicyDocument } = properties;
      await putInlinePolicy(holderOf(properties), textOf(PolicyName), PolicyDocument, call);
      return { physicalId };
    },
    async delete({ properties }, { call }) {
      await deleteInlinePolicy(holderOf(properties), textOf(properties["PolicyName"]), call);
    },
  };
}

function holdersOf({ Roles, Users, Groups }: JsonObject): readonly Holder[] {
  const of = (kind: Holder["kind"], names: JsonObject[string] | undefined): readonly Holder[] =>
    textsIn(names).map((name) => ({ kind, name }));
  return [...of("Role", Roles), ...of("User", Users), ...of("Group", Groups)];
}

function keyOf({ kind, name }: Holder): string {
  return `${kind}/${name}`;
}
