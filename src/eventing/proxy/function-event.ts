import { isJsonObject, type JsonObject, type JsonValue, ownMember } from "../../expression/json.ts";
import { hasMembers, joinedEach, lastOfEach, type ProxiedRequest } from "./proxied-request.ts";

/** *Documented*: the event of a Lambda proxy integration, format 1.0: what REST APIs send, and HTTP APIs that are told to. */
export function functionEvent1(request: ProxiedRequest): JsonObject {
  const { method, path, routeKey, query, headers, pathParameters, stageVariables } = request;
  const orNull = <T extends JsonObject>(values: T): T | null =>
    hasMembers(values) ? values : null;
  return {
    resource: routeKey,
    path,
    httpMethod: method,
    headers: orNull(lastOfEach(headers)),
    multiValueHeaders: orNull(headers),
    queryStringParameters: orNull(lastOfEach(query)),
    multiValueQueryStringParameters: orNull(query),
    pathParameters: orNull(pathParameters),
    stageVariables: orNull(stageVariables),
    requestContext: request.context,
    body: request.body ?? null,
    isBase64Encoded: request.isBase64Encoded,
  };
}

/** *Documented*: the same of an HTTP API in format 1.0: it names its version first. */
export function httpFunctionEvent1(request: ProxiedRequest): JsonObject {
  return { version: "1.0", ...functionEvent1(request), resource: resourceOf(request.routeKey) };
}

function resourceOf(routeKey: string): string {
  return routeKey.replace(/^\S+ (?=\/)/, "");
}

/** *Documented*: format 2.0 of HTTP APIs. */
export function functionEvent2(request: ProxiedRequest): JsonObject {
  const { headers, query, pathParameters, stageVariables, routeKey } = request;
  const { cookie = [], ...others } = headers;
  const cookies = cookie.flatMap((each) => each.split(/;\s*/)).filter((each) => each !== "");
  return {
    version: "2.0",
    routeKey,
    rawPath: textOf(request.context, "path"),
    rawQueryString: request.rawQuery,
    ...(cookies.length > 0 && { cookies }),
    headers: joinedEach(others),
    ...(hasMembers(query) && { queryStringParameters: joinedEach(query) }),
    requestContext: context2(request),
    ...(hasMembers(pathParameters) && { pathParameters }),
    ...(hasMembers(stageVariables) && { stageVariables }),
    ...(request.body !== undefined && { body: request.body }),
    isBase64Encoded: request.isBase64Encoded,
  };
}

/** `requestContext` of format 2.0: that of mappings in other words. */
function context2({ context, routeKey, method, authorizer }: ProxiedRequest): JsonObject {
  const identity = ownMember(context, "identity");
  const { sourceIp = "", userAgent = "" } = isJsonObject(identity) ? identity : {};
  return {
    accountId: textOf(context, "accountId"),
    apiId: textOf(context, "apiId"),
    ...(authorizer && { authorizer }),
    domainName: textOf(context, "domainName"),
    domainPrefix: textOf(context, "domainPrefix"),
    http: {
      method,
      path: textOf(context, "path"),
      protocol: textOf(context, "protocol"),
      sourceIp,
      userAgent,
    },
    requestId: textOf(context, "requestId"),
    routeKey,
    stage: textOf(context, "stage"),
    time: textOf(context, "requestTime"),
    timeEpoch: Number(textOf(context, "requestTimeEpoch")),
  };
}

function textOf(context: JsonObject, name: string): string {
  const value: JsonValue = ownMember(context, name) ?? "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
