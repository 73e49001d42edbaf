import { RE2JS } from "re2js";
import {
  isJsonArray,
  isJsonNumber,
  isJsonObject,
  jsonEquals,
  type JsonObject,
  ownMember,
  type JsonValue,
} from "../../expression/json.ts";

/** What is wrong with a schema, in our own words. */
export class InvalidSchema extends Error {
  override readonly name = "InvalidSchema";
}

/** Whether a body is as a model says. */
export type SchemaCheck = (value: JsonValue) => boolean;

/** Another model of the API by its name, as JSON; `undefined`: there is none. */
export type FindModel = (name: string) => JsonValue | undefined;

/** Our choice: schemas that refer to each other, and the bodies that they are for, end. */
const deepest = 100;

/**
 * Compiles a model's schema. *Documented*: models are JSON schemas, draft 4; `$ref` names a place in the schema or another model by its URL,
 * `https://apigateway.amazonaws.com/restapis/ID/models/NAME`. `format` asserts nothing, as the draft allows. Throws an {@link InvalidSchema}.
 */
export function compileSchema(schema: JsonValue, models: FindModel): SchemaCheck {
  const compiler = new Compiler(models);
  const check = compiler.compile(schema, schema, 0);
  return (value) => check(value, 0);
}

type Check = (value: JsonValue, depth: number) => boolean;

class Compiler {
  readonly #models: FindModel;
  /** Of schemas that are referred to, which may refer to themselves. */
  readonly #compiled = new Map<JsonValue, Check>();

  constructor(models: FindModel) {
    this.#models = models;
  }

  compile(schema: JsonValue, root: JsonValue, depth: number): Check {
    if (schema === true) return () => true;
    if (schema === false) return () => false;
    if (!isJsonObject(schema)) throw new InvalidSchema("A schema has to be an object");
    if (depth > deepest) throw new InvalidSchema("The schema is nested too deeply");
    const reference = ownMember(schema, "$ref");
    if (typeof reference === "string") return this.#referred(reference, root, depth);
    const checks = Object.entries(schema).flatMap(([keyword, value]) => {
      const compile = Object.hasOwn(keywords, keyword) ? keywords[keyword] : undefined;
      if (compile === undefined) return [];
      return [compile(value, schema, (inner) => this.compile(inner, root, depth + 1))];
    });
    return (value, at) => {
      if (at > deepest) return false;
      return checks.every((check) => check(value, at + 1));
    };
  }

  #referred(reference: string, root: JsonValue, depth: number): Check {
    const { schema, within } = this.#find(reference, root);
    const known = this.#compiled.get(schema);
    if (known !== undefined) return known;
    let made: Check = () => false;
    const check: Check = (value, at) => made(value, at);
    this.#compiled.set(schema, check);
    made = this.compile(schema, within, depth + 1);
    return check;
  }

  #find(
    reference: string,
    root: JsonValue,
  ): { readonly schema: JsonValue; readonly within: JsonValue } {
    const [document = "", pointer = ""] = reference.split("#", 2);
    const [, name] =
      /\/models\/([A-Za-z0-9]+)$/.exec(document) ??
      /^\/(?:definitions|components\/schemas)\/([^/]+)$/.exec(pointer) ??
      [];
    const here = document === "" ? pointed(root, pointer) : undefined;
    if (here !== undefined) return { schema: here, within: root };
    const model = name === undefined ? undefined : this.#models(name);
    if (model === undefined) throw new InvalidSchema(`${reference} is not there`);
    return { schema: document === "" ? model : (pointed(model, pointer) ?? model), within: model };
  }
}

/** *Documented*: RFC 6901, as a fragment. */
function pointed(root: JsonValue, pointer: string): JsonValue | undefined {
  let value: JsonValue | undefined = root;
  for (const step of pointer.split("/").slice(1)) {
    const name = step.replaceAll("~1", "/").replaceAll("~0", "~");
    if (isJsonArray(value ?? null)) value = (value as readonly JsonValue[])[Number(name)];
    else value = isJsonObject(value) ? ownMember(value, name) : undefined;
  }
  return value;
}

type Keyword = (
  value: JsonValue,
  schema: JsonObject,
  compile: (schema: JsonValue) => Check,
) => Check;

