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
  const edits: JsonEdit[] = [];
  const gone = Object.keys(before).filter((name) => !Object.hasOwn(after, name));
  const oldNames = Object.keys(before);
  const renamed = new Map<string, string>();
  let last: string | undefined;
  for (const [name, value] of Object.entries(after)) {
    const old = ownMember(before, name);
    if (old !== undefined) edits.push(...editsBetween(old, value, [...path, name]));
    else {
      // What stood where this stands, after the same member, if it is not there any more.
      const place = last === undefined ? 0 : oldNames.indexOf(renamed.get(last) ?? last) + 1;
      const predecessor = oldNames[place];
      if (
        predecessor !== undefined &&
        gone.includes(predecessor) &&
        (last === undefined || place > 0)
      ) {
        gone.splice(gone.indexOf(predecessor), 1);
        renamed.set(name, predecessor);
        edits.push({ type: "rename", path: [...path, predecessor], name });
        edits.push(...editsBetween(before[predecessor] as JsonValue, value, [...path, name]));
      } else {
        const at = last === undefined ? {} : { after: last };
        edits.push({ type: "insert", path: [...path, name], value, ...at });
      }
    }
    last = name;
  }
  return [...edits, ...gone.map((name): JsonEdit => ({ type: "remove", path: [...path, name] }))];
}
