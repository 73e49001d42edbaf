import { isJsonArray, ownMember, type JsonObject } from "../../expression/json.ts";
import { objectMember, type Resources, type SamResource } from "./expansion.ts";
import { tagList } from "./tags.ts";

/** Types of what SAM makes that have a list of tags. Others have none, or a map that nobody reads. */
const taggedTypes = new Set<unknown>([
  "AWS::CodeDeploy::Application",
  "AWS::CodeDeploy::DeploymentGroup",
  "AWS::Events::Rule",
  "AWS::IAM::Role",
  "AWS::Lambda::EventSourceMapping",
  "AWS::SQS::Queue",
]);

/** Documented: `PropagateTags` gives a resource's tags to all that is made for it. */
export function propagateTags(resource: SamResource, made: Resources): Resources {
  const tags = tagList(resource.properties, undefined);
  if (ownMember(resource.properties, "PropagateTags") !== true || tags.length === 0) return made;
  return Object.fromEntries(
    Object.entries(made).map(([logicalId, one]) => [
      logicalId,
      logicalId !== resource.logicalId && taggedTypes.has(one["Type"]) ? tagged(one, tags) : one,
    ]),
  );
}

function tagged(resource: JsonObject, tags: ReturnType<typeof tagList>): JsonObject {
  const properties = objectMember(resource, "Properties") ?? {};
  const before = ownMember(properties, "Tags");
  const own = before !== undefined && isJsonArray(before) ? before : [];
  const names = new Set(own.map((tag) => JSON.stringify(tag)));
  const added = tags.filter((tag) => !names.has(JSON.stringify(tag)));
  return { ...resource, Properties: { ...properties, Tags: [...own, ...added] } };
}