/** What has a meaning; other members say nothing. *Documented*: draft 4. */
const keywords: { readonly [keyword: string]: Keyword } = {
  type(given) {
    const types = isJsonArray(given) ? given : [given];
    return (value) => types.some((type) => isOfType(value, type));
  },
  enum(given) {
    const values = listOf("enum", given);
    return (value) => values.some((each) => jsonEquals(each, value));
  },
  required(given) {
    // Draft 3's `required: true` beside a property says nothing in draft 4.
    if (typeof given === "boolean") return () => true;
    const names = listOf("required", given).map((each) => textOf("required", each));
    return (value) => !isJsonObject(value) || names.every((name) => Object.hasOwn(value, name));
  },
  properties(given, _, compile) {
    const checks = compiledMembers(given, compile);
    return (value, at) =>
      !isJsonObject(value) ||
      checks.every(([name, check]) => !Object.hasOwn(value, name) || check(value[name]!, at));
  },
  patternProperties(given, _, compile) {
    const checks = compiledMembers(given, compile).map(
      ([pattern, check]) => [expression(pattern), check] as const,
    );
    return (value, at) =>
      !isJsonObject(value) ||
      Object.entries(value).every(([name, member]) =>
        checks.every(([pattern, check]) => !pattern.matcher(name).find() || check(member, at)),
      );
  },
  additionalProperties(given, schema, compile) {
    const check = compile(given);
    const known = Object.keys(objectOf(ownMember(schema, "properties")));
    const patterns = Object.keys(objectOf(ownMember(schema, "patternProperties"))).map(expression);
    return (value, at) =>
      !isJsonObject(value) ||
      Object.entries(value).every(
        ([name, member]) =>
          known.includes(name) ||
          patterns.some((pattern) => pattern.matcher(name).find()) ||
          check(member, at),
      );
  },
  minProperties: (given) => counted(isJsonObject, (value) => Object.keys(value).length, given, 1),
  maxProperties: (given) => counted(isJsonObject, (value) => Object.keys(value).length, given, -1),
  items(given, schema, compile) {
    if (!isJsonArray(given)) {
      const check = compile(given);
      return (value, at) => !isJsonArray(value) || value.every((item) => check(item, at));
    }
    const checks = given.map(compile);
    const rest = compile(ownMember(schema, "additionalItems") ?? true);
    return (value, at) =>
      !isJsonArray(value) || value.every((item, index) => (checks[index] ?? rest)(item, at));
  },
  minItems: (given) => counted(isJsonArray, (value) => value.length, given, 1),
  maxItems: (given) => counted(isJsonArray, (value) => value.length, given, -1),
  uniqueItems: (given) => (value) =>
    given !== true ||
    !isJsonArray(value) ||
    // Our choice: so many are compared with each other.
    (value.length <= 1_000 &&
      value.every((item, index) =>
        value.slice(0, index).every((other) => !jsonEquals(item, other)),
      )),
  minLength: (given) => counted(isText, (value) => Array.from(value).length, given, 1),
  maxLength: (given) => counted(isText, (value) => Array.from(value).length, given, -1),
  pattern(given) {
    const pattern = expression(textOf("pattern", given));
    return (value) => !isText(value) || pattern.matcher(value).find();
  },
  minimum(given, schema) {
    const isExclusive = ownMember(schema, "exclusiveMinimum") === true;
    const bound = numberOf("minimum", given);
    return (value) =>
      !isJsonNumber(value) || (isExclusive ? Number(value) > bound : Number(value) >= bound);
  },
  maximum(given, schema) {
    const isExclusive = ownMember(schema, "exclusiveMaximum") === true;
    const bound = numberOf("maximum", given);
    return (value) =>
      !isJsonNumber(value) || (isExclusive ? Number(value) < bound : Number(value) <= bound);
  },
  multipleOf(given) {
    const divisor = numberOf("multipleOf", given);
    return (value) => !isJsonNumber(value) || Number.isInteger(Number(value) / divisor);
  },
  allOf: (given, _, compile) => {
    const checks = listOf("allOf", given).map(compile);
    return (value, at) => checks.every((check) => check(value, at));
  },
  anyOf: (given, _, compile) => {
    const checks = listOf("anyOf", given).map(compile);
    return (value, at) => checks.some((check) => check(value, at));
  },
  oneOf: (given, _, compile) => {
    const checks = listOf("oneOf", given).map(compile);
    return (value, at) => checks.filter((check) => check(value, at)).length === 1;
  },
  not(given, _, compile) {
    const check = compile(given);
    return (value, at) => !check(value, at);
  },
  dependencies(given, _, compile) {
    const checks = Object.entries(objectOf(given)).map(
      ([name, needed]): readonly [string, Check] => [
        name,
        isJsonArray(needed)
          ? (value) => needed.every((each) => isText(each) && Object.hasOwn(value as object, each))
          : compile(needed),
      ],
    );
    return (value, at) =>
      !isJsonObject(value) ||
      checks.every(([name, check]) => !Object.hasOwn(value, name) || check(value, at));
  },
};

function isOfType(value: JsonValue, type: JsonValue): boolean {
  switch (type) {
    case "null":
      return value === null;
    case "boolean":
      return typeof value === "boolean";
    case "string":
      return isText(value);
    case "number":
      return isJsonNumber(value);
    case "integer":
      return isJsonNumber(value) && Number.isInteger(Number(value));
    case "array":
      return isJsonArray(value);
    case "object":
      return isJsonObject(value);
    default:
      return type === "any";
  }
}

function isText(value: JsonValue): value is string {
  return typeof value === "string";
}

/** Whether a size is at least (1) or at most (-1) what is given. */
function counted<T extends JsonValue>(
  isOne: (value: JsonValue) => value is T,
  sizeOf: (value: T) => number,
  given: JsonValue,
  direction: 1 | -1,
): Check {
  const bound = numberOf("a size", given);
  return (value) => !isOne(value) || (sizeOf(value) - bound) * direction >= 0;
}

function compiledMembers(
  given: JsonValue,
  compile: (schema: JsonValue) => Check,
): readonly (readonly [string, Check])[] {
  return Object.entries(objectOf(given)).map(([name, schema]) => [name, compile(schema)]);
}

function objectOf(value: JsonValue | undefined): JsonObject {
  if (value === undefined) return {};
  if (!isJsonObject(value)) throw new InvalidSchema("Expected an object");
  return value;
}

function listOf(keyword: string, value: JsonValue): readonly JsonValue[] {
  if (!isJsonArray(value)) throw new InvalidSchema(`${keyword} has to be an array`);
  return value;
}

function textOf(keyword: string, value: JsonValue): string {
  if (!isText(value)) throw new InvalidSchema(`${keyword} has to be a string`);
  return value;
}

function numberOf(keyword: string, value: JsonValue): number {
  if (!isJsonNumber(value)) throw new InvalidSchema(`${keyword} has to be a number`);
  return Number(value);
}

function expression(pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InvalidSchema(`Unsupported regular expression: ${reason}`);
  }
}
