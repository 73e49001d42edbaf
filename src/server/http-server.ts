import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { apiHost, isOfAws } from "../eventing/proxy/api-host.ts";
import type { JsonObject } from "../expression/json.ts";
import type { IamService } from "../iam/operations/iam-service.ts";
import type { ArnScope } from "../machine/arns.ts";
import type { Caller } from "../ports/caller.ts";
import type { Logger } from "../ports/logger.ts";
import type { ApiError } from "../service/errors/api-error.ts";
import type { RequestContext } from "../service/operation.ts";
import type { Service } from "../service/service.ts";
import {
  answerOf,
  contentType,
  operationOf,
  parseBody,
  perform,
  targetOf,
  waitSecondsOf,
} from "./aws-json.ts";
import type { RefusedRequests } from "./audit/refused-requests.ts";
import type { Authenticator } from "./authentication/authenticator.ts";
import { originOf } from "./authentication/call-origin.ts";
import { callerOf } from "./caller.ts";
import { answerExpressRequest } from "./express-api.ts";
import { filteredService, filterOf } from "./filtered-executions.ts";
import { httpErrors } from "./http-errors.ts";
import { healthAnswer } from "./health.ts";
import { inTraceOfRequest } from "./request-trace.ts";
import type { RequestLimits } from "./limits/request-limits.ts";
import { createListener } from "./listener.ts";
import { createOpenRequests, type OpenRequests } from "./open-requests.ts";
import type { ConsoleHttp } from "./console/console-http.ts";
import type { CustomResourceHttp } from "./custom-resource-http.ts";
import type { FunctionCodeHttp } from "./function-code-http.ts";
import type { HookHttp } from "./hooks/hook-http.ts";
import type { RouteHttp } from "./routes/route-http.ts";
import { createServiceHttp, type ServiceHttpOptions } from "./protocols/service-http.ts";
import { createQueryHttp } from "./query-protocol/query-http.ts";
import { readBody } from "./request-body.ts";
import { servedHosts } from "./served-hosts.ts";
import type { TlsFiles } from "./tls/tls-files.ts";
import {
  hasMetricsToken,
  isMetricsRequest,
  mayReadMetrics,
  type MetricsParts,
  metricsText,
} from "./metrics-api.ts";
import { expositionType } from "../telemetry/prometheus/exposition.ts";
import { answerUsageRequest, type UsageParts } from "./usage-api.ts";

export interface HttpServerOptions {
  readonly service: Service;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Names, beside those of the loopback, that requests may have as their `Host`. */
  readonly hosts?: readonly string[];
  readonly logger: Logger;
  /** The console, beside the API; absent: there is none. */
  readonly console?: ConsoleHttp | undefined;
  /** Whether calls should be sent here; absent: as soon as it listens. */
  readonly isReady?: (() => boolean) | undefined;
  /** The URLs of webhooks; absent: there are none. */
  readonly hooks?: HookHttp | undefined;
  /** Where custom resources answer; absent: they are not asked. */
  readonly customResources?: CustomResourceHttp | undefined;
  /** Where the code of functions is fetched; absent: nowhere. */
  readonly functionCode?: FunctionCodeHttp | undefined;
  /** Web routes, under `/api/`; absent: there are none. */
  readonly routes?: RouteHttp | undefined;
  /** IAM and STS, beside the API; absent: there are none. */
  readonly iam?: IamService | undefined;
  /** AWS's other services, beside the API; absent: there are none. */
  readonly services?: ServedServices | undefined;
  /** The figures for Prometheus; absent: they are not served. */
  readonly metrics?: MetricsParts | undefined;
  /** What usage would cost at AWS; absent: nothing is counted. */
  readonly usage?: UsageParts | undefined;
  /** Finds out who calls; absent: nobody is asked who he is. */
  readonly authenticator?: Authenticator | undefined;
  /** Where requests are written down that never become calls; absent: nowhere. */
  readonly refused?: RefusedRequests | undefined;
  /** Why the audit log cannot be written at present; absent: there is none. */
  readonly auditFailure?: (() => string | undefined) | undefined;
  /** How often each caller may call; absent: as often as he likes. */
  readonly requestLimits?: RequestLimits | undefined;
  /** The certificate, where it serves HTTPS; absent: HTTP. */
  readonly tls?: TlsFiles | undefined;
}

/** Services of AWS on this endpoint, and who performs their operations. */
export type ServedServices = Pick<ServiceHttpOptions, "apis" | "services">;

