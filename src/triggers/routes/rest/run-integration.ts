import { functionAnswer1 } from "../../../eventing/proxy/function-answer.ts";
import { functionEvent1 } from "../../../eventing/proxy/function-event.ts";
import { InvalidMapping } from "../../../eventing/request-mapping/mapped-value.ts";
import type { MappedRequest } from "../../../eventing/request-mapping/mapped-request.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../expression/json.ts";
import { asServiceRole } from "../../../ports/service-role.ts";
import type { ServiceError } from "../../../ports/step-functions.ts";
import type { ActingFor, BackEnds } from "../back-ends/back-ends.ts";
import { callFunction } from "../back-ends/call-function.ts";
import { callService } from "../back-ends/call-service.ts";
import { callUrl } from "../back-ends/call-url.ts";
import type { RouteAnswer } from "../route-exchange.ts";
import { withinTime } from "../within-time.ts";
import type { CompiledRestIntegration } from "./compiled-rest-api.ts";
import { GatewayFailure } from "./gateway-failure.ts";
import { type BackEndAnswer, integrationAnswer } from "./integration-answer.ts";
import { type BackEndRequest, integrationRequest } from "./integration-request.ts";
import { type IntegrationTarget, integrationTarget } from "./integration-target.ts";
import { methodArn, proxiedRequest, queryOf, type RestRequest } from "./rest-request.ts";

/** *Documented*: REST APIs, quotas: integration time-out, where nothing else is said. */
export const usualTimeoutMs = 29_000;

/** Calls what a method is integrated with, and says what the client is answered. Rejects with a {@link GatewayFailure}. */
export async function runIntegration(
  backEnds: BackEnds,
  integration: CompiledRestIntegration,
  request: RestRequest,
  mapped: MappedRequest,
): Promise<RouteAnswer> {
  const { record } = integration;
  const target = targetOf(integration, request);
  const { head, resource } = request;
  const answer = await withinTime(
    backEnds.clock,
    record.timeoutInMillis ?? usualTimeoutMs,
    head.signal,
    (signal) => {
      const acting = {
        sourceArn: methodArn(request, resource.path),
        roleArn: record.credentials,
        signal,
      };
      if (record.type === "AWS_PROXY") return proxiedToFunction(backEnds, target, request, acting);
      if (record.type === "HTTP_PROXY") {
        return proxiedToUrl(backEnds, target, integration, request, mapped, signal);
      }
      const asked = integrationRequest(integration, mapped);
      return mappedAnswer(backEnds, target, asked, request, mapped, acting);
    },
  );
  if (answer === undefined) throw new GatewayFailure("INTEGRATION_TIMEOUT");
  return answer;
}

function targetOf({ record }: CompiledRestIntegration, { stage }: RestRequest): IntegrationTarget {
  try {
    return integrationTarget(record, stage.variables ?? {});
  } catch (error) {
    if (!(error instanceof InvalidMapping)) throw error;
    throw new GatewayFailure("API_CONFIGURATION_ERROR", { reason: error.message });
  }
}

/** *Observed*: what a function has answered that is no answer, and that it has failed, is a `502` in the same words. */
async function proxiedToFunction(
  backEnds: BackEnds,
  target: IntegrationTarget,
  request: RestRequest,
  acting: ActingFor,
): Promise<RouteAnswer> {
  if (target.type !== "function") throw new GatewayFailure("API_CONFIGURATION_ERROR");
  const event = functionEvent1(proxiedRequest(request));
  const outcome = await callFunction(backEnds, target.functionArn, event, acting);
  if (outcome.type === "refused") {
    throw new GatewayFailure("API_CONFIGURATION_ERROR", { reason: outcome.reason });
  }
  const answer = outcome.type === "answered" ? functionAnswer1(outcome.value) : undefined;
  if (answer === undefined) {
    backEnds.logger.warn("a function has not answered as an API needs it", {
      function: target.functionArn,
      reason: JSON.stringify(outcome.type === "failed" ? outcome.error : outcome.value).slice(
        0,
        500,
      ),
    });
    return {
      status: 502,
      headers: {
        "content-type": ["application/json"],
        "x-amzn-errortype": ["InternalServerErrorException"],
      },
      body: '{"message": "Internal server error"}',
    };
  }
  const { status, headers, body, isBase64Encoded } = answer;
  return {
    status,
    headers: { "content-type": ["application/json"], ...headers },
    body: isBase64Encoded ? Buffer.from(body, "base64") : body,
  };
}

async function proxiedToUrl(
  backEnds: BackEnds,
  target: IntegrationTarget,
  { record, parameters }: CompiledRestIntegration,
  request: RestRequest,
  mapped: MappedRequest,
  signal: AbortSignal,
): Promise<RouteAnswer> {
  const { head, body } = request;
  const asked = integrationRequest(
    { record, parameters, templates: new Map(), responses: [] },
    { ...mapped, headers: { ...mapped.headers } },
  );
  const outcome = await answeredByUrl(backEnds, target, {
    method: record.httpMethod === "ANY" ? head.method : (record.httpMethod ?? head.method),
    pathParameters: asked.pathParameters,
    query: { ...queryOf(head), ...asked.query },
    headers: { ...head.headers, ...asked.headers },
    body: Buffer.from(body).toString(),
    timeoutMs: record.timeoutInMillis ?? usualTimeoutMs,
    signal,
  });
  return { status: outcome.status, headers: outcome.headers, body: outcome.body };
}

