import { randomUUID } from "node:crypto";
import type { Server } from "node:http";
import type { Socket } from "node:net";
import { contentType } from "./aws-json.ts";
import { httpErrors } from "./http-errors.ts";

/** Answers what is no HTTP, or comes too slowly, in the protocol's form, and ends the connection. */
export function answerClientErrors(server: Server): void {
  server.on("clientError", (error: NodeJS.ErrnoException, stream) => {
    const socket = stream as Socket;
    if (error.code === "ECONNRESET" || !socket.writable) {
      socket.destroy();
      return;
    }
    const [status, text] = statusOf(error.code);
    const body = JSON.stringify(httpErrors.badRequest(text).body);
    socket.end(
      `HTTP/1.1 ${status} ${text}\r\nConnection: close\r\nContent-Type: ${contentType}\r\n` +
        `Content-Length: ${body.length}\r\nx-amzn-RequestId: ${randomUUID()}\r\n\r\n${body}`,
    );
  });
}

function statusOf(code: string | undefined): readonly [number, string] {
  switch (code ?? "") {
    case "HPE_HEADER_OVERFLOW":
      return [431, "Request Header Fields Too Large"];
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return [408, "Request Timeout"];
    default:
      return [400, "Bad Request"];
  }
}
