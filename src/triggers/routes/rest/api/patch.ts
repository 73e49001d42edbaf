import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  ownMember,
} from "../../../../expression/json.ts";
import { ServiceError } from "../../../../ports/service-api.ts";

/** One change of a record. *Documented*: API Gateway's patch operations. */
export interface PatchOperation {
  readonly op: string;
  readonly path: string;
  readonly value?: string;
  /** Where `copy` has its value from. */
  readonly from?: string;
}

/**
 * What may be patched, and what it is: `{ "/description": "text", "/variables/*": "text" }`. `*` is any name. Items of a `list` are named by the
 * value, or by the end of the path. An `object` can only be removed, or another one copied over its members.
 */
export type PatchableFields = { readonly [path: string]: PatchableType };

type PatchableType = "text" | "number" | "boolean" | "list" | "object";

/** The members that every operation that patches takes. */
export const patchOperations = {
  type: "list",
  of: {
    type: "structure",
    shape: "PatchOperation",
    members: {
      op: { type: "string", required: true },
      path: { type: "string", required: true },
      value: { type: "string" },
      from: { type: "string" },
    },
  },
} as const;

/** The record as its patches leave it. Throws API Gateway's error for a path that may not be patched. */
export function patched<T extends object>(
  record: T,
  operations: readonly PatchOperation[] = [],
  fields: PatchableFields,
): T {
  let changed = record as JsonObject;
  for (const operation of operations) changed = patchedOnce(changed, operation, fields);
  return changed as T;
}

function patchedOnce(
  record: JsonObject,
  { op, path, value, from = "" }: PatchOperation,
  fields: PatchableFields,
): JsonObject {
  const segments = segmentsOf(path);
  const found = fieldFor(segments, fields);
  const isCopy = op === "copy" && fieldFor(segmentsOf(from), fields)?.[1] === found?.[1];
  if (found === undefined || !(isCopy || ["add", "remove", "replace"].includes(op))) {
    throw badRequest(
      `Invalid patch path '${path}' specified for op '${op}'. Must be one of: [${Object.keys(fields).join(", ")}]`,
    );
  }
  const [pattern, type] = found;
  if (isCopy) {
    const copied = valueAt(record, segmentsOf(from));
    return changedAt(record, segments, (before) => copiedOver(before, copied));
  }
  if (type === "list") {
    const depth = pattern.split("/").length - 1;
    const item = segments[depth] ?? value;
    const place = segments.slice(0, depth);
    return changedAt(record, place, (before) => changedList(before, op, item));
  }
  const after = op === "remove" ? undefined : typed(type, value, path);
  return changedAt(record, segments, () => after);
}

function segmentsOf(path: string): readonly string[] {
  return path.split("/").slice(1).map(unescaped);
}

function fieldFor(
  segments: readonly string[],
  fields: PatchableFields,
): readonly [string, PatchableType] | undefined {
  return Object.entries(fields).find(([pattern, type]) => isFor(pattern, type, segments));
}

function valueAt(record: JsonObject, segments: readonly string[]): JsonValue | undefined {
  let found: JsonValue | undefined = record;
  for (const name of segments) {
    found = found !== undefined && isJsonObject(found) ? ownMember(found, name) : undefined;
  }
  return found;
}

/** What is not there leaves what there is. */
function copiedOver(
  before: JsonValue | undefined,
  copied: JsonValue | undefined,
): JsonValue | undefined {
  if (copied === undefined) return before;
  const isOver = isJsonObject(copied) && before !== undefined && isJsonObject(before);
  return isOver ? { ...before, ...copied } : copied;
}

function isFor(pattern: string, type: PatchableType, segments: readonly string[]): boolean {
  const parts = pattern.split("/").slice(1);
  const isLength =
    segments.length === parts.length || (type === "list" && segments.length === parts.length + 1);
  return isLength && parts.every((part, index) => part === "*" || part === segments[index]);
}

function unescaped(segment: string): string {
  return segment.replaceAll("~1", "/").replaceAll("~0", "~");
}

function typed(type: Exclude<PatchableType, "list">, value: string | undefined, path: string) {
  if (value === undefined) throw badRequest(`Invalid patch: ${path} needs a value`);
  if (type === "object") throw badRequest(`Invalid patch: ${path} can be removed, or copied to`);
  if (type === "text") return value;
  if (type === "boolean") return value === "true";
  const number = Number(value);
  if (!Number.isFinite(number)) throw badRequest(`Invalid value for '${path}': ${value}`);
  return number;
}

function changedList(
  before: JsonValue | undefined,
  op: string,
  item: string | undefined,
): JsonValue | undefined {
  const items = before !== undefined && isJsonArray(before) ? before : [];
  if (item === undefined) return op === "remove" ? undefined : items;
  if (op === "replace") return [item];
  const others = items.filter((each) => each !== item);
  return op === "remove" ? others : [...others, item];
}

/** A copy in which what is at a place is something else; `undefined` removes it. */
function changedAt(
  object: JsonObject,
  [name = "", ...rest]: readonly string[],
  change: (before: JsonValue | undefined) => JsonValue | undefined,
): JsonObject {
  const before = ownMember(object, name);
  const after =
    rest.length === 0
      ? change(before)
      : changedAt(isJsonObject(before) ? before : {}, rest, change);
  const { [name]: _, ...others } = object;
  // A name of a patch is data: it may be any.
  return after === undefined ? others : { ...others, [name]: after };
}

function badRequest(message: string): ServiceError {
  return new ServiceError("BadRequestException", message);
}