async function answeredByUrl(
  backEnds: BackEnds,
  target: IntegrationTarget,
  asked: Omit<Parameters<typeof callUrl>[1], "url">,
): Promise<Extract<Awaited<ReturnType<typeof callUrl>>, { type: "answered" }>> {
  if (target.type !== "http") throw new GatewayFailure("API_CONFIGURATION_ERROR");
  const outcome = await callUrl(backEnds, { ...asked, url: target.url });
  if (outcome.type === "answered") return outcome;
  if (outcome.type === "timedOut") throw new GatewayFailure("INTEGRATION_TIMEOUT");
  throw new GatewayFailure("INTEGRATION_FAILURE", { reason: outcome.reason });
}

async function mappedAnswer(
  backEnds: BackEnds,
  target: IntegrationTarget,
  asked: BackEndRequest,
  request: RestRequest,
  mapped: MappedRequest,
  acting: ActingFor,
): Promise<RouteAnswer> {
  const said = await backEndAnswer(backEnds, target, asked, request, acting);
  return integrationAnswer(request.method, said, mapped);
}

async function backEndAnswer(
  backEnds: BackEnds,
  target: IntegrationTarget,
  asked: BackEndRequest,
  request: RestRequest,
  acting: ActingFor,
): Promise<BackEndAnswer> {
  switch (target.type) {
    case "mock":
      return mockAnswer(asked);
    case "stepFunctions":
      return stepFunctionsAnswer(backEnds, target, asked, request, acting);
    case "function":
      return functionAnswer(backEnds, target.functionArn, asked, acting);
    case "service": {
      const { requestId } = request.head;
      return jsonAnswer(await callService(backEnds, target, asked, acting, requestId));
    }
    case "http": {
      const { httpMethod = request.head.method, timeoutInMillis } =
        request.method.integration?.record ?? {};
      const { status, headers, body } = await answeredByUrl(backEnds, target, {
        ...asked,
        method: httpMethod === "ANY" ? request.head.method : httpMethod,
        timeoutMs: timeoutInMillis ?? usualTimeoutMs,
        signal: acting.signal,
      });
      return { status, headers, body: body.toString(), selected: String(status) };
    }
  }
}

/** *Documented*: the template says the status. *Observed*: it need not be well-formed JSON: the CDK writes `{ statusCode: 200 }`. */
function mockAnswer({ body }: BackEndRequest): BackEndAnswer {
  const [, status] = /["']?statusCode["']?\s*:\s*["']?(\d{3})\b/.exec(body) ?? [];
  if (status === undefined) {
    throw new GatewayFailure("API_CONFIGURATION_ERROR", {
      reason: "The request's template of a mock has no statusCode",
    });
  }
  return { status: Number(status), headers: {}, body: "", selected: status };
}

async function stepFunctionsAnswer(
  backEnds: BackEnds,
  { operation, region }: Extract<IntegrationTarget, { type: "stepFunctions" }>,
  { body }: BackEndRequest,
  { head }: RestRequest,
  { sourceArn, roleArn, signal }: ActingFor,
): Promise<BackEndAnswer> {
  const input = jsonOf(body);
  if (!isJsonObject(input) || roleArn === undefined) {
    return jsonAnswer({ status: 400, body: { __type: "SerializationException" } });
  }
  const { sourceIp, isSecure } = head;
  const [userAgent] = head.headers["user-agent"] ?? [];
  const caller = {
    ...asServiceRole({ service: "apigateway.amazonaws.com", roleArn, sourceArn }),
    from: { sourceIp, isSecure, ...(userAgent !== undefined && { userAgent }) },
    region,
  };
  try {
    const answered = await backEnds.stepFunctions(operation, input, {
      caller,
      requestId: head.requestId,
      signal,
    });
    return jsonAnswer({ status: 200, body: answered });
  } catch (error) {
    const { code, statusCode, message = "" } = error as Partial<ServiceError>;
    if (typeof code !== "string" || typeof statusCode !== "number") throw error;
    return jsonAnswer({ status: statusCode, body: { __type: code, message } });
  }
}

/** *Documented*: what a function has answered is the body; whether it failed is told by its `errorMessage` alone. */
async function functionAnswer(
  backEnds: BackEnds,
  functionArn: string,
  { body }: BackEndRequest,
  acting: ActingFor,
): Promise<BackEndAnswer> {
  const outcome = await callFunction(backEnds, functionArn, jsonOf(body) ?? null, acting);
  if (outcome.type === "refused") {
    throw new GatewayFailure("API_CONFIGURATION_ERROR", { reason: outcome.reason });
  }
  const value = outcome.type === "answered" ? outcome.value : outcome.error;
  const { errorMessage = "" } = outcome.type === "failed" ? outcome.error : {};
  const selected = typeof errorMessage === "string" ? errorMessage : JSON.stringify(errorMessage);
  return { status: 200, headers: {}, body: JSON.stringify(value), selected };
}

function jsonAnswer({
  status,
  body,
}: {
  readonly status: number;
  readonly body: JsonObject;
}): BackEndAnswer {
  return { status, headers: {}, body: JSON.stringify(body), selected: String(status) };
}

function jsonOf(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
