import type { Path } from "../../../../designer/document/definition-document.ts";
import type { FieldChange } from "../../../../designer/edits/fields.ts";
import { arrayOf, objectOf } from "../../../../graph/json.ts";
import { answerFields, type AnswerField } from "../../../approvals/form/answer-schema.ts";

/** The kinds of fields that can be asked for without knowing JSON Schema. */
export const formKinds = ["text", "longText", "number", "yesNo", "choice", "date"] as const;
export type FormKind = (typeof formKinds)[number];

/** A field of the form that a question asks for. */
export interface FormField {
  readonly name: string;
  readonly title: string;
  /** `other`: its schema says more than a form can. */
  readonly kind: FormKind | "other";
  readonly isRequired: boolean;
  /** Of a choice. */
  readonly options: readonly string[];
}

/** The fields that a schema asks for; `undefined`: it is not the schema of an object with members. */
export function formFields(schema: unknown): readonly FormField[] | undefined {
  if (schema === undefined) return [];
  return answerFields(schema)?.map((field) => ({
    name: field.name,
    title: field.title,
    kind: kindOf(field),
    isRequired: field.isRequired,
    options: field.kind === "choice" ? field.options.map(({ label }) => label) : [],
  }));
}

function kindOf(field: AnswerField): FormField["kind"] {
  switch (field.kind) {
    case "boolean":
      return "yesNo";
    case "number":
      return "number";
    case "choice":
      return field.options.every(({ value }) => typeof value === "string") ? "choice" : "other";
    case "text":
      if (field.format === "plain") return "text";
      if (field.format === "multiline") return "longText";
      return field.format === "date" ? "date" : "other";
    case "lines":
    case "object":
    case "json":
      return "other";
  }
}

/** What a field of a kind is as a JSON Schema. */
function propertyOf(kind: FormKind, title: string, options: readonly string[]): object {
  switch (kind) {
    case "text":
      return { type: "string", title };
    case "longText":
      return { type: "string", title, format: "multiline" };
    case "number":
      return { type: "number", title };
    case "yesNo":
      return { type: "boolean", title };
    case "choice":
      return { type: "string", title, enum: options };
    case "date":
      return { type: "string", title, format: "date" };
  }
}

/** A new field at the end of the form. Its name in the answer is made of its words. */
export function added(at: Path, schema: unknown, title: string): readonly FieldChange[] {
  const properties = objectOf(objectOf(schema)["properties"]);
  const name = nameOf(title, new Set(Object.keys(properties)));
  return [
    ...(objectOf(schema)["type"] === undefined ? [[[...at, "type"], "object"] as const] : []),
    [[...at, "properties", name], propertyOf("text", title, [])],
  ];
}

export function removed(at: Path, schema: unknown, name: string): readonly FieldChange[] {
  return [[[...at, "properties", name], undefined], ...required(at, schema, name, false)];
}

export function titled(at: Path, name: string, title: string): readonly FieldChange[] {
  return [[[...at, "properties", name, "title"], title]];
}

/** Of another kind, or with other options. */
export function ofKind(
  at: Path,
  { name, title }: FormField,
  kind: FormKind,
  options: readonly string[],
): readonly FieldChange[] {
  return [[[...at, "properties", name], propertyOf(kind, title, options)]];
}

export function required(
  at: Path,
  schema: unknown,
  name: string,
  isRequired: boolean,
): readonly FieldChange[] {
  const before = arrayOf(objectOf(schema)["required"]).map(String);
  if (before.includes(name) === isRequired) return [];
  const after = isRequired ? [...before, name] : before.filter((each) => each !== name);
  return [[[...at, "required"], after.length === 0 ? undefined : after]];
}

/** `Cost centre` becomes `costCentre`: a name that every expression can write as it is. */
export function nameOf(title: string, taken: ReadonlySet<string>): string {
  const words =
    title
      .normalize("NFKD")
      .replaceAll(/\p{M}/gu, "")
      .match(/[A-Za-z0-9]+/g) ?? [];
  const joined = words
    .map((word, index) => {
      const rest = word.slice(1).toLowerCase();
      return index === 0 ? word.toLowerCase() : `${word.charAt(0).toUpperCase()}${rest}`;
    })
    .join("")
    .slice(0, 40);
  const name = /^[a-z]/i.test(joined) ? joined : `field${joined}`;
  if (!taken.has(name)) return name;
  let count = 2;
  while (taken.has(`${name}${count}`)) count += 1;
  return `${name}${count}`;
}
