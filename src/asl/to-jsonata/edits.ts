import {
  isJsonArray,
  isJsonObject,
  jsonEquals,
  ownMember,
  type JsonObject,
  type JsonValue,
} from "../../expression/json.ts";

/** A place in a JSON document: names of members and positions in lists. */
export type JsonPlace = readonly (string | number)[];

/** One step from a document to another. Each is made in the document that those before it have left. */
export type JsonEdit =
  | { readonly type: "set"; readonly path: JsonPlace; readonly value: JsonValue }
  | { readonly type: "rename"; readonly path: JsonPlace; readonly name: string }
  | { readonly type: "remove"; readonly path: JsonPlace }
  /** A new member, after the one called `after`; absent: the first. */
  | {
      readonly type: "insert";
      readonly path: JsonPlace;
      readonly value: JsonValue;
      readonly after?: string;
    };

/**
 * The edits that make `after` of `before` and leave alone what is equal in both; they begin with `path`. A member that stands
 * in the place of another is that one renamed, so that what is beside and within it stays as it is written.
 */
export function editsBetween(
  before: JsonValue,
  after: JsonValue,
  path: JsonPlace = [],
): readonly JsonEdit[] {
  if (isJsonObject(before) && isJsonObject(after)) return memberEdits(before, after, path);
  if (isJsonArray(before) && isJsonArray(after) && before.length === after.length) {
    return before.flatMap((item, index) =>
      editsBetween(item, after[index] as JsonValue, [...path, index]),
    );
  }
  return jsonEquals(before, after) ? [] : [{ type: "set", path, value: after }];
}

function memberEdits(before: JsonObject, after: JsonObject, path: JsonPlace): readonly JsonEdit[] {
  const { renamed, gone } = replacedNames(Object.keys(before), Object.keys(after));
  const edits: JsonEdit[] = [];
  let last: string | undefined;
  for (const [name, value] of Object.entries(after)) {
    const old = renamed.get(name);
    if (old !== undefined) edits.push({ type: "rename", path: [...path, old], name });
    const known = ownMember(before, old ?? name);
    if (known !== undefined) edits.push(...editsBetween(known, value, [...path, name]));
    else {
      const at = last === undefined ? {} : { after: last };
      edits.push({ type: "insert", path: [...path, name], value, ...at });
    }
    last = name;
  }
  return [...edits, ...gone.map((name): JsonEdit => ({ type: "remove", path: [...path, name] }))];
}

/**
 * Which new names take the place of which old ones: those that stand between the same members, the last for the last, as what
 * is new alone (`QueryLanguage` after `Type`) stands before.
 */
function replacedNames(
  before: readonly string[],
  after: readonly string[],
): { readonly renamed: ReadonlyMap<string, string>; readonly gone: readonly string[] } {
  const names = new Set(after);
  const kept = new Map(
    before.flatMap((name, place) => (names.has(name) ? [[name, place] as const] : [])),
  );
  const renamed = new Map<string, string>();
  const replaced = new Set<string>();
  let start = 0;
  let added: string[] = [];
  for (const name of [...after, undefined]) {
    if (name !== undefined && !kept.has(name)) {
      added.push(name);
      continue;
    }
    const end = (name === undefined ? undefined : kept.get(name)) ?? before.length;
    const removed = before.slice(start, end).filter((old) => !kept.has(old) && !replaced.has(old));
    const pairs = Math.min(added.length, removed.length);
    for (let pair = 1; pair <= pairs; pair++) {
      renamed.set(added.at(-pair) as string, removed.at(-pair) as string);
      replaced.add(removed.at(-pair) as string);
    }
    start = end + 1;
    added = [];
  }
  return { renamed, gone: before.filter((name) => !kept.has(name) && !replaced.has(name)) };
}
