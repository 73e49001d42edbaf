import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  ownMember,
} from "../../expression/json.ts";
import { InvalidMapping } from "../request-mapping/mapped-value.ts";

/** An OpenAPI document, 2 or 3, as far as both kinds of APIs read it. */
export interface OpenApiDocument {
  readonly version: 2 | 3;
  readonly root: JsonObject;
  readonly title: string | undefined;
  readonly description: string | undefined;
  /** Each method of each path, in the document's order. */
  readonly operations: readonly OpenApiOperation[];
  /** By their names: `securityDefinitions`, or `components.securitySchemes`. */
  readonly securitySchemes: JsonObject;
  /** By their names: `definitions`, or `components.schemas`. */
  readonly schemas: JsonObject;
}

export interface OpenApiOperation {
  readonly path: string;
  /** `GET`, or `ANY`. */
  readonly method: string;
  readonly members: JsonObject;
  /** Those of the path as well. */
  readonly parameters: readonly JsonObject[];
  /** Its own, or the document's; absent: neither says any. */
  readonly security: readonly JsonObject[];
  readonly integration: JsonObject | undefined;
}

const methods: ReadonlyMap<string, string> = new Map([
  ...["get", "put", "post", "delete", "options", "head", "patch"].map(
    (method) => [method, method.toUpperCase()] as const,
  ),
  ["x-amazon-apigateway-any-method", "ANY"],
]);

/** Reads a document. Throws an {@link InvalidMapping} for what is none. */
export function readOpenApi(value: JsonValue): OpenApiDocument {
  const root = isJsonObject(value) ? value : {};
  const version = versionOf(root);
  const components = objectIn(root, "components");
  const paths = Object.entries(objectIn(root, "paths"));
  const info = objectIn(root, "info");
  return {
    version,
    root,
    title: textIn(info, "title"),
    description: textIn(info, "description"),
    operations: paths.flatMap(([path, item]) =>
      isJsonObject(item) ? operationsOf(path, item, root) : [],
    ),
    securitySchemes:
      version === 2
        ? objectIn(root, "securityDefinitions")
        : objectIn(components, "securitySchemes"),
    schemas: version === 2 ? objectIn(root, "definitions") : objectIn(components, "schemas"),
  };
}

function versionOf(root: JsonObject): 2 | 3 {
  const swagger = textIn(root, "swagger");
  const openapi = textIn(root, "openapi");
  if (swagger !== undefined && /^2(?:\.0)?$/.test(swagger)) return 2;
  if (openapi?.startsWith("3.") === true) return 3;
  throw new InvalidMapping("Invalid OpenAPI input: it is neither swagger 2.0 nor openapi 3");
}

function operationsOf(
  path: string,
  item: JsonObject,
  root: JsonObject,
): readonly OpenApiOperation[] {
  const shared = objectsIn(item, "parameters");
  return Object.entries(item).flatMap(([name, operation]) => {
    const method = methods.get(name.toLowerCase());
    if (method === undefined || !isJsonObject(operation)) return [];
    const parameters = [...shared, ...objectsIn(operation, "parameters")];
    return [
      {
        path: path.startsWith("/") || path === "$default" ? path : `/${path}`,
        method,
        members: operation,
        parameters: parameters.map((each) => referred(each, root)),
        security: objectsIn(Object.hasOwn(operation, "security") ? operation : root, "security"),
        integration: integrationOf(operation, root),
      },
    ];
  });
}

/** *Documented*: an integration may be one of `components.x-amazon-apigateway-integrations`. */
function integrationOf(operation: JsonObject, root: JsonObject): JsonObject | undefined {
  const written = ownMember(operation, "x-amazon-apigateway-integration");
  return isJsonObject(written) ? referred(written, root) : undefined;
}

/** What `{ "$ref": "#/parameters/id" }` names; anything else is itself. */
export function referred(value: JsonObject, root: JsonObject): JsonObject {
  const reference = textIn(value, "$ref");
  if (reference?.startsWith("#/") !== true) return value;
  let found: JsonValue | undefined = root;
  for (const step of reference.slice(2).split("/")) {
    const name = step.replaceAll("~1", "/").replaceAll("~0", "~");
    found = isJsonObject(found) ? ownMember(found, name) : undefined;
  }
  if (!isJsonObject(found)) throw new InvalidMapping(`Invalid OpenAPI input: no ${reference}`);
  return found;
}

/** The name at the end of a reference to a schema; `undefined`: it is none. */
export function schemaName(schema: JsonValue | undefined): string | undefined {
  const reference = isJsonObject(schema) ? textIn(schema, "$ref") : undefined;
  return reference?.split("/").at(-1);
}

export function objectIn(object: JsonObject, name: string): JsonObject {
  const value = ownMember(object, name);
  return isJsonObject(value) ? value : {};
}

export function objectsIn(object: JsonObject, name: string): readonly JsonObject[] {
  const value = ownMember(object, name);
  return value !== undefined && isJsonArray(value) ? value.filter(isJsonObject) : [];
}

export function textIn(object: JsonObject, name: string): string | undefined {
  const value = ownMember(object, name);
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

export function textsIn(object: JsonObject, name: string): readonly string[] | undefined {
  const value = ownMember(object, name);
  if (value === undefined || !isJsonArray(value)) return undefined;
  return value.filter((each): each is string => typeof each === "string");
}

/** The members of a map that are texts, as templates and parameters are. */
export function textMapIn(
  object: JsonObject,
  name: string,
): { readonly [name: string]: string } | undefined {
  const value = ownMember(object, name);
  if (!isJsonObject(value)) return undefined;
  return Object.fromEntries(
    Object.keys(value).flatMap((key) => {
      const text = textIn(value, key);
      return text === undefined ? [] : [[key, text]];
    }),
  );
}