export interface HttpServer {
  /** Rejects with an error that says what to do if the port cannot be had. */
  listen(): Promise<{ readonly host: string; readonly port: number }>;
  /** Stops accepting, ends the long polls, lets the other requests finish for `graceMs`. */
  close(graceMs: number): Promise<void>;
}

/** Documented: a request is at most 1 MB with its headers. Our choice: that much for the body, and room for escapes. */
const maxBodyBytes = 1024 * 1024 + 64 * 1024;

/** Where requests in AWS JSON are for, as the audit log has it. */
const eventSource = "states.amazonaws.com";
/** What requests in AWS JSON are signed for. */
const signedServices = ["states"];
/** Of the requests of express-api.ts, which have none, and of which none is read. */
const noBody = Buffer.alloc(0);

/** Answers `GET /stepwell/console`: the path of the console, for command lines that lead there; `undefined` for any other request, or without one. */
function consolePlace(
  method: string | undefined,
  url: string | undefined,
  console: Pick<ConsoleHttp, "path"> | undefined,
): { readonly status: number; readonly body: JsonObject } | undefined {
  if (console === undefined || method !== "GET" || url !== "/stepwell/console") return undefined;
  return { status: 200, body: { path: console.path } };
}

/** The API over HTTP: AWS JSON 1.0 at `POST /`, a health answer at `GET /health`, and what express-api.ts has. */
export function createHttpServer(options: HttpServerOptions): HttpServer {
  const { service, logger, host, port, authenticator, requestLimits, refused } = options;
  const query =
    options.iam && createQueryHttp({ ...options, iam: options.iam, scope: service.scope });
  const serves = servedHosts([host, ...(options.hosts ?? [])]);
  const openRequests = createOpenRequests();
  const services =
    options.services &&
    createServiceHttp({ ...options, ...options.services, scope: service.scope, openRequests });
  let closing = false;

  function handle(request: IncomingMessage, response: ServerResponse): void {
    const requestId = randomUUID();
    let operation = "";
    let known: Caller | undefined;
    const failed = (thrown: unknown): void => {
      const error = answerOf(thrown, operation, requestId, logger);
      const eventName = operation || (targetOf(request) ?? "");
      refused?.note(request, { eventSource, eventName, requestId, error, caller: known });
      refuse(request, response, requestId, error);
    };
    try {
      const { localAddress } = request.socket;
      const api = apiHost(request.headers.host ?? "");
      if (!(api && isOfAws(api)) && !serves(api?.domain ?? request.headers.host, localAddress)) {
        throw httpErrors.host(request.headers.host);
      }
      // A host of an API has its web routes, and nothing else.
      if (api !== undefined) {
        if (options.routes?.handle(request, response, authenticator) === true) return;
        throw httpErrors.host(request.headers.host);
      }
      if (options.customResources?.handle(request, response) === true) return;
      if (options.functionCode?.handle(request, response) === true) return;
      // What Step Functions is asked for is told first: it waits for nobody's search.
      if (services !== undefined && targetOf(request) === undefined) {
        const passOn = (body: Buffer): void => {
          if (query === undefined) failed(httpErrors.contentType());
          else query.handleRead(request, response, requestId, body);
        };
        if (services.handle(request, response, requestId, passOn)) return;
      }
      if (options.console?.handle(request, response) === true) return;
      if (options.hooks?.handle(request, response) === true) return;
      if (options.routes?.handle(request, response, authenticator) === true) return;
      const health = healthAnswer(request, options.isReady, options.auditFailure);
      if (health !== undefined) {
        answer(response, requestId, health.status, health.body, "application/json");
        return;
      }
      if (request.method !== "POST" || request.url !== "/") {
        void answerOther(request, response, requestId);
        return;
      }
      if (query?.handle(request, response, requestId) === true) return;
      const claimed = authenticator?.read(request, signedServices);
      operation = operationOf(request);
      const waitSeconds = waitSecondsOf(request, operation);
      const filter = filterOf(request, operation);
      const called =
        filter === undefined ? service : filteredService(service, filter, options.console?.find);
      const context = new HttpRequestContext(request, response, {
        scope: service.scope,
        openRequests,
        waitSeconds,
        requestId,
      });
      readBody(request, maxBodyBytes, (body) => {
        if (body === undefined) {
          failed(httpErrors.tooLarge(maxBodyBytes));
          return;
        }
        const proceed = (caller?: Caller): void => {
          if (caller !== undefined) context.caller = known = caller;
          requestLimits?.take(context.caller, operation);
          const input = inTraceOfRequest(operation, parseBody(body.toString()), request.headers);
          void perform(called, operation, input, context, requestId, logger).then((result) =>
            answer(response, requestId, result.status, result.body, contentType),
          );
        };
        try {
          const caller = claimed && authenticator?.callerOf(claimed, request, body);
          // Mostly nothing has to be read to know a key: then nobody waits.
          if (caller instanceof Promise) caller.then(proceed).catch(failed);
          else proceed(caller);
        } catch (thrown) {
          failed(thrown);
        }
      });
    } catch (error) {
      failed(error);
    }
  }

  /** Answers what is no call of the API. */
  async function answerOther(
    request: IncomingMessage,
    response: ServerResponse,
    requestId: string,
  ): Promise<void> {
    const { method, url } = request;
    const context = new HttpRequestContext(request, response, {
      scope: service.scope,
      openRequests,
      requestId,
    });
    const { metrics } = options;
    try {
      if (metrics !== undefined && isMetricsRequest(request) && hasMetricsToken(request, metrics)) {
        answerText(response, requestId, 200, metricsText(metrics), expositionType);
        return;
      }
      if (authenticator !== undefined) {
        const claimed = authenticator.read(request, signedServices);
        context.caller = await authenticator.callerOf(claimed, request, noBody);
      }
      if (metrics !== undefined && isMetricsRequest(request)) {
        await mayReadMetrics(metrics, context);
        answerText(response, requestId, 200, metricsText(metrics), expositionType);
        return;
      }
      const ours =
        (await answerExpressRequest(method, url, service.expressExecutions, context)) ??
        (options.usage && (await answerUsageRequest(method, url, options.usage, context))) ??
        consolePlace(method, url, options.console);
      if (ours === undefined) throw httpErrors.method(method, url);
      answer(response, requestId, ours.status, ours.body, "application/json");
    } catch (thrown) {
      const error = answerOf(thrown, "", requestId, logger);
      const eventName = `${method} ${url?.split("?", 1)[0]}`;
      refused?.note(request, { eventSource, eventName, requestId, error });
      refuse(request, response, requestId, error);
    }
  }

  /** Answers a request whose body nobody reads: the connection cannot be used for another one. */
  function refuse(
    request: IncomingMessage,
    response: ServerResponse,
    requestId: string,
    error: ApiError,
  ): void {
    if (!request.complete) {
      response.shouldKeepAlive = false;
      request.resume();
    }
    answer(response, requestId, error.statusCode, error.body, contentType);
  }

  function answer(
    response: ServerResponse,
    requestId: string,
    status: number,
    body: JsonObject,
    type: string,
  ): void {
    answerText(response, requestId, status, JSON.stringify(body), type);
  }

  function answerText(
    response: ServerResponse,
    requestId: string,
    status: number,
    text: string,
    type: string,
  ): void {
    if (response.destroyed) return;
    // Whoever balances calls is to find another way before this one is closed.
    if (closing || options.isReady?.() === false) response.shouldKeepAlive = false;
    response.writeHead(status, {
      "Content-Type": type,
      "Content-Length": Buffer.byteLength(text),
      "x-amzn-RequestId": requestId,
    });
    response.end(text);
  }

  const listener = createListener(handle, options);

  return {
    listen: () => listener.listen(host, port),

    async close(graceMs) {
      closing = true;
      const closed = listener.close(graceMs);
      openRequests.abortAll();
      options.console?.close();
      await closed;
    },
  };
}

