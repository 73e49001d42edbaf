import type { JsonValue } from "../../expression/json.ts";

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

/** The edits that make `after` of `before` and leave alone what is equal in both; they begin with `path`. */
export declare function editsBetween(
  before: JsonValue,
  after: JsonValue,
  path?: JsonPlace,
): readonly JsonEdit[];
