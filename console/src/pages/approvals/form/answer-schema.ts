/** A field of the form that a JSON Schema asks for. */
export type AnswerField = {
  readonly name: string;
  readonly title: string;
  readonly description?: string;
  readonly isRequired: boolean;
  readonly initial: unknown;
} & FieldKind;

export type FieldKind =
  | ({ readonly kind: "text" } & TextRules)
  | ({ readonly kind: "number"; readonly isInteger: boolean } & NumberRules)
  | { readonly kind: "boolean" }
  | { readonly kind: "choice"; readonly options: readonly ChoiceOption[] }
  | {
      readonly kind: "lines";
      readonly minItems?: number;
      readonly maxItems?: number;
      readonly isUnique: boolean;
    }
  | { readonly kind: "object"; readonly fields: readonly AnswerField[] }
  /** What has no form of its own. */
  | { readonly kind: "json" };

export interface TextRules {
  readonly format: "plain" | "multiline" | "date" | "date-time" | "email" | "uri";
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
}

export interface NumberRules {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly above?: number;
  readonly below?: number;
  readonly multipleOf?: number;
}

export interface ChoiceOption {
  readonly value: unknown;
  readonly label: string;
}

type Schema = Readonly<Record<string, unknown>>;

/** From so many characters on a text gets several lines. */
const multilineFrom = 120;
/** Objects within an object within the answer have no fields of their own. */
const deepest = 1;

/** The fields of a schema of an object; `undefined`: it is the schema of something else. */
export function answerFields(schema: unknown, depth = 0): readonly AnswerField[] | undefined {
  const { type, properties, required } = schemaOf(schema);
  if (!isSchema(properties) || !(type === undefined || typesOf(type).includes("object"))) {
    return undefined;
  }
  const needed = new Set(Array.isArray(required) ? required.map(String) : []);
  return Object.entries(properties).map(([name, given]) => {
    const property = schemaOf(given);
    const description = textOf(property["description"]);
    return {
      name,
      title: textOf(property["title"]) ?? name,
      ...(description !== undefined && { description }),
      isRequired: needed.has(name),
      initial: property["default"] ?? property["const"],
      ...kindOf(property, depth),
    };
  });
}

function kindOf(property: Schema, depth: number): FieldKind {
  const options = optionsOf(property);
  if (options !== undefined) return { kind: "choice", options };
  const types = typesOf(property["type"]).filter((type) => type !== "null");
  if (types.length > 1) return { kind: "json" };
  switch (types[0]) {
    case "string":
      return { kind: "text", ...textRules(property) };
    case "number":
    case "integer":
      return { kind: "number", isInteger: types[0] === "integer", ...numberRules(property) };
    case "boolean":
      return { kind: "boolean" };
    case "array": {
      const items = schemaOf(property["items"]);
      if (items["type"] !== "string" || optionsOf(items) !== undefined) return { kind: "json" };
      return {
        kind: "lines",
        ...numbers(property, { minItems: "minItems", maxItems: "maxItems" }),
        isUnique: property["uniqueItems"] === true,
      };
    }
    case "object": {
      const fields = depth < deepest ? answerFields(property, depth + 1) : undefined;
      return fields === undefined ? { kind: "json" } : { kind: "object", fields };
    }
    default:
      return { kind: "json" };
  }
}

function optionsOf({ enum: values, oneOf, const: only }: Schema): ChoiceOption[] | undefined {
  if (Array.isArray(values))
    return values.map((value: unknown) => ({ value, label: plain(value) }));
  if (only !== undefined) return [{ value: only, label: plain(only) }];
  if (!Array.isArray(oneOf)) return undefined;
  const branches = oneOf.map(schemaOf);
  if (!branches.every((branch) => Object.hasOwn(branch, "const"))) return undefined;
  return branches.map((branch) => ({
    value: branch["const"],
    label: textOf(branch["title"]) ?? plain(branch["const"]),
  }));
}

function textRules(property: Schema): TextRules {
  const format = textOf(property["format"]);
  const rules = numbers(property, { minLength: "minLength", maxLength: "maxLength" });
  const pattern = textOf(property["pattern"]);
  const isLong = (rules.maxLength ?? 0) >= multilineFrom;
  return {
    ...rules,
    ...(pattern !== undefined && { pattern }),
    format:
      format === "date" || format === "date-time" || format === "email" || format === "uri"
        ? format
        : format === "textarea" || format === "multiline" || isLong
          ? "multiline"
          : "plain",
  };
}

function numberRules(property: Schema): NumberRules {
  return numbers(property, {
    minimum: "minimum",
    maximum: "maximum",
    above: "exclusiveMinimum",
    below: "exclusiveMaximum",
    multipleOf: "multipleOf",
  });
}

function numbers<N extends string>(
  property: Schema,
  names: Readonly<Record<N, string>>,
): { readonly [K in N]?: number } {
  const found: { [K in N]?: number } = {};
  for (const [ours, theirs] of Object.entries(names) as [N, string][]) {
    const value = property[theirs];
    if (typeof value === "number") found[ours] = value;
  }
  return found;
}

function typesOf(type: unknown): readonly string[] {
  return Array.isArray(type) ? type.map(String) : typeof type === "string" ? [type] : [];
}

function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function schemaOf(value: unknown): Schema {
  return isSchema(value) ? value : {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function plain(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
