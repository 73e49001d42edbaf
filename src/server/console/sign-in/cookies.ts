import type { IncomingMessage } from "node:http";

/** A cookie of the console. */
export interface Cookie {
  /** `undefined`: the browser has none. One that is there twice is none: somebody else has set one of them. */
  read(request: IncomingMessage): string | undefined;
  /** The `Set-Cookie` for whoever has sent the request; it lasts as long as the browser is open, or that many seconds. */
  write(request: IncomingMessage, value: string, seconds?: number): string;
  /** The `Set-Cookie` that removes it. */
  remove(request: IncomingMessage): string;
}

/**
 * *Documented*: RFC 6265bis: with the prefix `__Host-` a cookie can be set by this host alone, over TLS, for all of it. Without TLS
 * there is no such cookie. *Our choice*: then its name has the port in it, since browsers do not tell ports apart, and several servers
 * on a laptop would sign each other's people out.
 */
export function consoleCookie(name: string, isSecure: boolean): Cookie {
  const nameFor = ({ socket }: IncomingMessage): string =>
    isSecure ? `__Host-${name}` : `${name}-${socket.localPort}`;
  // `Lax`: a link in a mail opens the console, and so does the one that a provider sends the browser back by.
  const rules = `Path=/; HttpOnly; SameSite=Lax${isSecure ? "; Secure" : ""}`;
  const write: Cookie["write"] = (request, value, seconds) =>
    `${nameFor(request)}=${value}; ${rules}${seconds === undefined ? "" : `; Max-Age=${seconds}`}`;
  return {
    read(request) {
      const own = nameFor(request);
      const values = (request.headers.cookie ?? "").split(";").flatMap((pair) => {
        const [key = "", ...value] = pair.split("=");
        return key.trim() === own ? [value.join("=").trim()] : [];
      });
      return values.length === 1 && values[0] !== "" ? values[0] : undefined;
    },
    write,
    remove: (request) => write(request, "", 0),
  };
}
