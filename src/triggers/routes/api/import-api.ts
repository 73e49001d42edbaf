import { isJsonObject, type JsonObject } from "../../../expression/json.ts";
import {
  objectIn,
  type OpenApiDocument,
  type OpenApiOperation,
  readOpenApi,
  textIn,
  textMapIn,
  textsIn,
} from "../../../eventing/open-api/open-api-document.ts";
import { InvalidMapping } from "../../../eventing/request-mapping/mapped-value.ts";
import type { Access } from "../../../ports/authorizer.ts";
import { readValue } from "../../../template/reading/read-value.ts";
import { TemplateError } from "../../../template/template.ts";
import { passingRole } from "../../api/pass-role.ts";
import type {
  ApiRecord,
  CorsRecord,
  HttpAuthorizerRecord,
  IntegrationRecord,
  RouteRecord,
} from "../api-record.ts";
import { checkAuthorizer } from "./authorizer-operations.ts";
import { type GatewayContext, newId } from "./gateway-context.ts";
import { integrationOf } from "./integration-operations.ts";

/**
 * The HTTP API that an OpenAPI document describes, in the place of what it was: its stages stay. *Documented*: HTTP APIs, OpenAPI. Throws an
 * `InvalidMapping`.
 */
export function importedApi(
  body: string,
  before: Omit<ApiRecord, "routes" | "integrations">,
  context: Pick<GatewayContext, "ids">,
): ApiRecord {
  const document = documentOf(body);
  const authorizers = importedAuthorizers(document, context);
  const idOf = new Map(Object.entries(authorizers).map(([id, { name }]) => [name, id]));
  const routes: Record<string, RouteRecord> = {};
  const integrations: Record<string, IntegrationRecord> = {};
  for (const operation of document.operations) {
    const { integration } = operation;
    const integrationId = integration && newId(context, 7);
    if (integrationId !== undefined)
      integrations[integrationId] = importedIntegration(integration!);
    routes[newId(context, 7)] = {
      routeKey: routeKeyOf(operation),
      ...(integrationId !== undefined && { integrationId }),
      ...importedSecurity(operation, document, idOf),
    };
  }
  const cors = objectIn(document.root, "x-amazon-apigateway-cors");
  const { title = before.name, description = before.description } = document;
  return {
    ...before,
    name: title,
    ...(description !== undefined && { description }),
    ...(Object.keys(cors).length > 0 && { corsConfiguration: importedCors(cors) }),
    routes,
    integrations,
    authorizers,
  };
}

function documentOf(body: string): OpenApiDocument {
  try {
    return readOpenApi(readValue(body).value);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    throw new InvalidMapping(`Invalid OpenAPI input: ${error.message}`);
  }
}

/** What is asked of whoever imports a document, for each role in it. A document that is none has none, and is refused later. */
export function passedRoles(body: string): readonly Access[] {
  try {
    const roles = documentOf(body).operations.map(
      ({ integration }) => integration?.["credentials"],
    );
    return [...new Set(roles)].flatMap((role) =>
      typeof role === "string" ? passingRole(role, "apigateway.amazonaws.com") : [],
    );
  } catch {
    return [];
  }
}

function routeKeyOf({ path, method }: OpenApiOperation): string {
  return path === "$default" ? path : `${method} ${path}`;
}

function importedIntegration(written: JsonObject): IntegrationRecord {
  const milliseconds = Number(textIn(written, "timeoutInMillis") ?? Number.NaN);
  const requestParameters = textMapIn(written, "requestParameters");
  const responses = Object.entries(objectIn(written, "responseParameters"));
  const texts = {
    integrationSubtype: textIn(written, "integrationSubtype"),
    integrationUri: textIn(written, "uri"),
    integrationMethod: textIn(written, "httpMethod"),
    credentialsArn: textIn(written, "credentials"),
    payloadFormatVersion: textIn(written, "payloadFormatVersion"),
  };
  return integrationOf({
    integrationType: (textIn(written, "type") ?? "").toUpperCase(),
    ...(Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined)) as {
      readonly [name: string]: string;
    }),
    ...(Number.isInteger(milliseconds) && { timeoutInMillis: milliseconds }),
    ...(requestParameters && { requestParameters }),
    ...(responses.length > 0 && {
      responseParameters: Object.fromEntries(
        responses.map(([status, changes]) => [
          status,
          isJsonObject(changes) ? (textMapIn({ changes }, "changes") ?? {}) : {},
        ]),
      ),
    }),
  });
}

