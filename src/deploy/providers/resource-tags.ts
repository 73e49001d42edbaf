import { textOf } from "../text-of.ts";
import { isJsonArray, isJsonObject, type JsonValue } from "../../expression/json.ts";
import type { StackPlace } from "./provider.ts";

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** The tags of a resource: those of its stack, and its own, which go first. */
export function tagsOf(
  written: JsonValue | undefined,
  stack: Pick<StackPlace, "tags">,
): readonly Tag[] {
  const tags: { [key: string]: string } = { ...stack.tags };
  if (isJsonArray(written ?? null)) {
    for (const each of written as readonly JsonValue[]) {
      if (isJsonObject(each)) tags[textOf(each["Key"])] = textOf(each["Value"] ?? "");
    }
  } else if (isJsonObject(written)) {
    for (const [key, value] of Object.entries(written)) tags[key] = textOf(value);
  }
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

export function tagMap(tags: readonly Tag[]): { readonly [key: string]: string } {
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
}

/** What has to be put and removed for some tags to become others. */
export function tagChanges(
  before: readonly Tag[],
  after: readonly Tag[],
): { readonly put: readonly Tag[]; readonly removed: readonly string[] } {
  const old = tagMap(before);
  const next = tagMap(after);
  return {
    put: after.filter(({ Key, Value }) => old[Key] !== Value),
    removed: Object.keys(old).filter((key) => !Object.hasOwn(next, key)),
  };
}
