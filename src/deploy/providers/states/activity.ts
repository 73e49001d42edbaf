import { textOf } from "../../text-of.ts";
import { lowerCamel } from "../members.ts";
import { nameOf, type ResourceProvider } from "../provider.ts";
import { tagsOf } from "../resource-tags.ts";
import { retag } from "./state-machine.ts";

/** *Documented*: `AWS::StepFunctions::Activity`. */
export const activity: ResourceProvider = {
  replacing: ["Name", "EncryptionConfiguration"],

  async create(properties, context) {
    const name = nameOf(properties, "Name", context, { maxLength: 80 });
    const { EncryptionConfiguration } = properties;
    const { members } = await context.call("states", "CreateActivity", {
      name,
      ...(EncryptionConfiguration !== undefined && {
        encryptionConfiguration: lowerCamel(EncryptionConfiguration),
      }),
      tags: tagsOf(properties["Tags"], context.stack).map(({ Key, Value }) => ({
        key: Key,
        value: Value,
      })),
    });
    const arn = textOf(members["activityArn"]);
    return { physicalId: arn, attributes: { Arn: arn, Name: name } };
  },

  async update({ Tags }, { physicalId, properties, attributes }, context) {
    await retag(physicalId, properties["Tags"], Tags, context);
    return { physicalId, attributes };
  },

  async delete({ physicalId }, { call }) {
    await call("states", "DeleteActivity", { activityArn: physicalId });
  },

  async read({ physicalId, properties }, { call }) {
    await call("states", "DescribeActivity", { activityArn: physicalId });
    return properties;
  },
};
