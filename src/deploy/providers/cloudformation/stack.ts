import { textOf } from "../../text-of.ts";
import { jsonText, objectIn } from "../members.ts";
import { objectAt, readObject } from "../object-of.ts";
import type { Made, ProviderContext, ResourceProvider } from "../provider.ts";
import type { JsonObject } from "../../../expression/json.ts";
import { tagMap, tagsOf } from "../resource-tags.ts";

/** *Documented*: `AWS::CloudFormation::Stack`, a stack in a stack. */
export const nestedStack: ResourceProvider = {
  replacing: [],

  create: (properties, context) =>
    deploy(properties, context.generatedName({ maxLength: 128 }), context),

  update: (properties, { physicalId }, context) =>
    deploy(properties, physicalId.split("/")[1] ?? "", context),

  async delete({ physicalId }, { nested }) {
    await nested.delete(physicalId);
  },
};

async function deploy(
  properties: JsonObject,
  name: string,
  { nested, call, stack }: ProviderContext,
): Promise<Made> {
  const place = objectAt(textOf(properties["TemplateURL"]));
  if (place === undefined) {
    throw new Error("S3 error: TemplateURL must name an object of S3");
  }
  const { stackId, outputs, isNoEcho } = await nested.deploy({
    name,
    template: await readObject(place, call),
    parameters: Object.fromEntries(
      Object.entries(objectIn(properties["Parameters"])).map(([parameter, value]) => [
        parameter,
        Array.isArray(value) ? value.join(",") : (jsonText(value) ?? ""),
      ]),
    ),
    tags: tagMap(tagsOf(properties["Tags"], stack)),
  });
  return {
    physicalId: stackId,
    isNoEcho,
    attributes: Object.fromEntries(
      Object.entries(outputs).map(([output, value]) => [`Outputs.${output}`, value]),
    ),
  };
}

/** What only takes part in a template: nothing is made. */
export const nothing: ResourceProvider = {
  replacing: [],
  create: (_, context) =>
    Promise.resolve({ physicalId: context.generatedName({ maxLength: 128 }) }),
  update: (_, { physicalId, attributes }) => Promise.resolve({ physicalId, attributes }),
  delete: () => Promise.resolve(),
};
