import type { JsonObject } from "../../../expression/json.ts";
import { substituteDefinition } from "../../../template/definition-substitutions.ts";
import { readValue } from "../../../template/reading/read-value.ts";
import { readObject } from "../object-of.ts";
import { jsonText, objectIn } from "../members.ts";
import type { ProviderContext } from "../provider.ts";

/** The definition of a state machine's properties: written in the template, or in an object of S3; JSON or YAML, substituted. */
export async function definitionOf(
  properties: JsonObject,
  context: ProviderContext,
): Promise<string> {
  const substitutions = Object.fromEntries(
    Object.entries(objectIn(properties["DefinitionSubstitutions"])).map(([name, value]) => [
      name,
      jsonText(value) ?? "",
    ]),
  );
  const written = jsonText(properties["DefinitionString"] ?? properties["Definition"]);
  const text = substituteDefinition(written ?? (await inS3(properties, context)), substitutions);
  return /^\s*\{/.test(text) ? text : JSON.stringify(readValue(text).value);
}

async function inS3(properties: JsonObject, context: ProviderContext): Promise<string> {
  const { DefinitionS3Location: location } = properties;
  const { Bucket, Key, Version } = objectIn(location);
  if (typeof Bucket !== "string" || typeof Key !== "string") {
    throw new Error(
      "Property validation failure: one of DefinitionString, Definition and DefinitionS3Location is required",
    );
  }
  return readObject({ Bucket, Key, ...(typeof Version === "string" && { Version }) }, context.call);
}
