import { functionAnswer1, functionAnswer2 } from "../../eventing/proxy/function-answer.ts";
import { functionEvent2, httpFunctionEvent1 } from "../../eventing/proxy/function-event.ts";
import type { ProxiedRequest } from "../../eventing/proxy/proxied-request.ts";
import { changedRequest } from "../../eventing/request-mapping/request-changes.ts";
import { mapResponse } from "../../eventing/request-mapping/response-parameters.ts";
import type { FunctionIntegration } from "./api-record.ts";
import type { BackEnds } from "./back-ends/back-ends.ts";
import { callFunction } from "./back-ends/call-function.ts";
import { callUrl } from "./back-ends/call-url.ts";
import type { CompiledUrl } from "./compiled-api.ts";
import { mappedRequest, routeArn, routeContext, type RoutedRequest } from "./route-context.ts";
import { gatewayAnswer, type RouteAnswer } from "./route-exchange.ts";
import { withinTime } from "./within-time.ts";

/** Tells a function the request, and the client what it answers. *Documented*: HTTP APIs, Lambda proxy integrations. */
export async function callFunctionForRoute(
  calls: BackEnds,
  { functionArn, payloadFormatVersion, credentialsArn: roleArn }: FunctionIntegration,
  routed: RoutedRequest,
  body: Uint8Array,
  timeoutMs: number,
): Promise<RouteAnswer> {
  const request = proxiedRouteRequest(routed, body);
  const is2 = payloadFormatVersion === "2.0";
  const event = is2 ? functionEvent2(request) : httpFunctionEvent1(request);
  const sourceArn = routeArn(routed);
  const outcome = await withinTime(calls.clock, timeoutMs, routed.head.signal, (signal) =>
    callFunction(calls, functionArn, event, { sourceArn, roleArn, signal }),
  );
  if (outcome === undefined) return gatewayAnswer(503, "Service Unavailable");
  const value = outcome.type === "answered" ? outcome.value : undefined;
  const answer = value === undefined ? undefined : (is2 ? functionAnswer2 : functionAnswer1)(value);
  if (answer === undefined) {
    const reason = outcome.type === "refused" ? outcome.reason : JSON.stringify(outcome);
    calls.logger.warn("a function has not answered as an API needs it", {
      function: functionArn,
      reason: reason.slice(0, 500),
    });
    return gatewayAnswer(500, "Internal Server Error");
  }
  const { status, headers, isBase64Encoded } = answer;
  const text = answer.body;
  return { status, headers, body: isBase64Encoded ? Buffer.from(text, "base64") : text };
}

export function proxiedRouteRequest(routed: RoutedRequest, body: Uint8Array): ProxiedRequest {
  const { head, matched, authorizer } = routed;
  const isBase64Encoded = body.length > 0 && !isText(head.headers["content-type"]?.[0]);
  const bytes = Buffer.from(body);
  const { query, pathParameters, path, stageVariables } = mappedRequest(routed, "");
  return {
    method: head.method,
    path,
    routeKey: matched.route.routeKey,
    rawQuery: head.query.toString(),
    query,
    headers: head.headers,
    pathParameters,
    stageVariables,
    body: body.length === 0 ? undefined : bytes.toString(isBase64Encoded ? "base64" : "utf8"),
    isBase64Encoded,
    context: routeContext(routed),
    ...(authorizer && { authorizer: authorizer.told }),
  };
}

/** *Documented*: a body is a text where its type is one of these; another one, and one without a type, is in base64. */
function isText(contentType: string | undefined): boolean {
  const [type = ""] = (contentType ?? "").toLowerCase().split(";");
  return /^\s*(?:text\/.*|application\/(?:json|javascript|xml|x-www-form-urlencoded|.*\+json|.*\+xml))\s*$/.test(
    type,
  );
}

/** Asks a URL in the client's place. *Documented*: HTTP APIs, HTTP proxy integrations and parameter mapping. */
export async function callUrlForRoute(
  calls: BackEnds,
  { record, changes, responses }: CompiledUrl,
  routed: RoutedRequest,
  body: Uint8Array,
  timeoutMs: number,
): Promise<RouteAnswer> {
  const { head } = routed;
  const text = Buffer.from(body).toString();
  const request = mappedRequest(routed, text);
  const asked = changedRequest(changes, request);
  const method = record.method === "ANY" ? head.method : record.method;
  const url = asked.path === undefined ? record.url : withPath(record.url, asked.path);
  const outcome = await callUrl(calls, {
    method,
    url,
    pathParameters: request.pathParameters,
    query: asked.query,
    headers: asked.headers,
    body: text,
    timeoutMs,
    signal: head.signal,
  });
  if (outcome.type === "timedOut") return gatewayAnswer(503, "Service Unavailable");
  if (outcome.type === "failed") {
    calls.logger.warn("a URL has not answered", { url: record.url, reason: outcome.reason });
    return gatewayAnswer(503, "Service Unavailable");
  }
  const { status, headers } = outcome;
  const { context, stageVariables } = request;
  const rest = { body: outcome.body.toString(), context, stageVariables };
  return { ...mapResponse(responses, { status, headers }, rest), body: outcome.body };
}

function withPath(url: string, path: string): string {
  const { origin } = new URL(url.replaceAll(/[{}]/g, ""));
  return `${origin}${path.startsWith("/") ? "" : "/"}${path}`;
}
