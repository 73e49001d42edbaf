import type { IncomingMessage } from "node:http";
import type { JsonObject } from "../expression/json.ts";

/**
 * What a probe is told, with a body if it is GET; `undefined` where the request is none. `live`: the process serves.
 * `ready`: calls should be sent to it, which a node of a cluster says from when it has its share until it begins to leave.
 */
export function healthAnswer(
  { method, url }: IncomingMessage,
  isReady: (() => boolean) | undefined,
  auditFailure: (() => string | undefined) | undefined,
): { readonly status: number; readonly body: JsonObject } | undefined {
  if (method !== "GET" && method !== "HEAD") return undefined;
  switch (url) {
    case "/":
    case "/health":
      return auditFailure?.() === undefined
        ? { status: 200, body: { status: "ok" } }
        : { status: 503, body: { status: "the audit log cannot be written" } };
    case "/health/live":
      return { status: 200, body: { status: "live" } };
    case "/health/ready":
      return isReady === undefined || isReady()
        ? { status: 200, body: { status: "ready" } }
        : { status: 503, body: { status: "not ready" } };
    default:
      return undefined;
  }
}
