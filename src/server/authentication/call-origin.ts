import type { IncomingMessage } from "node:http";
import type { TLSSocket } from "node:tls";
import type { CallOrigin } from "../../ports/caller.ts";

/** Where a request came from. Our choice: what a proxy says of it is not believed, since anybody can say so. */
export function originOf(request: IncomingMessage): CallOrigin {
  const userAgent = request.headers["user-agent"];
  return {
    sourceIp: addressOf(request),
    isSecure: (request.socket as Partial<TLSSocket>).encrypted === true,
    ...(userAgent !== undefined && { userAgent }),
  };
}

/** The address that the connection is from; one of IPv4 as such. */
export function addressOf({ socket }: IncomingMessage): string {
  const address = socket.remoteAddress ?? "";
  return address.startsWith(mapped) ? address.slice(mapped.length) : address;
}

/** *Documented*: RFC 4291, IPv4-mapped IPv6 addresses. */
const mapped = "::ffff:";
