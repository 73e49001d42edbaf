import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { apiHost } from "../../eventing/proxy/api-host.ts";
import type { Logger } from "../../ports/logger.ts";
import {
  gatewayAnswer,
  isAnswer,
  NotSigned,
  type RouteAnswer,
  type RouteHead,
} from "../../triggers/routes/route-exchange.ts";
import type { Routes } from "../../triggers/routes/routes.ts";
import type { Authenticator } from "../authentication/authenticator.ts";
import { originOf } from "../authentication/call-origin.ts";
import { readBody } from "../request-body.ts";

export interface RouteHttp {
  /** Answers the request if it is under `/api/`, or for a host of an API; `false`: it is neither. `authenticator` says who has signed it; absent: nobody is asked who he is. */
  handle(
    request: IncomingMessage,
    response: ServerResponse,
    authenticator?: Authenticator,
  ): boolean;
}

/** What requests of web routes are signed for. */
const signedServices = ["execute-api"];

/** Where web routes are. */
export const routesPath = "/api/";

export function createRouteHttp(routes: Pick<Routes, "receive">, logger: Logger): RouteHttp {
  async function answer(
    request: IncomingMessage,
    response: ServerResponse,
    asked: string,
    authenticator: Authenticator | undefined,
  ): Promise<RouteAnswer> {
    const received = await routes.receive(headOf(request, response, asked, authenticator));
    if (isAnswer(received)) return received;
    return received.answer(await bodyOf(request, received.maxBodyBytes));
  }

  return {
    handle(request, response, authenticator) {
      const asked = askedRoute(request);
      if (asked === undefined) return false;
      answer(request, response, asked, authenticator).then(
        (answered) => send(request, response, answered),
        (error: unknown) => {
          logger.error("a web route has failed", { path: request.url, reason: String(error) });
          send(request, response, gatewayAnswer(500, "Internal Server Error"));
        },
      );
      return true;
    },
  };
}

/** What stands behind `/api/`, with the query; of a host of an API it is the API with all of the path. `undefined`: it is no web route. */
function askedRoute({ url = "/", headers: { host = "" } }: IncomingMessage): string | undefined {
  const named = apiHost(host);
  if (named !== undefined) return `${named.api}${url}`;
  return url.startsWith(routesPath) ? url.slice(routesPath.length) : undefined;
}

function headOf(
  request: IncomingMessage,
  response: ServerResponse,
  asked: string,
  authenticator: Authenticator | undefined,
): RouteHead {
  const { method = "GET", headersDistinct } = request;
  const question = asked.indexOf("?");
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  const { sourceIp, isSecure } = originOf(request);
  return {
    method,
    path: question < 0 ? asked : asked.slice(0, question),
    query: new URLSearchParams(question < 0 ? "" : asked.slice(question + 1)),
    headers: headersDistinct as RouteHead["headers"],
    sourceIp,
    isSecure,
    requestId: randomUUID(),
    signal: gone.signal,
    signedBy:
      authenticator &&
      (async (body) => {
        if (request.headers.authorization === undefined) throw new NotSigned();
        return authenticator.callerOf(authenticator.read(request, signedServices), request, body);
      }),
  };
}

/** `undefined`: it is too large. */
function bodyOf(request: IncomingMessage, maxBytes: number): Promise<Uint8Array | undefined> {
  return new Promise((resolve) => {
    readBody(request, maxBytes, resolve);
  });
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: RouteAnswer,
): void {
  if (response.destroyed) return;
  if (!request.complete) {
    response.shouldKeepAlive = false;
    request.resume();
  }
  for (const [name, values] of Object.entries(headers)) response.setHeader(name, values);
  response.setHeader("X-Content-Type-Options", "nosniff");
  if (status !== 204) response.setHeader("Content-Length", Buffer.byteLength(body));
  response.writeHead(status);
  response.end(request.method === "HEAD" || status === 204 ? undefined : body);
}
