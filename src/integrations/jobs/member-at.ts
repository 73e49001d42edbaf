import { isJsonArray, isJsonObject, type JsonValue, ownMember } from "../../expression/json.ts";

/** What is at a path of members and, in lists, positions: `Tasks.0.TaskArn`; `undefined` if nothing is there. */
export function memberAt(value: JsonValue, path: string): JsonValue | undefined {
  let found: JsonValue | undefined = value;
  for (const step of path.split(".")) {
    if (isJsonArray(found)) found = found[Number(step)];
    else found = isJsonObject(found) ? ownMember(found, step) : undefined;
  }
  return found;
}
