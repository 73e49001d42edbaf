import type { IncomingMessage } from "node:http";

/**
 * Why a request to the console's own API is refused; `undefined`: it is not. Pages of other origins may neither read nor
 * write here: browsers say where a request comes from, and what is no browser says nothing.
 */
export function crossOriginProblem(
  request: IncomingMessage,
  bodyType = "application/json",
): string | undefined {
  const { host, origin } = request.headers;
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") {
    return "Pages of other origins may not use the console's API.";
  }
  if (origin !== undefined && hostOf(origin) !== host) {
    return `Pages of ${origin} may not use the console's API.`;
  }
  if (request.method !== "GET" && request.method !== "HEAD") {
    const type = request.headers["content-type"] ?? "";
    const [given = ""] = type.split(";", 1);
    if (given.trim().toLowerCase() !== bodyType) return `The body has to be ${bodyType}.`;
  }
  return undefined;
}

/**
 * Why a request by a browser's session is refused; `undefined`: it is not. A cookie goes with whatever a browser sends, so one that may change
 * something has to say that it comes from a page of this server's: by `Sec-Fetch-Site`, or by `Origin` from browsers that lack it.
 * *Documented*: OWASP, Cross-Site Request Forgery Prevention.
 */
export function forgeryProblem(request: IncomingMessage, isSecure: boolean): string | undefined {
  if (request.method === "GET" || request.method === "HEAD") return undefined;
  const { host, origin } = request.headers;
  const site = request.headers["sec-fetch-site"];
  const isOwnOrigin =
    origin !== undefined &&
    hostOf(origin) === host &&
    // Whoever is on the way can make pages of this host without TLS.
    (!isSecure || origin.startsWith("https:"));
  const isOwn = origin === undefined ? site === "same-origin" : isOwnOrigin;
  return isOwn ? undefined : "A browser's session is used by pages of this server only.";
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
