import {
  isJsonArray,
  isJsonObject,
  setMember,
  type JsonObject,
  type JsonValue,
} from "../../../expression/json.ts";

/** A field of the form that a JSON Schema asks for. */
export interface AnswerField {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly kind: "text" | "long" | "number" | "integer" | "yes" | "choice";
  readonly choices: readonly string[];
  readonly required: boolean;
  readonly value: string;
}

/** The fields of a schema of an object; none where it is of something else, or there is none. */
export function answerFields(schema: unknown): readonly AnswerField[] {
  if (!isJsonObject(schema as JsonValue)) return [];
  const { properties, required = [] } = schema as JsonObject;
  if (!isJsonObject(properties as JsonValue)) return [];
  const needed = isJsonArray(required) ? required : [];
  return Object.entries(properties as JsonObject).flatMap(([name, property]) => {
    if (!isJsonObject(property)) return [];
    const { type, title, description, enum: given, default: usual, maxLength } = property;
    const choices = isJsonArray(given) ? given.filter((each) => typeof each === "string") : [];
    const kind = kindOf(type, choices, maxLength);
    if (kind === undefined) return [];
    return [
      {
        name,
        label: typeof title === "string" ? title : name,
        ...(typeof description === "string" && { hint: description }),
        kind,
        choices,
        required: needed.includes(name),
        value: usual === undefined || usual === null ? "" : String(usual as string | number),
      },
    ];
  });
}

function kindOf(
  type: JsonValue | undefined,
  choices: readonly string[],
  maxLength: JsonValue | undefined,
): AnswerField["kind"] | undefined {
  if (choices.length > 0) return "choice";
  switch (type) {
    case "string":
      return typeof maxLength === "number" && maxLength > 200 ? "long" : "text";
    case "number":
    case "integer":
      return type;
    case "boolean":
      return "yes";
    default:
      return undefined;
  }
}

/** The answer that a form was filled in with, or the field that is wrong. */
export function answerOfForm(
  fields: readonly AnswerField[],
  given: URLSearchParams,
): { readonly output: JsonObject } | { readonly wrong: AnswerField } {
  const output: Record<string, JsonValue> = {};
  const set = (name: string, value: JsonValue) => setMember(output, name, value);
  for (const field of fields) {
    const text = given.get(`field.${field.name}`)?.trim() ?? "";
    if (field.kind === "yes") {
      set(field.name, text === "on");
      continue;
    }
    if (text === "") {
      if (field.required) return { wrong: field };
      continue;
    }
    if (field.kind === "choice" && !field.choices.includes(text)) return { wrong: field };
    if (field.kind === "number" || field.kind === "integer") {
      const number = Number(text);
      if (!Number.isFinite(number) || (field.kind === "integer" && !Number.isInteger(number))) {
        return { wrong: field };
      }
      set(field.name, number);
    } else set(field.name, text);
  }
  return { output };
}
