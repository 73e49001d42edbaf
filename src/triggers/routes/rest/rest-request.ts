import type { JsonObject } from "../../../expression/json.ts";
import type { MappedRequest } from "../../../eventing/request-mapping/mapped-request.ts";
import { requestTime } from "../../../eventing/request-mapping/request-time.ts";
import { isBinary } from "../../../eventing/rest-api/media-type.ts";
import type { ProxiedRequest } from "../../../eventing/proxy/proxied-request.ts";
import type { ArnScope } from "../../../machine/arns.ts";
import type { RouteHead } from "../route-exchange.ts";
import type { CompiledMethod, CompiledResource, CompiledRestApi } from "./compiled-rest-api.ts";
import type { RestApiRecord, RestStageRecord } from "./rest-records.ts";

/** A request of a stage, before anything is known of its method. */
export interface StageRequest {
  readonly head: RouteHead;
  readonly record: RestApiRecord;
  readonly stageName: string;
  readonly stage: RestStageRecord;
  readonly api: CompiledRestApi;
  /** Without the stage; decoded. */
  readonly path: readonly string[];
  readonly receivedAt: number;
  readonly scope: ArnScope;
}

/** A request, and the method that it is for. */
export interface MethodRequest extends StageRequest {
  readonly resource: CompiledResource;
  readonly method: CompiledMethod;
  readonly pathParameters: { readonly [name: string]: string };
}

/** A request that may be done: what its authorizer and its key say is in the context. */
export interface RestRequest extends MethodRequest {
  readonly body: Uint8Array;
  readonly context: JsonObject;
}

/** *Documented*: `$context` variables of REST APIs. */
export function contextOf(
  request: StageRequest & Partial<MethodRequest>,
  more: { readonly identity?: JsonObject; readonly authorizer?: JsonObject } = {},
): JsonObject {
  const { head, record, stageName, stage, path, resource, receivedAt, scope } = request;
  const [host = ""] = head.headers["host"] ?? [];
  const [userAgent = ""] = head.headers["user-agent"] ?? [];
  return {
    accountId: scope.accountId,
    apiId: record.id,
    ...(more.authorizer && { authorizer: more.authorizer }),
    deploymentId: stage.deploymentId,
    domainName: host.replace(/:\d*$/, ""),
    domainPrefix: host.split(/[.:]/, 1)[0] ?? "",
    extendedRequestId: head.requestId,
    httpMethod: head.method,
    identity: {
      accountId: null,
      accessKey: null,
      apiKey: null,
      apiKeyId: null,
      caller: null,
      user: null,
      userArn: null,
      sourceIp: head.sourceIp,
      userAgent,
      ...more.identity,
    },
    path: `/${[stageName, ...path].join("/")}`,
    protocol: "HTTP/1.1",
    requestId: head.requestId,
    requestTime: requestTime(receivedAt),
    requestTimeEpoch: receivedAt,
    ...(resource && { resourceId: resource.id, resourcePath: resource.path }),
    stage: stageName,
  };
}

/** The request as mappings and templates see it. *Observed* by others: a body that is none is `{}` to them. */
export function mappedRestRequest(
  request: StageRequest & Partial<MethodRequest>,
  context: JsonObject,
  body: Uint8Array = new Uint8Array(),
): MappedRequest {
  const { head, path, pathParameters = {}, stage } = request;
  return {
    headers: head.headers,
    query: queryOf(head),
    pathParameters,
    path: `/${path.join("/")}`,
    body: body.length === 0 ? "{}" : Buffer.from(body).toString(),
    context,
    stageVariables: stage.variables ?? {},
  };
}

export function queryOf({ query }: Pick<RouteHead, "query">): {
  readonly [name: string]: readonly string[];
} {
  return Object.fromEntries([...new Set(query.keys())].map((name) => [name, query.getAll(name)]));
}

/** The request as a function is told it. */
export function proxiedRequest(request: RestRequest): ProxiedRequest {
  const { head, api, path, resource, pathParameters, stage, body, context } = request;
  const { binaryMediaTypes = [] } = api.definition;
  const isBase64Encoded = isBinary(binaryMediaTypes, head.headers["content-type"]?.[0]);
  return {
    method: head.method,
    path: `/${path.join("/")}`,
    routeKey: resource.path,
    rawQuery: head.query.toString(),
    query: queryOf(head),
    headers: head.headers,
    pathParameters,
    stageVariables: stage.variables ?? {},
    body:
      body.length === 0
        ? undefined
        : Buffer.from(body).toString(isBase64Encoded ? "base64" : "utf8"),
    isBase64Encoded: isBase64Encoded && body.length > 0,
    context,
  };
}

/** What acts when a method does: *documented*: `arn:aws:execute-api:region:account:api/stage/METHOD/path`. */
export function methodArn({ record, stageName, head, scope }: StageRequest, path: string): string {
  const { partition, region, accountId } = scope;
  return `arn:${partition}:execute-api:${region}:${accountId}:${record.id}/${stageName}/${head.method}${path}`;
}
