import { isJsonObject } from "../../expression/json.ts";
import { Payload } from "../../expression/payload.ts";
import { integrationAction } from "../../asl/resources/optimized-integrations.ts";
import { scopeOfArn } from "../../machine/arns.ts";
import type {
  TaskControl,
  TaskHandler,
  TaskOutcome,
  TaskRequest,
} from "../../ports/task-handler.ts";
import type { TraceHeaders } from "../../ports/trace-headers.ts";
import { resultTooLong } from "../aws/call-failures.ts";
import { noAnswerMessage } from "../aws/sdk-error.ts";
import { taskRole } from "../aws/task-role.ts";
import { parameterProblems } from "../described/parameter-problems.ts";
import type { IntegrationOptions } from "../integration-options.ts";
import { invalidField, invalidParameters, parametersRefusal } from "../invalid-parameters.ts";
import { unlessAborted } from "../jobs/pause.ts";
import { type BuiltRequest, buildRequest } from "./build-request.ts";
import type { ResolvedConnection } from "./connections/connection.ts";
import type { ConnectionBook } from "./connections/connection-book.ts";
import type { OAuthTokens } from "./connections/oauth-tokens.ts";
import { type SentRequest, sendFollowing } from "./follow-redirects.ts";
import type { HttpConfiguration } from "./http-configuration.ts";
import type { HttpClient, HttpOutcome } from "./http-client.ts";
import { httpTaskCall, httpTaskProblems } from "./http-parameters.ts";
import {
  bodyValue,
  headerLists,
  httpResult,
  isSuccess,
  readBody,
  statusTextOf,
} from "./http-result.ts";
import { addressRefusal } from "./address-guard.ts";
import { createSecretMask, type SecretMask } from "../redaction/secret-mask.ts";
import { shownExchange } from "./shown-exchange.ts";

/** *Documented*: requests time out after 60 seconds. */
const timeoutMs = 60_000;

export interface HttpInvokeOptions extends Pick<
  IntegrationOptions,
  "clock" | "logger" | "aws" | "redactor" | "trace"
> {
  readonly configuration: HttpConfiguration;
  readonly client: HttpClient;
  readonly connections: ConnectionBook;
  readonly tokens: OAuthTokens;
}

/** `arn:aws:states:::http:invoke`: calls an API over HTTPS with what a connection adds. */
export function httpInvoke(options: HttpInvokeOptions): TaskHandler {
  const { configuration, connections, aws } = options;
  return {
    handles: (resource) =>
      resource.kind === "service" &&
      resource.resourceType === "http" &&
      resource.action === "invoke" &&
      resource.pattern === "requestResponse",
    refuseParameters: (_, parameters) => parametersRefusal(parameters, problemsOf(parameters)),
    async run(request, control) {
      const { parameters } = request;
      const problems = problemsOf(parameters);
      if (problems.length > 0 || !isJsonObject(parameters.value)) {
        return invalidParameters(parameters, problems);
      }
      const call = httpTaskCall(parameters.value, configuration);
      if ("problem" in call) return invalidParameters(parameters, [call.problem]);
      // *Documented*: it is the state machine's role that may retrieve a connection's credentials.
      const role = taskRole({ ...request, credentialsRoleArn: undefined }, aws);
      const finding = connections.find(call.connectionArn, role);
      const found = await unlessAborted(finding, control.signal);
      if (found === undefined) return { type: "pending" };
      if (found.type === "failed") return found;
      const { region } = scopeOfArn(request.executionArn);
      const built = buildRequest(call, found.connection, region);
      if (built === undefined) {
        return invalidParameters(parameters, [
          `${invalidField("RequestBody")}: the connection adds to the body, which it can only if that is a JSON object`,
        ]);
      }
      const traced = inTrace(built, options.trace?.(request));
      return invoke(traced, found.connection, request, control, options);
    },
  };
}

/** In the trace of the task, where it does not say another itself. */
function inTrace(built: BuiltRequest, trace: TraceHeaders | undefined): BuiltRequest {
  if (trace === undefined) return built;
  const given = new Set(built.headers.map(([name]) => name.toLowerCase()));
  if (given.has("traceparent") || given.has("x-amzn-trace-id")) return built;
  const { traceparent, traceHeader } = trace;
  return {
    ...built,
    headers: [...built.headers, ["traceparent", traceparent], ["X-Amzn-Trace-Id", traceHeader]],
  };
}

function problemsOf(parameters: Payload): readonly string[] {
  const { value } = parameters;
  const table = integrationAction("http", "invoke")?.parameters ?? {};
  const problems = parameterProblems(table, value);
  if (problems.length > 0) return problems;
  return isJsonObject(value) ? httpTaskProblems(value) : ["The parameters must be an object"];
}

