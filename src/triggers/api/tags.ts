import type { Tags } from "../buses/records.ts";
import { ServiceError } from "../../ports/service-api.ts";

/** *Documented*: tags of a resource. */
const mostTags = 50;

export function tagsOf(
  given: readonly { readonly Key: string; readonly Value: string }[] = [],
): Tags {
  return Object.fromEntries(given.map(({ Key, Value }) => [Key, Value]));
}

export function shownTags(tags: Tags): readonly { readonly Key: string; readonly Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

export function withTags(before: Tags, added: Tags): Tags {
  const tags = { ...before, ...added };
  if (Object.keys(tags).length > mostTags) {
    throw new ServiceError("ValidationException", `A resource may have at most ${mostTags} tags.`);
  }
  return tags;
}

export function withoutTags(before: Tags, keys: readonly string[]): Tags {
  return Object.fromEntries(Object.entries(before).filter(([key]) => !keys.includes(key)));
}

/** Conditions of policies about tags that are put. */
export function tagConditions(tags: Tags): { readonly [key: string]: string | readonly string[] } {
  const keys = Object.keys(tags);
  if (keys.length === 0) return {};
  return {
    ...Object.fromEntries(keys.map((key) => [`aws:RequestTag/${key}`, tags[key] ?? ""])),
    "aws:TagKeys": keys,
  };
}
