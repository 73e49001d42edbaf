import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { JsonObject } from "../expression/json.ts";
import type { ArnScope } from "../machine/arns.ts";
import type { Caller } from "../ports/caller.ts";
import type { Logger } from "../ports/logger.ts";
import type { ApiError } from "../service/errors/api-error.ts";
import type { RequestContext } from "../service/operation.ts";
import type { Service } from "../service/service.ts";
import { answerOf, contentType, operationOf, perform, waitSecondsOf } from "./aws-json.ts";
import { callerOf } from "./caller.ts";
import { answerClientErrors } from "./client-errors.ts";
import { answerExpressRequest } from "./express-api.ts";
import { httpErrors } from "./http-errors.ts";
import { healthAnswer } from "./health.ts";
import { listenError } from "./listen-error.ts";
import { createOpenRequests, type OpenRequests } from "./open-requests.ts";
import type { ConsoleHttp } from "./console/console-http.ts";
import type { HookHttp } from "./hooks/hook-http.ts";
import type { QueryHttp } from "./query-protocol/query-http.ts";
import { readBody } from "./request-body.ts";
import { servedHosts } from "./served-hosts.ts";

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
  /** IAM and STS, beside the API; absent: there are none. */
  readonly query?: QueryHttp | undefined;
}

export interface HttpServer {
  /** Rejects with an error that says what to do if the port cannot be had. */
  listen(): Promise<{ readonly host: string; readonly port: number }>;
  /** Stops accepting, ends the long polls, lets the other requests finish for `graceMs`. */
  close(graceMs: number): Promise<void>;
}

/** Documented: a request is at most 1 MB with its headers. Our choice: that much for the body, and room for escapes. */
const maxBodyBytes = 1024 * 1024 + 64 * 1024;

/** The API over HTTP: AWS JSON 1.0 at `POST /`, a health answer at `GET /health`, and what express-api.ts has. */
export function createHttpServer(options: HttpServerOptions): HttpServer {
  const { service, logger, host, port } = options;
  const serves = servedHosts([host, ...(options.hosts ?? [])]);
  const openRequests = createOpenRequests();
  let closing = false;

  function handle(request: IncomingMessage, response: ServerResponse): void {
    const requestId = randomUUID();
    let operation = "";
    try {
      if (!serves(request.headers.host, request.socket.localAddress)) {
        throw httpErrors.host(request.headers.host);
      }
      if (options.console?.handle(request, response) === true) return;
      if (options.hooks?.handle(request, response) === true) return;
      const health = healthAnswer(request, options.isReady);
      if (health !== undefined) {
        answer(response, requestId, health.status, health.body, "application/json");
        return;
      }
      if (request.method !== "POST" || request.url !== "/") {
        void answerOther(request, response, requestId);
        return;
      }
      if (options.query?.handle(request, response, requestId) === true) return;
      operation = operationOf(request);
      const waitSeconds = waitSecondsOf(request, operation);
      const context = new HttpRequestContext(request, response, {
        scope: service.scope,
        openRequests,
        waitSeconds,
      });
      readBody(request, maxBodyBytes, (body) => {
        if (typeof body !== "string") {
          refuse(request, response, requestId, httpErrors.tooLarge(maxBodyBytes));
          return;
        }
        void perform(service, operation, body, context, requestId, logger).then((result) =>
          answer(response, requestId, result.status, result.body, contentType),
        );
      });
    } catch (error) {
      refuse(request, response, requestId, answerOf(error, operation, requestId, logger));
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
    });
    try {
      const ours = await answerExpressRequest(method, url, service.expressExecutions, context);
      if (ours === undefined) throw httpErrors.method(method, url);
      answer(response, requestId, ours.status, ours.body, "application/json");
    } catch (error) {
      refuse(request, response, requestId, answerOf(error, "", requestId, logger));
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
    if (response.destroyed) return;
    // Whoever balances calls is to find another way before this one is closed.
    if (closing || options.isReady?.() === false) response.shouldKeepAlive = false;
    const text = JSON.stringify(body);
    response.writeHead(status, {
      "Content-Type": type,
      "Content-Length": Buffer.byteLength(text),
      "x-amzn-RequestId": requestId,
    });
    response.end(text);
  }

  const server = createServer(
    {
      // A client gets this long to send its request, and its headers; how long an answer takes is not limited by it.
      requestTimeout: 60_000,
      headersTimeout: 20_000,
      connectionsCheckingInterval: 5_000,
      // Longer than the 60 seconds that load balancers and SDKs keep an idle connection.
      keepAliveTimeout: 75_000,
      noDelay: true,
      // A request without a Host is refused like one with a wrong Host.
      requireHostHeader: false,
    },
    handle,
  );
  answerClientErrors(server);

  return {
    listen() {
      return new Promise((resolve, reject) => {
        server.once("error", (error) => reject(listenError(error, host, port)));
        server.listen(port, host, () => {
          server.removeAllListeners("error");
          server.on("error", (error) => logger.error("the HTTP server", { error: error.message }));
          resolve({ host, port: (server.address() as AddressInfo).port });
        });
      });
    },

    async close(graceMs) {
      closing = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      openRequests.abortAll();
      options.console?.close();
      const timer = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(timer);
    },
  };
}

/** Caller and signal are made when somebody asks for them: mostly nobody asks who it is, and most operations never wait. */
class HttpRequestContext implements RequestContext {
  readonly waitSeconds?: number;
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #scope: ArnScope;
  readonly #openRequests: OpenRequests;
  #signal: AbortSignal | undefined;

  constructor(
    request: IncomingMessage,
    response: ServerResponse,
    {
      scope,
      openRequests,
      waitSeconds,
    }: {
      readonly scope: ArnScope;
      readonly openRequests: OpenRequests;
      readonly waitSeconds?: number | undefined;
    },
  ) {
    this.#request = request;
    this.#response = response;
    this.#scope = scope;
    this.#openRequests = openRequests;
    if (waitSeconds !== undefined) this.waitSeconds = waitSeconds;
  }

  get caller(): Caller {
    return callerOf(this.#request.headers, this.#scope);
  }

  get signal(): AbortSignal {
    return (this.#signal ??= this.#openRequests.signalFor(this.#response));
  }
}
