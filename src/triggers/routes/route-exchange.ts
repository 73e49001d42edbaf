import type { Caller } from "../../ports/caller.ts";

/** A web request before its body has been read. */
export interface RouteHead {
  readonly method: string;
  /** What stands behind `/api/`: `orders/prod/items/7`. As it was sent, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** By names in lower case. */
  readonly headers: { readonly [name: string]: readonly string[] };
  readonly sourceIp: string;
  readonly isSecure: boolean;
  readonly requestId: string;
  /** Ends when the client has gone. */
  readonly signal: AbortSignal;
  /** Who has signed the request, once its body is there. Rejects with a {@link NotSigned}, or with what is wrong with the signature; `undefined`: nobody is asked who he is. */
  readonly signedBy?: ((body: Uint8Array) => Promise<Caller>) | undefined;
}

/** Nobody has signed the request. */
export class NotSigned extends Error {
  override readonly name = "NotSigned";
}

export interface RouteAnswer {
  readonly status: number;
  readonly headers: { readonly [name: string]: readonly string[] };
  /** Bytes, where they are no text. */
  readonly body: string | Uint8Array;
}

/** A request whose head says what it is for. */
export interface AwaitedBody {
  readonly maxBodyBytes: number;
  /** `undefined`: the body is longer than that. */
  answer(body: Uint8Array | undefined): Promise<RouteAnswer>;
}

export function isAnswer(received: RouteAnswer | AwaitedBody): received is RouteAnswer {
  return "status" in received;
}

/** An answer of the gateway's own. *Documented*: HTTP APIs say what is wrong in `message` alone. */
export function gatewayAnswer(
  status: number,
  message: string,
): RouteAnswer & { readonly body: string } {
  return {
    status,
    headers: { "content-type": ["application/json"] },
    body: JSON.stringify({ message }),
  };
}
