import { compileIntrinsic } from "../../expression/intrinsics/compile-intrinsic.ts";
import type { IntrinsicExpression } from "../../expression/intrinsics/intrinsic.ts";
import type { JsonataTemplate } from "../../expression/jsonata/template.ts";
import type { Path } from "../../expression/jsonpath/path.ts";
import { compileField } from "../fields/compile-field.ts";
import type { QueryLanguage, StateBase } from "../definition.ts";
import { oneOf, stringField, type Fields, type FieldTable } from "../fields/fields.ts";
import { isDelimited, jsonataField } from "../fields/jsonata-field.ts";
import { referencePathField } from "../fields/path-fields.ts";
import { present } from "../fields/present.ts";
import { warnOfMissingPath } from "../diagnostics/warnings.ts";
import { wording } from "../diagnostics/wording.ts";

/** `Error` or `Cause`: a constant, a reference path or intrinsic (`…Path`), or a JSONata string. */
export type FailText =
  | { readonly kind: "constant"; readonly value: string }
  | { readonly kind: "path"; readonly path: Path }
  | { readonly kind: "intrinsic"; readonly intrinsic: IntrinsicExpression }
  | { readonly kind: "jsonata"; readonly template: JsonataTemplate };

export interface FailState extends StateBase {
  readonly Type: "Fail";
  readonly QueryLanguage: QueryLanguage;
  readonly Error?: FailText;
  readonly Cause?: FailText;
}

/** What a Fail state may have beside the fields of every state. */
export const failFields: FieldTable = {
  both: ["Error", "Cause"],
  JSONPath: ["ErrorPath", "CausePath"],
};

/** A Fail state ends the machine; its texts are the only thing that it evaluates. */
export function parseFail(base: StateBase, fields: Fields): FailState {
  fields.context.graph.transitions.end();
  const text = { Error: parseText(fields, "Error"), Cause: parseText(fields, "Cause") };
  return { ...base, Type: "Fail", QueryLanguage: fields.language, ...present(text) };
}

/** Documented: the functions that `ErrorPath` and `CausePath` may call, those that return a string. */
const stringIntrinsics =
  /^States\.(?:Format|JsonToString|ArrayGetItem|Base64Encode|Base64Decode|Hash|UUID)\(/;

function parseText(fields: Fields, name: "Error" | "Cause"): FailText | undefined {
  const given = oneOf(fields, [name, `${name}Path`], false);
  if (given === undefined) return undefined;
  if (given === name) return parseConstant(fields, name);
  const text = fields.value(given);
  if (typeof text !== "string" || text.startsWith("$")) {
    const path = referencePathField(fields, given);
    return path && { kind: "path", path };
  }
  if (!stringIntrinsics.test(text)) {
    fields.fail(given, wording.intrinsic(given));
    return undefined;
  }
  const intrinsic = compileField(fields, given, compileIntrinsic, () => wording.intrinsic(given));
  return intrinsic && { kind: "intrinsic", intrinsic };
}

function parseConstant(fields: Fields, name: string): FailText | undefined {
  const value = stringField(fields, name);
  if (value === undefined) return undefined;
  if (fields.language === "JSONPath") warnOfMissingPath(fields, name);
  if (fields.language === "JSONPath" || !isDelimited(value)) return { kind: "constant", value };
  const template = jsonataField(fields, name);
  return template && { kind: "jsonata", template };
}
