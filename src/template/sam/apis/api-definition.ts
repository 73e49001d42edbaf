import {
  isJsonObject,
  ownMember,
  type JsonObject,
  type JsonValue,
} from "../../../expression/json.ts";
import { invalidEvent, objectMember, type SamExpansion } from "../expansion.ts";
import type { ApiRoute } from "./api-route.ts";
import { securityOf } from "./security.ts";

/** The paths of an OpenAPI definition that routes make. Each method may be asked for once. */
export function pathsOf(
  routes: readonly ApiRoute[],
  auth: JsonObject,
  expansion: SamExpansion,
): Record<string, Record<string, JsonValue>> {
  const paths: Record<string, Record<string, JsonValue>> = {};
  for (const route of routes) {
    const path = (paths[route.path] ??= {});
    if (Object.hasOwn(path, route.method)) {
      throw invalidEvent(
        expansion,
        route.event.resource.logicalId,
        route.event.name,
        `API method "${route.method}" defined multiple times for path "${route.path}".`,
      );
    }
    path[route.method] = conditional(route, { ...route.operation, ...securityOf(route, auth) });
  }
  return paths;
}

/** A method whose resource may not be made is not there either. */
function conditional(route: ApiRoute, operation: JsonObject): JsonValue {
  const condition = ownMember(route.event.resource.attributes, "Condition");
  if (typeof condition !== "string") return operation;
  return { "Fn::If": [condition, operation, { Ref: "AWS::NoValue" }] };
}

/** What a browser asks before it calls from another site. Observed: SAM's mock of OPTIONS. */
export function corsMethod(cors: JsonValue, methods: readonly string[]): JsonObject {
  const settings = isJsonObject(cors) && !isReference(cors) ? cors : { AllowOrigin: cors };
  const all = methods.includes("x-amazon-apigateway-any-method")
    ? ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]
    : [...new Set([...methods.map((method) => method.toUpperCase()), "OPTIONS"])].toSorted();
  const values: readonly (readonly [string, JsonValue | undefined])[] = [
    ["Access-Control-Allow-Origin", ownMember(settings, "AllowOrigin")],
    ["Access-Control-Allow-Headers", ownMember(settings, "AllowHeaders")],
    ["Access-Control-Allow-Methods", ownMember(settings, "AllowMethods") ?? `'${all.join(",")}'`],
    ["Access-Control-Max-Age", ownMember(settings, "MaxAge")],
    [
      "Access-Control-Allow-Credentials",
      ownMember(settings, "AllowCredentials") === true ? "'true'" : undefined,
    ],
  ];
  const given = values.filter((pair): pair is [string, JsonValue] => pair[1] !== undefined);
  return {
    summary: "CORS support",
    consumes: ["application/json"],
    produces: ["application/json"],
    responses: {
      "200": {
        description: "Default response for CORS method",
        headers: Object.fromEntries(given.map(([name]) => [name, { type: "string" }])),
      },
    },
    "x-amazon-apigateway-integration": {
      type: "mock",
      requestTemplates: { "application/json": '{\n  "statusCode" : 200\n}\n' },
      responses: {
        default: {
          statusCode: "200",
          responseParameters: Object.fromEntries(
            given.map(([name, value]) => [`method.response.header.${name}`, value]),
          ),
          responseTemplates: { "application/json": "{}\n" },
        },
      },
    },
  };
}

function isReference(value: JsonObject): boolean {
  return Object.keys(value).some((name) => name === "Ref" || name.startsWith("Fn::"));
}

/** The title and version that SAM gives a definition of its own. */
export const info: JsonObject = { version: "1.0", title: { Ref: "AWS::StackName" } };

/** An API's `Auth`. */
export function authOf(properties: JsonObject): JsonObject {
  return objectMember(properties, "Auth") ?? {};
}
