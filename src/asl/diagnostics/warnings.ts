import { isJsonArray, isJsonObject, type JsonValue } from "../../expression/json.ts";
import type { Fields } from "../fields/fields.ts";
import { wording } from "./wording.ts";

/** Text that looks as if it should be evaluated: a path, a variable, or an intrinsic call. */
const looksEvaluated = /^(?:\$(?:$|[.[$]|\p{ID_Start}\p{ID_Continue}*(?:[.[]|$))|States\.\w+\()/u;

/** Warns of strings in a payload template that look like a path, although their names do not end with `.$`. */
export function warnOfMissingDollar(fields: Fields, name: string): void {
  const value = fields.value(name);
  if (value === undefined) return;
  for (const member of evaluatedMembers(value)) {
    if (member.endsWith(".$")) continue;
    fields.context.diagnostics.warning("NO_DOLLAR", wording.noDollar(member), fields.at(name));
  }
}

/** Warns of a constant that looks like a path, where only the field's `…Path` form is evaluated. */
export function warnOfMissingPath(fields: Fields, name: string): void {
  const value = fields.value(name);
  if (typeof value !== "string" || !looksEvaluated.test(value)) return;
  fields.context.diagnostics.warning("NO_PATH", wording.noPath(name), fields.at(name));
}

/** Warns of a `Result` that looks as if something in it were to be evaluated. */
export function warnOfStaticResult(fields: Fields): void {
  const value = fields.value("Result");
  if (value === undefined) return;
  const isText = typeof value === "string" && looksEvaluated.test(value);
  if (!isText && evaluatedMembers(value).length === 0) return;
  fields.context.diagnostics.warning(
    "PASS_RESULT_IS_STATIC",
    wording.staticResult,
    fields.at("Result"),
  );
}

/** The names of all members, at any depth, whose text looks evaluated. */
function evaluatedMembers(value: JsonValue): string[] {
  if (isJsonArray(value)) return value.flatMap(evaluatedMembers);
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    if (typeof member === "string") return looksEvaluated.test(member) ? [name] : [];
    return evaluatedMembers(member);
  });
}
