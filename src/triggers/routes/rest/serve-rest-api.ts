import { TemplateFailure } from "../../../eventing/request-mapping/vtl/values.ts";
import type { ArnScope } from "../../../machine/arns.ts";
import {
  type AwaitedBody,
  gatewayAnswer,
  type RouteAnswer,
  type RouteHead,
} from "../route-exchange.ts";
import type { UsageDesk } from "../usage/usage-desk.ts";
import { type Authorized, authorizedRequest, type AuthorizingParts } from "./authorize-request.ts";
import { stageFor } from "./canary.ts";
import { matchedMethod } from "./compiled-rest-api.ts";
import { gatewayResponse } from "./gateway-answer.ts";
import { GatewayFailure } from "./gateway-failure.ts";
import { isValidBody, missingParameters } from "./request-checks.ts";
import type { RestDesk } from "./rest-desk.ts";
import type { MethodSetting, RestApiRecord } from "./rest-records.ts";
import {
  contextOf,
  mappedRestRequest,
  type MethodRequest,
  type RestRequest,
  type StageRequest,
} from "./rest-request.ts";
import { runIntegration } from "./run-integration.ts";

export interface RestParts extends AuthorizingParts {
  readonly desk: RestDesk;
  readonly usage: UsageDesk;
  readonly scope: ArnScope;
}

/** *Documented*: REST APIs, quotas: payload size. */
const maxBodyBytes = 10 * 1024 * 1024;

/** A request of a REST API: `rest` is what stands behind its id, the stage first. `undefined`: it has no such stage. */
export async function receiveRestRequest(
  parts: RestParts,
  record: RestApiRecord,
  head: RouteHead,
  rest: readonly string[],
): Promise<RouteAnswer | AwaitedBody | undefined> {
  const [stageName = "", ...path] = rest;
  const named = Object.hasOwn(record.stages, stageName) ? record.stages[stageName] : undefined;
  const stage = named && stageFor(named, head.requestId);
  const api = stage && (await parts.desk.deployed(record.id, stage.deploymentId));
  if (stage === undefined || api === undefined) return undefined;
  const { scope, backEnds } = parts;
  const receivedAt = backEnds.clock.now();
  const asked: StageRequest = { head, record, stageName, stage, api, path, receivedAt, scope };
  const matched = matchedMethod(api, head.method, path);
  // *Observed*: what there is no method for is answered as if it had not been signed.
  if (matched === undefined) {
    return gatewayResponse(asked, new GatewayFailure("MISSING_AUTHENTICATION_TOKEN"));
  }
  const request: MethodRequest = { ...asked, ...matched };
  return {
    maxBodyBytes,
    answer: (body) =>
      answeredOrFailed(parts, request, async () => {
        if (body === undefined) throw new GatewayFailure("REQUEST_TOO_LARGE");
        return answeredRequest(parts, request, body);
      }),
  };
}

/** What a method answers, or what the gateway says of why it does not. */
export async function answeredOrFailed(
  parts: RestParts,
  request: MethodRequest,
  perform: () => Promise<RouteAnswer>,
): Promise<RouteAnswer> {
  try {
    const answer = await perform();
    const headers = { "x-amzn-requestid": [request.head.requestId], ...answer.headers };
    return { ...answer, headers };
  } catch (error) {
    return failedRequest(parts, request, error);
  }
}

function failedRequest(
  { backEnds: { logger } }: RestParts,
  request: MethodRequest,
  thrown: unknown,
): RouteAnswer {
  const error =
    thrown instanceof TemplateFailure
      ? new GatewayFailure("API_CONFIGURATION_ERROR", {
          reason: `The answer's template cannot be rendered: ${thrown.message}`,
        })
      : thrown;
  const { record, stageName, resource, head } = request;
  const route = `${record.name} ${stageName} ${head.method} ${resource.path}`;
  if (!(error instanceof GatewayFailure)) {
    logger.error("a method of a REST API has failed", { route, reason: String(error) });
    return gatewayAnswer(500, "Internal server error");
  }
  if (error.reason !== undefined) {
    logger.warn("a method of a REST API has not been performed", { route, reason: error.reason });
  }
  return gatewayResponse(request, error);
}

async function answeredRequest(
  parts: RestParts,
  request: MethodRequest,
  body: Uint8Array,
): Promise<RouteAnswer> {
  const authorized = await authorizedRequest(parts, request, body);
  const identity = await takenKey(parts, request, authorized);
  throttleMethod(parts, request);
  return performedMethod(parts, request, body, {
    identity: { ...authorized.identity, ...identity },
    ...(authorized.authorizer && { authorizer: authorized.authorizer }),
  });
}

/** A request that may be done: checked, and given to the integration. `more`: what its context says of who asks. */
export async function performedMethod(
  parts: RestParts,
  request: MethodRequest,
  body: Uint8Array,
  more: Parameters<typeof contextOf>[1],
): Promise<RouteAnswer> {
  const whole: RestRequest = { ...request, body, context: contextOf(request, more) };
  const mapped = mappedRestRequest(request, whole.context, body);
  const { checks, integration } = request.method;
  const missing = missingParameters(checks, mapped);
  if (missing !== undefined) {
    throw new GatewayFailure("BAD_REQUEST_PARAMETERS", { message: missing });
  }
  if (!isValidBody(checks, { ...mapped, body: Buffer.from(body).toString() })) {
    throw new GatewayFailure("BAD_REQUEST_BODY");
  }
  if (integration === undefined) {
    throw new GatewayFailure("API_CONFIGURATION_ERROR", { reason: "It has no integration" });
  }
  return runIntegration(parts.backEnds, integration, whole, mapped);
}

/** *Documented*: the key is in a header, or an authorizer's function has told it. */
async function takenKey(
  { usage }: RestParts,
  request: MethodRequest,
  { usageKey }: Authorized,
): Promise<{ readonly apiKey?: string; readonly apiKeyId?: string }> {
  const { method, resource, record, stageName, head, api, receivedAt } = request;
  if (!method.record.apiKeyRequired) return {};
  const shown =
    api.definition.apiKeySource === "AUTHORIZER" ? usageKey : head.headers["x-api-key"]?.[0];
  const key = await usage.take(
    shown,
    { apiId: record.id, stage: stageName, method: `${resource.path}/${head.method}` },
    receivedAt,
  );
  return { apiKey: key.value, apiKeyId: key.id };
}

/** *Documented*: a stage's settings of the method, or else those of all methods. */
function throttleMethod(
  { usage }: RestParts,
  { record, stageName, stage, resource, head, receivedAt }: MethodRequest,
): void {
  const { methodSettings = {} } = stage;
  const own = `${resource.path.slice(1).replaceAll("/", "~1")}/${head.method}`;
  for (const key of [own, "*/*"]) {
    const setting: MethodSetting | undefined = methodSettings[key];
    const { throttlingRateLimit: rateLimit, throttlingBurstLimit: burstLimit } = setting ?? {};
    if (rateLimit === undefined && burstLimit === undefined) continue;
    usage.throttle(
      `${record.id} ${stageName} ${key}`,
      {
        ...(rateLimit !== undefined && { rateLimit }),
        ...(burstLimit !== undefined && { burstLimit }),
      },
      receivedAt,
    );
    return;
  }
}
