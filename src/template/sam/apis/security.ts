import { shownText } from "../../functions/scalar-text.ts";
import {
  isJsonObject,
  ownMember,
  type JsonObject,
  type JsonValue,
} from "../../../expression/json.ts";
import { defined, objectMember } from "../expansion.ts";
import type { ApiRoute } from "./api-route.ts";

/** Who may call a method, as OpenAPI says it; nothing where everybody may. */
export function securityOf(route: ApiRoute, auth: JsonObject): JsonObject {
  const name = ownMember(route.auth, "Authorizer") ?? ownMember(auth, "DefaultAuthorizer");
  const needsKey =
    (ownMember(route.auth, "ApiKeyRequired") ?? ownMember(auth, "ApiKeyRequired")) === true;
  const security: JsonObject[] = [];
  if (typeof name === "string") {
    const scopes = ownMember(route.auth, "AuthorizationScopes") ?? scopesOf(auth, name);
    security.push({ [name]: name === "NONE" ? [] : scopes });
  }
  if (needsKey) security.push({ api_key: [] });
  return security.length > 0 ? { security } : {};
}

function scopesOf(auth: JsonObject, name: string): JsonValue {
  const authorizer = objectMember(objectMember(auth, "Authorizers") ?? {}, name) ?? {};
  return ownMember(authorizer, "AuthorizationScopes") ?? [];
}

/** The authorizers of a REST API as OpenAPI 2 has them. */
export function restSecurity(routes: readonly ApiRoute[], auth: JsonObject): JsonObject {
  const authorizers = objectMember(auth, "Authorizers") ?? {};
  const needsKey = routes.some((route) =>
    JSON.stringify(securityOf(route, auth)).includes("api_key"),
  );
  const usesIam = routes.some((route) =>
    JSON.stringify(securityOf(route, auth)).includes('"AWS_IAM"'),
  );
  return {
    ...Object.fromEntries(
      Object.entries(authorizers)
        .filter((entry): entry is [string, JsonObject] => isJsonObject(entry[1]))
        .map(([name, authorizer]) => [name, restAuthorizer(authorizer)]),
    ),
    ...(needsKey && { api_key: { type: "apiKey", name: "x-api-key", in: "header" } }),
    ...(usesIam && {
      AWS_IAM: {
        type: "apiKey",
        name: "Authorization",
        in: "header",
        "x-amazon-apigateway-authtype": "awsSigv4",
      },
    }),
  };
}

function restAuthorizer(authorizer: JsonObject): JsonObject {
  const identity = objectMember(authorizer, "Identity") ?? {};
  const pool = ownMember(authorizer, "UserPoolArn");
  const seconds = ownMember(identity, "ReauthorizeEvery");
  return {
    type: "apiKey",
    name: ownMember(identity, "Header") ?? "Authorization",
    in: "header",
    "x-amazon-apigateway-authtype": pool === undefined ? "custom" : "cognito_user_pools",
    "x-amazon-apigateway-authorizer": defined(
      pool === undefined
        ? {
            type: shownText(ownMember(authorizer, "FunctionPayloadType") ?? "TOKEN").toLowerCase(),
            authorizerUri: functionUri(ownMember(authorizer, "FunctionArn") ?? ""),
            authorizerCredentials: ownMember(authorizer, "FunctionInvokeRole"),
            authorizerResultTtlInSeconds: seconds,
          }
        : { type: "cognito_user_pools", providerARNs: Array.isArray(pool) ? pool : [pool] },
    ),
  };
}

/** The authorizers of an HTTP API as OpenAPI 3 has them. */
export function httpSecurity(auth: JsonObject): JsonObject {
  const authorizers = objectMember(auth, "Authorizers") ?? {};
  return Object.fromEntries(
    Object.entries(authorizers)
      .filter((entry): entry is [string, JsonObject] => isJsonObject(entry[1]))
      .map(([name, authorizer]) => [name, httpAuthorizer(authorizer)]),
  );
}

function httpAuthorizer(authorizer: JsonObject): JsonObject {
  const jwt = objectMember(authorizer, "JwtConfiguration");
  if (jwt !== undefined) {
    return {
      type: "oauth2",
      "x-amazon-apigateway-authorizer": defined({
        type: "jwt",
        jwtConfiguration: jwt,
        identitySource: ownMember(authorizer, "IdentitySource"),
      }),
    };
  }
  return {
    type: "apiKey",
    name: "Unused",
    in: "header",
    "x-amazon-apigateway-authorizer": defined({
      type: "request",
      authorizerUri: functionUri(ownMember(authorizer, "FunctionArn") ?? ""),
      authorizerPayloadFormatVersion: ownMember(authorizer, "AuthorizerPayloadFormatVersion"),
      enableSimpleResponses: ownMember(authorizer, "EnableSimpleResponses"),
    }),
  };
}

function functionUri(arn: JsonValue): JsonObject {
  return {
    "Fn::Sub": [
      "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${__FunctionArn__}/invocations",
      { __FunctionArn__: arn },
    ],
  };
}
