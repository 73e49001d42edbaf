import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Logger } from "../../ports/logger.ts";
import {
  gatewayAnswer,
  isAnswer,
  type RouteAnswer,
  type RouteHead,
} from "../../triggers/routes/route-exchange.ts";
import type { Routes } from "../../triggers/routes/routes.ts";
import type { Authenticator } from "../authentication/authenticator.ts";
import { originOf } from "../authentication/call-origin.ts";
import { readBody } from "../request-body.ts";

export interface RouteHttp {
  /** Answers the request if it is under `/api/`; `false`: it is not. `authenticator` says who has signed it; absent: nobody is asked who he is. */
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
    authenticator: Authenticator | undefined,
  ): Promise<RouteAnswer> {
    const received = await routes.receive(headOf(request, response, authenticator));
    if (isAnswer(received)) return received;
    return received.answer(await bodyOf(request, received.maxBodyBytes));
  }

  return {
    handle(request, response, authenticator) {
      if (request.url?.startsWith(routesPath) !== true) return false;
      answer(request, response, authenticator).then(
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

function headOf(
  request: IncomingMessage,
  response: ServerResponse,
  authenticator: Authenticator | undefined,
): RouteHead {
  const { method = "GET", url = "", headersDistinct } = request;
  const question = url.indexOf("?");
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  const { sourceIp, isSecure } = originOf(request);
  return {
    method,
    path: url.slice(routesPath.length, question < 0 ? undefined : question),
    query: new URLSearchParams(question < 0 ? "" : url.slice(question + 1)),
    headers: headersDistinct as RouteHead["headers"],
    sourceIp,
    isSecure,
    requestId: randomUUID(),
    signal: gone.signal,
    signedBy:
      authenticator &&
      (async (body) =>
        authenticator.callerOf(authenticator.read(request, signedServices), request, body)),
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
