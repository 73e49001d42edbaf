import { arrayOf, objectOf } from "../../graph/json.ts";
import type { NodeKey } from "../../graph/model.ts";
import type { DefinitionDocument, Path } from "../document/definition-document.ts";
import { newValueOf, type NewValue } from "../document/new-value.ts";
import { edited, type Draft } from "./draft.ts";
import type { EditResult } from "./edit-result.ts";
import { refuse, stateAt } from "./graph-index.ts";
import { fieldPlace } from "./spot.ts";

/** A field, by its path from the state on, and what it is to be; `undefined` takes it away. */
export type FieldChange = readonly [path: Path, value: unknown];

/**
 * Gives a field of a state a value, or takes it away (`undefined`). `path` begins at the state: `["Retry", 0, "MaxAttempts"]`.
 * Objects on the way that are not there are made; of an object or array that is there, only what differs is written.
 */
export function setField(
  document: DefinitionDocument,
  key: NodeKey,
  path: Path,
  value: unknown,
): EditResult {
  return setFields(document, key, [[path, value]]);
}

/** Several fields at once, one after the other: `Seconds` goes, and `SecondsPath` comes. */
export function setFields(
  document: DefinitionDocument,
  key: NodeKey,
  changes: readonly FieldChange[],
): EditResult {
  return edited(document, (draft) => {
    for (const [path, value] of changes) {
      const state = stateAt(draft.index, key);
      set(draft, state.path, state.fields, path, value, fieldPlace(state));
    }
    return { select: [stateAt(draft.index, key).path] };
  });
}

/** Gives the definition a field of its own: `Comment`, `TimeoutSeconds`, `QueryLanguage`. A new one goes before `StartAt`. */
export function setWorkflowField(
  document: DefinitionDocument,
  path: Path,
  value: unknown,
): EditResult {
  return edited(document, (draft) => {
    const fields = objectOf(draft.document.value);
    const names = Object.keys(fields);
    const start = names.findIndex((name) => name === "StartAt" || name === "States");
    const after = start < 0 ? undefined : (names[start - 1] ?? null);
    set(draft, [], fields, path, value, after);
    return { select: [] };
  });
}

function set(
  draft: Draft,
  base: Path,
  fields: unknown,
  path: Path,
  value: unknown,
  after: string | null | undefined,
): void {
  if (path.length === 0) refuse("noSuchEntry");
  const known = depthOf(fields, path);
  if (value === undefined) {
    if (known === path.length) draft.batch((batch) => batch.remove([...base, ...path]));
    return;
  }
  const given = newValueOf(value);
  if (given === undefined) return refuse("wrongShape", { name: String(path.at(-1)) });
  const at = Math.min(known + 1, path.length);
  const missing = path.slice(at);
  // A new array is not begun by an index: nobody would know what the others are.
  if (missing.some((part) => typeof part === "number" && part !== 0)) refuse("noSuchEntry");
  const made = missing.reduceRight<NewValue>(
    (inner, part) => (typeof part === "number" ? [inner] : { [part]: inner }),
    given,
  );
  const place = at === 1 ? after : undefined;
  draft.batch((batch) => batch.set([...base, ...path.slice(0, at)], made, place));
}

/** How much of the path is there. */
function depthOf(fields: unknown, path: Path): number {
  let value = fields;
  for (const [depth, part] of path.entries()) {
    const isThere =
      typeof part === "number"
        ? part < arrayOf(value).length
        : Object.hasOwn(objectOf(value), part);
    if (!isThere) return depth;
    value = (value as Readonly<Record<string | number, unknown>>)[part];
  }
  return path.length;
}
