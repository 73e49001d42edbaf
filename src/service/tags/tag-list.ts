import type { JsonValue } from "../../expression/json.ts";
import { errors } from "../errors/errors.ts";
import type { InputOf } from "../model/service-model.ts";

/** Documented: tags of one resource. */
export const maxTags = 50;

export type Tags = { readonly [key: string]: string };

/** The tags after `added`; refuses more than the service allows, and keys that are not for users. */
export function withTags(
  resourceArn: string,
  tags: Tags,
  added: NonNullable<InputOf<"TagResource">["tags"]>,
): Tags {
  const all = new Map(Object.entries(tags));
  for (const { key, value = "" } of added) {
    if (key === undefined) continue;
    if (!/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u.test(`${key}${value}`)) {
      throw errors.validation(`Tag '${key}' has a character that tags must not have`);
    }
    if (key.toLowerCase().startsWith("aws:")) {
      throw errors.validation(`Tag keys must not begin with 'aws:': '${key}'`);
    }
    all.set(key, value);
  }
  if (all.size > maxTags) throw errors.tooManyTags(resourceArn, maxTags);
  return Object.fromEntries(all);
}

export function withoutTags(tags: Tags, keys: readonly string[]): Tags {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !keys.includes(key)));
}

/** The tags as ListTagsForResource shows them. */
export function shownTags(tags: Tags): JsonValue {
  return Object.entries(tags).map(([key, value]) => ({ key, value }));
}
