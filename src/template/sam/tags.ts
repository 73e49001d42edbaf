import { ownMember, type JsonArray, type JsonObject } from "../../expression/json.ts";
import { objectMember } from "./expansion.ts";

/** SAM's map of tags as CloudFormation's list, after the one that says that SAM made it. */
export function tagList(properties: JsonObject, createdBy: string | undefined): JsonArray {
  const written = objectMember(properties, "Tags") ?? {};
  const own = createdBy === undefined ? [] : [{ Key: createdBy, Value: "SAM" }];
  return [
    ...own,
    ...Object.keys(written).map((Key) => ({ Key, Value: ownMember(written, Key) ?? "" })),
  ];
}
