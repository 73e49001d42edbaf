import { type JsonObject, type JsonValue, setMember } from "../../expression/json.ts";
import type { LookedAtJob } from "./job-description.ts";
import { memberAt } from "./member-at.ts";

/** What names a job in later calls: made of what was recorded, so that it is the same after a restart. */
export function jobKey(
  { key }: Pick<LookedAtJob, "key">,
  submission: JsonValue,
  parameters: JsonValue,
): JsonObject {
  const made: Record<string, JsonValue> = {};
  for (const [member, path] of Object.entries(key)) {
    const value = memberAt({ submission, parameters }, path);
    if (value !== undefined) setMember(made, member, value);
  }
  return made;
}
