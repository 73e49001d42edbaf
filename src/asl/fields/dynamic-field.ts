import type { JsonValue } from "../../expression/json.ts";
import type { ReferencePath } from "../../expression/jsonpath/path.ts";
import type { DynamicField } from "../definition.ts";
import { checkNumber, oneOf, type Fields, type NumberRange } from "./fields.ts";
import { isDelimited, jsonataField } from "./jsonata-field.ts";
import { mapNumberPathField, referencePathField } from "./path-fields.ts";

/**
 * A field that is a constant in both languages, a reference path in its `…Path` form (JSONPath) or an expression
 * (JSONata). `constant` checks the value that is neither; it reports what is wrong with it.
 */
export function dynamicField<Value>(
  fields: Fields,
  name: string,
  constant: (value: JsonValue) => Value | undefined,
  pathIn: (fields: Fields, name: string) => ReferencePath | undefined = referencePathField,
): DynamicField<Value> | undefined {
  const given = oneOf(fields, [name, `${name}Path`], false);
  if (given === undefined) return undefined;
  if (given !== name) {
    const path = pathIn(fields, given);
    return path === undefined ? undefined : { kind: "path", field: given, path };
  }
  const raw = fields.value(name) as JsonValue;
  if (fields.language === "JSONata" && typeof raw === "string" && isDelimited(raw)) {
    const template = jsonataField(fields, name);
    return template === undefined ? undefined : { kind: "jsonata", field: name, template };
  }
  const value = constant(raw);
  return value === undefined ? undefined : { kind: "constant", field: name, value };
}

/** {@link dynamicField} for a number. */
export function dynamicNumber(
  fields: Fields,
  name: string,
  range: NumberRange,
): DynamicField<number> | undefined {
  return dynamicField(fields, name, (value) => checkNumber(fields, name, value, range));
}

/** The same, for a number of a Map. */
export function mapNumber(
  fields: Fields,
  name: string,
  range: NumberRange,
): DynamicField<number> | undefined {
  const constant = (value: JsonValue) => checkNumber(fields, name, value, range);
  return dynamicField(fields, name, constant, mapNumberPathField);
}
