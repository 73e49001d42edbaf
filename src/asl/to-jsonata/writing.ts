import type { JsonObject, JsonValue } from "../../expression/json.ts";
import { expressed, expressionOf, type Document } from "./document.ts";
import { pathDocument } from "./documents-of-source.ts";
import { call } from "./expression.ts";
import type { Replacement } from "./replace-members.ts";
import { Unconvertible } from "./unconvertible.ts";
import { writeDocument, type TakeNote } from "./write-document.ts";

/** What the fields of one state are written by. */
export interface Writing {
  readonly state: JsonObject;
  readonly take: TakeNote;
}

/** A field of the state as a document, written where it will stand. */
export function written(
  { take }: Writing,
  name: string,
  of: readonly string[],
  document: Document | undefined,
): Replacement {
  return { name, of, value: document && writeDocument(document, [name], take) };
}

/** What a reference path selects. */
export function referenced(path: JsonValue, input: Document): Document {
  if (typeof path !== "string") throw new Unconvertible("INVALID");
  return pathDocument(path, input, true);
}

/** A number that a path selects, also from a text of digits, which JSONata does not take for one. */
export function numberDocument(path: JsonValue, input: Document): Document {
  const selected = expressionOf(referenced(path, input));
  return expressed(call("number", [selected], [], "integer"));
}
