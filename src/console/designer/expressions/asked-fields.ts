import { parseJson } from "../../../expression/parse-json.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../expression/json.ts";
import { errors } from "../../../service/errors/errors.ts";
import type { AskedField, ExpressionKind } from "../../view-types.ts";

/** A field that is to be evaluated, read. */
export interface ReadField extends Pick<AskedField, "expected"> {
  readonly id: string;
  readonly kind: ExpressionKind;
  readonly field: string;
  readonly value: JsonValue;
  readonly of: NonNullable<AskedField["of"]>;
}

/** Documents that are absent are undefined. */
export interface ReadData {
  readonly input: JsonValue;
  readonly context: JsonObject | undefined;
  /** The context object's `Map.Item`. */
  readonly item: JsonObject | undefined;
  readonly variables: JsonObject;
  readonly result: JsonValue | undefined;
  readonly errorOutput: JsonValue | undefined;
}

/** Our choices: fields of one request, of a state with very many, and characters of one name. */
const mostFields = 200;
const longestName = 1_000;

const kinds = {
  jsonpath: true,
  referencePath: true,
  resultPath: true,
  payloadTemplate: true,
  intrinsic: true,
  jsonata: true,
  choiceRule: true,
  timestamp: true,
} as const satisfies { readonly [K in ExpressionKind]: true };

const documents = ["input", "result", "errorOutput"] as const;
const types = ["array", "boolean", "number", "string"] as const;

/** Reads what was asked. Throws the API's error for what is no request. */
export function readEvaluation(given: unknown): {
  readonly fields: readonly ReadField[];
  readonly data: ReadData;
} {
  const { fields, data = {} }: Unread = isJsonObject(given) ? given : {};
  if (!Array.isArray(fields) || fields.length > mostFields) {
    throw errors.validation(`'fields' is a list of at most ${mostFields} fields`);
  }
  return { fields: fields.map(readField), data: readData(data) };
}

type Unread = Readonly<Record<string, unknown>>;

function readField(given: unknown): ReadField {
  const asked: Unread = isJsonObject(given) ? given : {};
  const { id, kind, field = id, text, value = text, of = "input", expected } = asked;
  if (!isName(id)) throw errors.validation("Each of the 'fields' has an 'id', a text");
  if (!isName(field)) throw errors.validation(`The 'field' of '${id}' is a text`);
  if (typeof kind !== "string" || !Object.hasOwn(kinds, kind)) {
    throw errors.validation(`The 'kind' of '${id}' is one of ${Object.keys(kinds).join(", ")}`);
  }
  if (value === undefined || (text !== undefined && typeof text !== "string")) {
    throw errors.validation(`'${id}' has a 'text' or a 'value'`);
  }
  const document = documents.find((each) => each === of);
  const type = types.find((each) => each === expected);
  if (document === undefined) throw errors.validation(`'${id}' is of ${documents.join(", ")}`);
  if (expected !== undefined && type === undefined) {
    throw errors.validation(`What is 'expected' of '${id}' is one of ${types.join(", ")}`);
  }
  return {
    id,
    kind: kind as ExpressionKind,
    field,
    value: value as JsonValue,
    of: document,
    ...(type && { expected: type }),
  };
}

function isName(value: unknown): value is string {
  return typeof value === "string" && value.length <= longestName;
}

function readData(given: unknown): ReadData {
  if (!isJsonObject(given)) throw errors.validation("'data' is an object");
  const document = (name: string): JsonValue | undefined => {
    const text: unknown = Object.hasOwn(given, name) ? given[name] : undefined;
    return text === undefined ? undefined : readJson(name, text);
  };
  const object = (name: string): JsonObject | undefined => {
    const value = document(name);
    if (value === undefined || isJsonObject(value)) return value;
    throw errors.validation(`'${name}' is the JSON text of an object`);
  };
  return {
    input: document("input") ?? {},
    context: object("context"),
    item: object("item"),
    variables: object("variables") ?? {},
    result: document("result"),
    errorOutput: document("errorOutput"),
  };
}

function readJson(name: string, text: unknown): JsonValue {
  if (typeof text !== "string") throw errors.validation(`'${name}' is a JSON text`);
  try {
    return parseJson(text);
  } catch (thrown) {
    throw errors.validation(`'${name}' is no JSON: ${(thrown as Error).message}`);
  }
}