/** *Documented*: a scheme with `x-amazon-apigateway-authorizer`. */
function importedAuthorizers(
  { securitySchemes }: OpenApiDocument,
  context: Pick<GatewayContext, "ids">,
): { readonly [id: string]: HttpAuthorizerRecord } {
  return Object.fromEntries(
    Object.entries(securitySchemes).flatMap(([name, scheme]) => {
      const settings = isJsonObject(scheme)
        ? objectIn(scheme, "x-amazon-apigateway-authorizer")
        : {};
      if (Object.keys(settings).length === 0) return [];
      const record = importedAuthorizer(name, settings);
      checkAuthorizer(record);
      return [[newId(context, 6), record]];
    }),
  );
}

function importedAuthorizer(name: string, settings: JsonObject): HttpAuthorizerRecord {
  const isJwt = textIn(settings, "type")?.toLowerCase() === "jwt";
  const source =
    textsIn(settings, "identitySource") ?? textIn(settings, "identitySource")?.split(",");
  const jwt = objectIn(settings, "jwtConfiguration");
  const issuer = textIn(jwt, "issuer");
  const audience = textsIn(jwt, "audience");
  const uri = textIn(settings, "authorizerUri");
  const role = textIn(settings, "authorizerCredentials");
  const version = textIn(settings, "authorizerPayloadFormatVersion");
  const seconds = Number(textIn(settings, "authorizerResultTtlInSeconds") ?? Number.NaN);
  return {
    name,
    authorizerType: isJwt ? "JWT" : "REQUEST",
    // SAM's own, where nothing is said.
    identitySource: (source ?? ["$request.header.Authorization"]).map((each) => each.trim()),
    ...(isJwt && {
      jwtConfiguration: {
        ...(issuer !== undefined && { issuer }),
        ...(audience && { audience }),
      },
    }),
    ...(uri !== undefined && { authorizerUri: uri }),
    ...(role !== undefined && { authorizerCredentialsArn: role }),
    ...(version !== undefined && { authorizerPayloadFormatVersion: version }),
    enableSimpleResponses: settings["enableSimpleResponses"] === true,
    ...(Number.isInteger(seconds) && { authorizerResultTtlInSeconds: seconds }),
  };
}

function importedSecurity(
  { security }: OpenApiOperation,
  { securitySchemes }: OpenApiDocument,
  idOf: ReadonlyMap<string, string>,
): Pick<RouteRecord, "authorizationType" | "authorizerId" | "authorizationScopes"> {
  // SAM writes NONE for a route that is open where the others are not.
  const wanted = security
    .flatMap((each) => Object.entries(each))
    .filter(([name]) => name !== "NONE");
  for (const [name, scopes] of wanted) {
    const scheme = objectIn(securitySchemes, name);
    const authorizerId = idOf.get(name);
    if (textIn(scheme, "x-amazon-apigateway-authtype")?.toLowerCase() === "awssigv4") {
      return { authorizationType: "AWS_IAM" };
    }
    if (authorizerId === undefined) {
      throw new InvalidMapping(`Invalid OpenAPI input: no authorizer ${name}`);
    }
    const settings = objectIn(scheme, "x-amazon-apigateway-authorizer");
    const isJwt = textIn(settings, "type")?.toLowerCase() === "jwt";
    const listed = Array.isArray(scopes) ? scopes.map(String) : [];
    return {
      authorizationType: isJwt ? "JWT" : "CUSTOM",
      authorizerId,
      ...(listed.length > 0 && { authorizationScopes: listed }),
    };
  }
  return {};
}

function importedCors(written: JsonObject): CorsRecord {
  const lists = ["allowOrigins", "allowMethods", "allowHeaders", "exposeHeaders"] as const;
  const maxAge = Number(textIn(written, "maxAge") ?? Number.NaN);
  return {
    ...Object.fromEntries(
      lists.flatMap((name) => {
        const values = textsIn(written, name);
        return values === undefined ? [] : [[name, values]];
      }),
    ),
    ...(written["allowCredentials"] === true && { allowCredentials: true }),
    ...(Number.isInteger(maxAge) && { maxAge }),
  };
}
