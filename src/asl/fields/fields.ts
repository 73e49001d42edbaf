import { toDouble } from "../../expression/exact-number.ts";
import { isJsonObject, ownMember, type JsonObject, type JsonValue } from "../../expression/json.ts";
import type { QueryLanguage } from "../definition.ts";
import { hasPlaceholder, type ParseContext } from "../parse-context.ts";
import { wording, type ExpectedType } from "../diagnostics/wording.ts";

/** The fields that one kind of object may have, by the language that they belong to. */
export interface FieldTable {
  readonly both: readonly string[];
  readonly JSONPath?: readonly string[];
  readonly JSONata?: readonly string[];
}

/** One object of the definition, read field by field; what is wrong with a field is reported where it stands. */
export interface Fields {
  /** The state that the object is, or is part of; empty for the machine. */
  readonly state: string;
  readonly object: JsonObject;
  readonly location: string;
  readonly language: QueryLanguage;
  readonly context: ParseContext;
  /** Whether the field is given, and may be. */
  has(name: string): boolean;
  /** The field's value, `undefined` if it is not given or may not be. */
  value(name: string): JsonValue | undefined;
  /** The location of the field, or of one of its elements. */
  at(name: string, index?: number): string;
  /** Reports an error of a field. */
  fail(name: string, message: string): void;
}

/** Where an object stands, and what it may hold. */
export interface OpenOptions {
  readonly state: string;
  readonly location: string;
  readonly table: FieldTable;
  /** The language of the state. */
  readonly language: QueryLanguage;
  readonly context: ParseContext;
  /** Whether fields of the other language are passed over in silence. */
  readonly ignoreOtherLanguage?: boolean;
}

/** Opens an object of the definition: reports the fields that it may not have. */
export function openFields(object: JsonObject, options: OpenOptions): Fields {
  const { state, location, table, language, context } = options;
  const other: QueryLanguage = language === "JSONPath" ? "JSONata" : "JSONPath";
  const own = table[language] ?? [];
  const allowed = (name: string) => table.both.includes(name) || own.includes(name);
  for (const name of Object.keys(object)) {
    if (allowed(name)) continue;
    const isOfOther = table[other]?.includes(name) === true;
    if (isOfOther && options.ignoreOtherLanguage === true) continue;
    const message = isOfOther
      ? wording.otherLanguage(name, language, other)
      : wording.notSupported(name);
    context.diagnostics.error(message, location);
  }
  const value = (name: string) => (allowed(name) ? ownMember(object, name) : undefined);
  const at = (name: string, index?: number) =>
    index === undefined ? `${location}/${name}` : `${location}/${name}[${index}]`;
  return {
    state,
    object,
    location,
    language,
    context,
    has: (name) => value(name) !== undefined,
    value,
    at,
    fail: (name, message) => context.diagnostics.error(message, at(name)),
  };
}

/** Reports the names that are not there, in one sentence as the service does. */
export function requireFields(fields: Fields, names: readonly string[]): boolean {
  const missing = names.filter((name) => !fields.has(name));
  if (missing.length === 0) return true;
  fields.context.diagnostics.error(wording.fieldsRequired(missing), fields.location);
  return false;
}

/** Which of the names is given: reports if it is more than one, or none of them although one has to be. */
export function oneOf<Name extends string>(
  fields: Fields,
  names: readonly Name[],
  required: boolean,
): Name | undefined {
  const given = names.filter((name) => fields.has(name));
  if (given.length > 1) {
    fields.context.diagnostics.error(wording.onlyOne(names), fields.location);
  } else if (given.length === 0 && required) {
    fields.context.diagnostics.error(wording.exactlyOne(names), fields.location);
  }
  return given[0];
}

/** Opens an object within the one that is open. */
export function openInner(
  fields: Fields,
  object: JsonObject,
  location: string,
  table: FieldTable,
): Fields {
  return openFields(object, { ...fields, location, table });
}

/** The fields of an object-valued field. */
export function objectField(fields: Fields, name: string, table: FieldTable): Fields | undefined {
  const value = fields.value(name);
  if (value === undefined) return undefined;
  if (!isJsonObject(value)) {
    failType(fields, name, "Object");
    return undefined;
  }
  return openInner(fields, value, fields.at(name), table);
}

/** A string. A placeholder within it is no concern of the field's. */
export function stringField(fields: Fields, name: string): string | undefined {
  const value = fields.value(name);
  if (value === undefined || typeof value === "string") return value;
  fields.fail(name, wording.type("String"));
  return undefined;
}

/** A string that is one of `values`. */
export function enumField<Value extends string>(
  fields: Fields,
  name: string,
  values: readonly Value[],
): Value | undefined {
  const value = stringField(fields, name);
  if (value === undefined) return undefined;
  const known = values.find((candidate) => candidate === value);
  if (known !== undefined) return known;
  if (hasPlaceholder(fields.context, value)) fields.context.assume();
  else fields.fail(name, wording.values(values));
  return undefined;
}

/** What a number may be. */
export interface NumberRange {
  readonly minimum: number;
  readonly maximum?: number;
  /** `Number` if fractions are allowed. */
  readonly type?: "Integer" | "Number";
}

/** A number within its range. A string that holds a placeholder counts as one that is filled in later. */
export function numberField(fields: Fields, name: string, range: NumberRange): number | undefined {
  const value = fields.value(name);
  return value === undefined ? undefined : checkNumber(fields, name, value, range);
}

/** {@link numberField} for a value that is at hand. */
export function checkNumber(
  fields: Fields,
  name: string,
  given: JsonValue,
  range: NumberRange,
): number | undefined {
  const value = toDouble(given);
  if (hasPlaceholder(fields.context, value)) {
    fields.context.assume();
    return undefined;
  }
  const type = range.type ?? "Integer";
  if (typeof value !== "number" || (type === "Integer" && !Number.isInteger(value))) {
    failType(fields, name, type);
    return undefined;
  }
  if (value < range.minimum) {
    fields.fail(name, wording.minimum(shownBound(range.minimum, type)));
    return undefined;
  }
  if (range.maximum !== undefined && value > range.maximum) {
    fields.fail(name, wording.maximum(shownBound(range.maximum, type)));
    return undefined;
  }
  return value;
}

/** Measured on AWS: the bound of a number that may have a fraction is shown with one. */
function shownBound(bound: number, type: "Integer" | "Number"): string {
  return type === "Number" && Number.isInteger(bound) ? `${bound}.0` : String(bound);
}

/** The objects of a field that is a list of objects, each with its location; `isOptional` if it may be empty. */
export function objectsField(
  fields: Fields,
  name: string,
  isOptional = false,
): readonly { readonly object: JsonObject; readonly location: string }[] {
  const value = fields.value(name);
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    failType(fields, name, "Array");
    return [];
  }
  if (value.length === 0 && !isOptional) fields.fail(name, wording.empty);
  return (value as readonly JsonValue[]).flatMap((object, index) => {
    if (isJsonObject(object)) return [{ object, location: fields.at(name, index) }];
    fields.context.diagnostics.error(wording.type("Object"), fields.at(name, index));
    return [];
  });
}

/** Reports a value of the wrong type. */
export function failType(fields: Fields, name: string, type: ExpectedType): void {
  const value = fields.value(name);
  if (hasPlaceholder(fields.context, value)) fields.context.assume();
  else fields.fail(name, wording.type(type));
}
