import type { JsonObject } from "../../expression/json.ts";
import type { MappedRequest } from "../../eventing/request-mapping/mapped-request.ts";
import { requestTime } from "../../eventing/request-mapping/request-time.ts";
import type { ArnScope } from "../../machine/arns.ts";
import type { CompiledApi, MatchedRoute } from "./compiled-api.ts";
import type { RouteHead } from "./route-exchange.ts";
import { defaultStage } from "./staged-request.ts";

/** A request, the route that it is for, and when it came. */
export interface RoutedRequest {
  readonly head: RouteHead;
  readonly api: CompiledApi;
  readonly stage: string;
  readonly path: readonly string[];
  readonly matched: MatchedRoute;
  readonly receivedAt: number;
  readonly scope: ArnScope;
  /** What its authorizer has said; absent: it has none. */
  readonly authorizer?: RouteAuthorizer | undefined;
}

export interface RouteAuthorizer {
  /** `$context.authorizer` of mappings. */
  readonly mapped: JsonObject;
  /** What functions are told: `{ jwt: { claims, scopes } }`, `{ lambda: { … } }`. */
  readonly told: JsonObject;
}

/** The request as mappings see it. *Documented*: HTTP APIs, `$context` variables. */
export function mappedRequest(routed: RoutedRequest, body: string): MappedRequest {
  const { head, api, stage, path, matched } = routed;
  return {
    headers: head.headers,
    query: Object.fromEntries(
      [...new Set(head.query.keys())].map((name) => [name, head.query.getAll(name)]),
    ),
    pathParameters: matched.pathParameters,
    path: `/${path.join("/")}`,
    body: body === "" ? undefined : body,
    context: routeContext(routed),
    stageVariables: api.record.stages[stage]?.stageVariables ?? {},
  };
}

export function routeContext({
  head,
  api,
  stage,
  path,
  matched,
  receivedAt,
  scope,
  authorizer,
}: RoutedRequest): JsonObject {
  const [host = ""] = head.headers["host"] ?? [];
  const [userAgent = ""] = head.headers["user-agent"] ?? [];
  return {
    accountId: scope.accountId,
    ...(authorizer && { authorizer: authorizer.mapped }),
    apiId: api.record.apiId,
    domainName: host.replace(/:\d*$/, ""),
    domainPrefix: host.split(/[.:]/, 1)[0] ?? "",
    httpMethod: head.method,
    identity: { sourceIp: head.sourceIp, userAgent },
    // *Documented*: with its stage, where that is part of it.
    path: `/${(stage === defaultStage ? path : [stage, ...path]).join("/")}`,
    protocol: "HTTP/1.1",
    requestId: head.requestId,
    requestTime: requestTime(receivedAt),
    requestTimeEpoch: String(receivedAt),
    routeKey: matched.route.routeKey,
    stage,
  };
}

/** What acts when a route does: *documented*: `arn:aws:execute-api:region:account:api/stage/METHOD/path`. */
export function routeArn({ api, stage, matched, scope }: RoutedRequest): string {
  const { partition, region, accountId } = scope;
  const { routeKey } = matched.route;
  const resource = routeKey.replace(/ \//, "/");
  return `arn:${partition}:execute-api:${region}:${accountId}:${api.record.apiId}/${stage}/${resource}`;
}
