import type { JsonObject } from "../../expression/json.ts";
import {
  requestParametersOf,
  UnresolvedParameter,
} from "../../eventing/request-mapping/request-parameters.ts";
import { mapResponse } from "../../eventing/request-mapping/response-parameters.ts";
import { readSource } from "../../eventing/request-mapping/mapped-value.ts";
import type { Caller } from "../../ports/caller.ts";
import { asServiceRole } from "../../ports/service-role.ts";
import type { ServiceError } from "../../ports/step-functions.ts";
import type { RequestContext } from "../../service/operation.ts";
import type { CallOutcome } from "./api-record.ts";
import type { BackEnds } from "./back-ends/back-ends.ts";
import { callFunctionForRoute, callUrlForRoute } from "./call-proxy.ts";
import type { CompiledFirstClass, CompiledIntegration } from "./compiled-api.ts";
import { firstClassCall, type FirstClassCall } from "./first-class-call.ts";
import { mappedRequest, routeArn, type RoutedRequest } from "./route-context.ts";
import { gatewayAnswer, type RouteAnswer } from "./route-exchange.ts";
import { withinTime } from "./within-time.ts";

/** *Documented*: HTTP APIs, quotas: integration time-out. Configured routes may wait as long as a synchronous execution may take. */
export const usualTimeoutMs = 30_000;

/** What came of a call: the answer's JSON, and what custom answers call it. */
interface CallResult {
  readonly outcome: CallOutcome;
  readonly status: number;
  readonly body: string;
}

/** Calls what a route is integrated with, and says what the client is answered. */
export async function callIntegration(
  calls: BackEnds,
  integration: CompiledIntegration,
  routed: RoutedRequest,
  body: Uint8Array,
): Promise<RouteAnswer> {
  const { timeoutInMillis = usualTimeoutMs } = integration.record;
  switch (integration.type) {
    case "firstClass":
      return callFirstClass(calls, integration, routed, Buffer.from(body).toString());
    case "function":
      return callFunctionForRoute(calls, integration.record, routed, body, timeoutInMillis);
    case "url":
      return callUrlForRoute(calls, integration, routed, body, timeoutInMillis);
  }
}

async function callFirstClass(
  calls: BackEnds,
  integration: CompiledFirstClass,
  routed: RoutedRequest,
  body: string,
): Promise<RouteAnswer> {
  const request = mappedRequest(routed, body);
  let call: FirstClassCall;
  try {
    const parameters = requestParametersOf(integration.parameters, request);
    call = firstClassCall(integration.record.subtype, parameters);
  } catch (error) {
    if (error instanceof UnresolvedParameter) return gatewayAnswer(400, error.message);
    throw error;
  }
  const { record } = integration;
  const result = await withinTime(
    calls.clock,
    record.timeoutInMillis ?? usualTimeoutMs,
    routed.head.signal,
    (signal) => performed(calls, record.credentialsArn, routed, call, signal),
  );
  if (result === undefined) return gatewayAnswer(503, "Service Unavailable");
  return shapedAnswer(integration, result, request);
}

async function performed(
  { stepFunctions, logger }: BackEnds,
  credentialsArn: string | undefined,
  routed: RoutedRequest,
  { operation, input, region }: FirstClassCall,
  signal: AbortSignal,
): Promise<CallResult> {
  const { head } = routed;
  try {
    const output = await stepFunctions(operation, input, {
      ...startedFor(routed, credentialsArn, region),
      requestId: head.requestId,
      signal,
    });
    return { outcome: outcomeOf(operation, output), status: 200, body: JSON.stringify(output) };
  } catch (error) {
    const { code, statusCode, message } = error as Partial<ServiceError>;
    if (typeof code !== "string" || typeof statusCode !== "number") {
      logger.error("a web route has failed", { route: routeArn(routed), reason: String(error) });
      const { status, body } = gatewayAnswer(500, "Internal Server Error");
      return { outcome: "refused", status, body };
    }
    // *Documented*: first-class integrations hand on what the service answers.
    const body = JSON.stringify({ __type: code, message });
    return { outcome: "refused", status: statusCode, body };
  }
}

/** Who calls: the integration's role; without one the server's owner, who has configured the route. */
function startedFor(
  routed: RoutedRequest,
  roleArn: string | undefined,
  region: string | undefined,
): Pick<RequestContext, "caller" | "startedBy"> {
  const { head, scope, api, matched } = routed;
  const { sourceIp, isSecure } = head;
  const [userAgent] = head.headers["user-agent"] ?? [];
  const more = {
    from: { sourceIp, isSecure, ...(userAgent !== undefined && { userAgent }) },
    ...(region !== undefined && { region }),
  };
  const service = "apigateway.amazonaws.com";
  if (roleArn !== undefined) {
    return {
      caller: { ...asServiceRole({ service, roleArn, sourceArn: routeArn(routed) }), ...more },
    };
  }
  const caller: Caller = { ...scope, principal: { type: "owner" }, ...more };
  return {
    caller,
    startedBy: { principal: service, via: `${api.record.name} ${matched.route.routeKey}` },
  };
}

function outcomeOf(operation: string, { status }: JsonObject): CallOutcome {
  if (operation === "StartExecution") return "started";
  if (operation === "StopExecution") return "stopped";
  if (status === "SUCCEEDED") return "succeeded";
  return status === "TIMED_OUT" ? "timedOut" : "failed";
}

/** *Documented*: mappings by the status first; a custom answer of the configuration is all that there is. */
function shapedAnswer(
  { answers, responses }: CompiledFirstClass,
  { outcome, status, body }: CallResult,
  { context, stageVariables }: ReturnType<typeof mappedRequest>,
): RouteAnswer {
  const rest = { body, context, stageVariables };
  const headers = { "content-type": ["application/json"] };
  const custom = answers.get(outcome);
  if (custom === undefined) return { ...mapResponse(responses, { status, headers }, rest), body };
  const source = readSource({ ...rest, headers });
  const mapped = [...custom.headers].flatMap(([name, value]) => {
    const text = value.valueOf(source)?.replaceAll(/[^\t\x20-\x7E\x80-\xFF]+/g, " ");
    return text === undefined ? [] : [[name, [text]] as const];
  });
  return {
    status: custom.status ?? status,
    headers: { ...headers, ...Object.fromEntries(mapped) },
    body: custom.body === undefined ? body : (custom.body.valueOf(source) ?? ""),
  };
}