/** One call, or two where a token was refused: it may have been taken back before it ended. */
async function invoke(
  built: BuiltRequest,
  connection: ResolvedConnection,
  request: TaskRequest,
  control: TaskControl,
  options: HttpInvokeOptions,
): Promise<TaskOutcome> {
  const { tokens, redactor } = options;
  redactor?.learn(connection.secrets);
  for (let attempt = 1; ; attempt++) {
    const secrets = [...connection.secrets];
    let authorized = built;
    let used: string | undefined;
    if (connection.tokens !== undefined) {
      const found = await unlessAborted(tokens.of(connection.tokens), control.signal);
      if (found === undefined) return { type: "pending" };
      if (found.type === "none") {
        return {
          type: "failed",
          error: "Events.ConnectionResource.InvalidConnectionState",
          cause: `The connection '${connection.name}' has no token: ${found.because}.`,
        };
      }
      used = found.token;
      secrets.push(used);
      redactor?.learn([used]);
      authorized = withToken(built, used);
    }
    const sent = await send(sentRequest(authorized, connection), control, options);
    if (sent.outcome.type === "answered" && sent.outcome.statusCode === 401) {
      if (connection.tokens !== undefined && used !== undefined && attempt === 1) {
        tokens.refused(connection.tokens, used);
        continue;
      }
    }
    const mask = createSecretMask(secrets);
    const { trace } = control;
    if (trace !== undefined) {
      const answer = sent.outcome.type === "answered" ? sent.outcome : undefined;
      const { revealSecrets } = trace;
      trace.exchanged(shownExchange(sent.request, answer, connection, mask, revealSecrets));
    }
    // Whoever may see the secrets sees the answer as it came.
    const shownBy = trace?.revealSecrets === true ? createSecretMask([]) : mask;
    return taskOutcome(sent.outcome, shownBy, request, options);
  }
}

function send(
  request: SentRequest,
  { signal }: TaskControl,
  { client, clock, configuration }: HttpInvokeOptions,
): Promise<{ readonly outcome: HttpOutcome; readonly request: SentRequest }> {
  // All places that it is sent to have the one minute together.
  const until = clock.now() + timeoutMs;
  return sendFollowing(
    request,
    ({ method, url, headers, body, contentType }) =>
      client.send({
        method,
        url,
        headers: contentType === undefined ? headers : [...headers, ["Content-Type", contentType]],
        body,
        signal,
        timeoutMs: until - clock.now(),
      }),
    configuration,
  );
}

function withToken(built: BuiltRequest, token: string): BuiltRequest {
  const others = built.headers.filter(([name]) => name.toLowerCase() !== "authorization");
  return { ...built, headers: [["Authorization", `Bearer ${token}`], ...others] };
}

function sentRequest(built: BuiltRequest, connection: ResolvedConnection): SentRequest {
  const names = connection.headers.map(({ name }) => name.toLowerCase());
  return {
    ...built,
    connectionHeaders: new Set([...names, "authorization"]),
    carriesConnection: connection.body.length > 0,
  };
}

/**
 * *Documented*: the names of the errors, and that a type which is no text fails the execution. *Observed*, published by others: the
 * cause is the status text alone. *Our choice*: whatever keeps an answer from coming is `States.Http.Socket`.
 */
function taskOutcome(
  outcome: HttpOutcome,
  mask: SecretMask,
  request: TaskRequest,
  { logger }: HttpInvokeOptions,
): TaskOutcome {
  switch (outcome.type) {
    case "answered":
      return answered(outcome, mask);
    case "aborted":
      return { type: "pending" };
    case "tooLong":
      return resultTooLong(request);
    case "timedOut":
      return socketFailure("The request timed out after 60 seconds");
    case "failed":
      return socketFailure(mask.text(noAnswerMessage(outcome.error)));
    case "addressRefused": {
      const { executionArn, traceHeader, stateName } = request;
      const { host } = outcome;
      logger.warn("a task was kept from calling an address that is not public", {
        host,
        executionArn,
        traceHeader,
        stateName,
      });
      return { type: "rejected", cause: addressRefusal(mask.text(host)) };
    }
  }
}

function socketFailure(cause: string): TaskOutcome {
  return { type: "failed", error: "States.Http.Socket", cause };
}

function answered(
  answer: Extract<HttpOutcome, { type: "answered" }>,
  mask: SecretMask,
): TaskOutcome {
  const { statusCode } = answer;
  const statusText = mask.text(statusTextOf(answer));
  if (!isSuccess(answer)) {
    return { type: "failed", error: `States.Http.StatusCode.${statusCode}`, cause: statusText };
  }
  const read = readBody(answer);
  if (read === "unsupported") {
    return {
      type: "rejected",
      cause:
        "The response of the HTTP endpoint cannot be read as text, or has a content type that is not supported",
    };
  }
  // First as text, then once more: JSON may spell a secret in other characters.
  const body = mask.value(bodyValue({ ...read, text: mask.text(read.text) }));
  const headers = headerLists(mask.headers(answer.headers));
  return {
    type: "succeeded",
    output: Payload.ofValue(httpResult({ headers, body, statusCode, statusText })),
  };
}
