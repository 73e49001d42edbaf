import type { IncomingMessage, ServerResponse } from "node:http";
import { ApiError } from "../../service/errors/api-error.ts";
import { readBody } from "../request-body.ts";
import { securityHeaders } from "./static-files.ts";

const maxBodyBytes = 2 * 1024 * 1024;

/** The rest of a body that nobody reads is thrown away, and the connection is not used again. */
export function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  body: object,
): void {
  if (!request.complete) {
    response.shouldKeepAlive = false;
    request.resume();
  }
  send(response, status, body);
}

export function send(response: ServerResponse, status: number, body: object): void {
  if (response.destroyed) return;
  const text = JSON.stringify(body);
  response.writeHead(status, {
    ...securityHeaders,
    "Content-Type": "application/json",
    "Content-Length": Buffer.byteLength(text),
    "Cache-Control": "no-store",
  });
  response.end(text);
}

/** Only what the designer keeps is put. */
export function hasBody({ method }: IncomingMessage, { pathname }: URL): boolean {
  return method === "POST" || (method === "PUT" && pathname.startsWith("/api/designer/"));
}

export const noBytes = Buffer.alloc(0);

export function bodyOf(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    readBody(request, maxBodyBytes, (body) => {
      if (body !== undefined) resolve(body);
      else reject(new ApiError("RequestEntityTooLargeException", "The body is too large."));
    });
  });
}

export function hostOf(request: IncomingMessage): string {
  return request.headers.host ?? "localhost";
}

/** A browser that goes to the address; a health check asks for anything. */
export function wantsPage(request: IncomingMessage): boolean {
  return /\btext\/html\b/.test(request.headers.accept ?? "");
}
