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

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
