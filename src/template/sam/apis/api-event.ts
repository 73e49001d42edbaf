import { isJsonObject, ownMember, type JsonObject } from "../../../expression/json.ts";
import { objectMember } from "../expansion.ts";
import { required, type SamEvent } from "../events/event.ts";
import { invalidEvent } from "../expansion.ts";
import { anyMethod, implicitApis, type ApiRoute } from "./api-route.ts";

/** Adds the method of an `Api` event to its API. `undefined` if that is not an API of this template that SAM makes. */
export function addedRoute(
  event: SamEvent,
  integration: JsonObject,
  responses: JsonObject,
): ApiRoute | undefined {
  const path = textOf(event, "Path");
  const method = textOf(event, "Method").toLowerCase();
  return add(
    event,
    {
      kind: "rest",
      path,
      method: method === "any" ? anyMethod : method,
      operation: {
        responses,
        ...pathParameters(path),
        "x-amazon-apigateway-integration": integration,
      },
    },
    "RestApiId",
  );
}

/** Adds the route of an `HttpApi` event, which may be the API's default. */
export function addedHttpRoute(event: SamEvent, integration: JsonObject): ApiRoute | undefined {
  const written = ownMember(event.properties, "Path");
  const isDefault = written === undefined || written === "$default";
  const path = isDefault ? "$default" : textOf(event, "Path");
  const method =
    isDefault && ownMember(event.properties, "Method") === undefined
      ? "any"
      : textOf(event, "Method").toLowerCase();
  return add(
    event,
    {
      kind: "http",
      path,
      method: method === "any" ? anyMethod : method,
      operation: {
        responses: {},
        ...(isDefault && { isDefaultRoute: true }),
        "x-amazon-apigateway-integration": integration,
      },
    },
    "ApiId",
  );
}

function add(
  event: SamEvent,
  route: Pick<ApiRoute, "kind" | "path" | "method" | "operation">,
  property: string,
): ApiRoute | undefined {
  const apiId = apiOf(event, property, implicitApis[route.kind]);
  if (apiId === undefined) return undefined;
  const whole = { ...route, apiId, auth: objectMember(event.properties, "Auth") ?? {}, event };
  event.expansion.addRoute(whole);
  return whole;
}

/** The API that an event names by `Ref`; one that is named by its id alone is elsewhere. */
function apiOf(event: SamEvent, property: string, implicit: string): string | undefined {
  const written = ownMember(event.properties, property);
  if (written === undefined) return implicit;
  const name = isJsonObject(written) ? ownMember(written, "Ref") : undefined;
  return typeof name === "string" && event.expansion.resource(name) !== undefined
    ? name
    : undefined;
}

function textOf(event: SamEvent, name: string): string {
  const text = event.expansion.literal(required(event, name));
  if (text !== undefined) return text;
  throw invalidEvent(
    event.expansion,
    event.resource.logicalId,
    event.name,
    `Api Event must have a String specified for '${name}'.`,
  );
}

function pathParameters(path: string): JsonObject {
  const names = [...path.matchAll(/\{([^{}+]+)\+?\}/g)].map(([, name]) => name as string);
  if (names.length === 0) return {};
  return {
    parameters: names.map((name) => ({ name, in: "path", required: true, type: "string" })),
  };
}