/** Caller and signal are made when somebody asks for them: mostly nobody asks who it is, and most operations never wait. */
class HttpRequestContext implements RequestContext {
  readonly waitSeconds?: number;
  readonly requestId: string;
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #scope: ArnScope;
  readonly #openRequests: OpenRequests;
  #caller: Caller | undefined;
  #signal: AbortSignal | undefined;

  constructor(
    request: IncomingMessage,
    response: ServerResponse,
    {
      scope,
      openRequests,
      waitSeconds,
      requestId,
    }: {
      readonly scope: ArnScope;
      readonly openRequests: OpenRequests;
      readonly waitSeconds?: number | undefined;
      readonly requestId: string;
    },
  ) {
    this.requestId = requestId;
    this.#request = request;
    this.#response = response;
    this.#scope = scope;
    this.#openRequests = openRequests;
    if (waitSeconds !== undefined) this.waitSeconds = waitSeconds;
  }

  get caller(): Caller {
    return (this.#caller ??= {
      ...callerOf(this.#request.headers, this.#scope),
      from: originOf(this.#request),
    });
  }

  /** Who it is that has signed the request. */
  set caller(verified: Caller) {
    this.#caller = verified;
  }

  get signal(): AbortSignal {
    return (this.#signal ??= this.#openRequests.signalFor(this.#response));
  }
}
