import type { CorsRecord } from "./api-record.ts";
import type { RouteAnswer, RouteHead } from "./route-exchange.ts";

/**
 * The answer to a browser's question whether a page of another origin may ask; `undefined`: the request is none.
 * *Documented*: HTTP APIs, CORS: with a configuration API Gateway answers preflight requests itself, whatever routes there are.
 */
export function preflightAnswer(
  cors: CorsRecord | undefined,
  { method, headers }: Pick<RouteHead, "method" | "headers">,
): RouteAnswer | undefined {
  const isPreflight =
    method === "OPTIONS" && headers["access-control-request-method"] !== undefined;
  if (cors === undefined || !isPreflight) return undefined;
  const origin = allowedOrigin(cors, headers);
  if (origin === undefined) return { status: 204, headers: {}, body: "" };
  return {
    status: 204,
    headers: {
      ...originHeaders(cors, origin),
      ...listed("access-control-allow-methods", cors.allowMethods),
      ...listed("access-control-allow-headers", cors.allowHeaders),
      ...(cors.maxAge !== undefined && { "access-control-max-age": [String(cors.maxAge)] }),
    },
    body: "",
  };
}

/** *Documented*: what is configured replaces headers of the integration's answer. */
export function withCors(
  cors: CorsRecord | undefined,
  headers: RouteHead["headers"],
  answer: RouteAnswer,
): RouteAnswer {
  if (cors === undefined) return answer;
  const kept = Object.entries(answer.headers).filter(
    ([name]) => !name.startsWith("access-control-"),
  );
  const origin = allowedOrigin(cors, headers);
  return {
    ...answer,
    headers: {
      ...Object.fromEntries(kept),
      ...(origin !== undefined && {
        ...originHeaders(cors, origin),
        ...listed("access-control-expose-headers", cors.exposeHeaders),
      }),
    },
  };
}

/** `https://*` allows every origin of that scheme. */
function allowedOrigin(
  { allowOrigins = [], allowCredentials = false }: CorsRecord,
  headers: RouteHead["headers"],
): string | undefined {
  const [origin] = headers["origin"] ?? [];
  if (origin === undefined) return undefined;
  const isAllowed = allowOrigins.some(
    (allowed) =>
      allowed === "*" ||
      allowed.toLowerCase() === origin.toLowerCase() ||
      (allowed.endsWith("://*") && origin.startsWith(allowed.slice(0, -1))),
  );
  if (!isAllowed) return undefined;
  return allowOrigins.includes("*") && !allowCredentials ? "*" : origin;
}

function originHeaders({ allowCredentials }: CorsRecord, origin: string): RouteAnswer["headers"] {
  return {
    "access-control-allow-origin": [origin],
    ...(origin !== "*" && { vary: ["Origin"] }),
    ...(allowCredentials === true && { "access-control-allow-credentials": ["true"] }),
  };
}

function listed(name: string, values: readonly string[] | undefined): RouteAnswer["headers"] {
  return values === undefined || values.length === 0 ? {} : { [name]: [values.join(",")] };
}
