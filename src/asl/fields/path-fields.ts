import { compilePath } from "../../expression/jsonpath/compile-path.ts";
import type { Path, ReferencePath } from "../../expression/jsonpath/path.ts";
import { compileReferencePath } from "../../expression/jsonpath/reference-path.ts";
import { compileField } from "./compile-field.ts";
import type { Fields } from "./fields.ts";
import { wording } from "../diagnostics/wording.ts";

/** A field that is a path, which may select any number of nodes. */
export function pathField(fields: Fields, name: string): Path | undefined {
  return compileField(fields, name, compilePath, () => wording.path);
}

/**
 * A path of a choice rule.
 *
 * Observed: the service speaks of reference paths here, but takes every path that a payload template takes.
 */
export function choicePathField(fields: Fields, name: string): Path | undefined {
  return compileField(fields, name, compilePath, wording.referencePath);
}

/** A field that names one node. */
export function referencePathField(fields: Fields, name: string): ReferencePath | undefined {
  // The compiler says that it is none, and then why; the sentence here begins with the former.
  const message = (reason: string) =>
    wording.referencePath(reason.replace(/^'.*' is not a reference path: /s, ""));
  return compileField(fields, name, compileReferencePath, message);
}

/**
 * `ResultPath`: a node of the state's own input.
 *
 * Spec: it starts with a single `$`, so it names neither the context object nor a variable.
 */
export function resultPathField(fields: Fields, name: string): ReferencePath | undefined {
  const path = referencePathField(fields, name);
  if (path === undefined || /^\$(?:[.[]|$)/.test(path.text)) return path;
  fields.fail(name, wording.referencePath(wording.resultPathStart));
  return undefined;
}

/**
 * The `…Path` form of a number of a Map: a node of its input, or of a variable.
 *
 * Measured on AWS: the context object is refused here, which `ItemsPath` and the fields of other states may select from.
 */
export function mapNumberPathField(fields: Fields, name: string): ReferencePath | undefined {
  const path = referencePathField(fields, name);
  if (path?.text.startsWith("$$") !== true) return path;
  fields.fail(name, wording.referencePath(wording.contextPath));
  return undefined;
}

/** A path or `null`, which means something of its own. */
export function nullable<Value>(
  fields: Fields,
  name: string,
  read: (fields: Fields, name: string) => Value | undefined,
): Value | null | undefined {
  return fields.value(name) === null ? null : read(fields, name);
}
