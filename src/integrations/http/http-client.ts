import { Agent as HttpAgent, type IncomingMessage, request as httpRequest } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import type { ConnectionOptions } from "node:tls";
import type { Caller } from "../../ports/caller.ts";
import type { Clock } from "../../ports/clock.ts";
import {
  addressOfHost,
  type AddressGuard,
  AddressRefused,
  guardedLookup,
  type Resolve,
} from "./address-guard.ts";

export type Header = readonly [name: string, value: string];

export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  /** Checked: names and values that HTTP can have. One that is there twice is sent twice. */
  readonly headers: readonly Header[];
  readonly body?: string | undefined;
  /** Who would sign it, where it is for an API of this server, which is asked without a signature; absent: nobody. */
  readonly caller?: Caller | undefined;
  readonly signal: AbortSignal;
  /** How long it may take until the whole answer is there. */
  readonly timeoutMs: number;
}

export interface HttpAnswer {
  readonly statusCode: number;
  readonly statusText: string;
  /** In the order and the spelling in which they came. */
  readonly headers: readonly Header[];
  readonly body: Buffer;
}

export type HttpOutcome =
  | ({ readonly type: "answered" } & HttpAnswer)
  /** The host has an address that may not be called; nothing was sent. */
  | { readonly type: "addressRefused"; readonly host: string }
  | { readonly type: "timedOut" }
  /** No answer came, or not all of one. */
  | { readonly type: "failed"; readonly error: Error }
  /** The answer is longer than any that is wanted. */
  | { readonly type: "tooLong" }
  /** Nobody waits for it any more. */
  | { readonly type: "aborted" };

/** Sends requests over HTTP, each once. Redirects are answers like others. */
export interface HttpClient {
  send(request: HttpRequest): Promise<HttpOutcome>;
  /** Ends what is under way. */
  close(): void;
}

export interface HttpClientOptions {
  readonly clock: Clock;
  /** Absent: any address may be called, for hosts that only the configuration names. */
  readonly guard?: AddressGuard;
  readonly resolve?: Resolve;
  readonly tls?: Pick<
    ConnectionOptions,
    "ca" | "cert" | "key" | "rejectUnauthorized" | "servername"
  >;
  /** The most bytes of an answer that are read. */
  readonly mostBytes: number;
}

/** Our choice: calls may wait for a minute, so many are open at a time. */
const maxSockets = 1_000;

/**
 * The environment's proxies are not asked: what connects is the one place where addresses are checked. Our choice: no
 * connection is kept for later calls, so that none fails because the other side has just closed an idle one.
 */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const { clock, guard, resolve, tls, mostBytes } = options;
  const lookup = guard && { lookup: guardedLookup(guard, resolve) };
  const plain = new HttpAgent({ maxSockets, ...lookup });
  const secure = new HttpsAgent({ maxSockets, ...lookup, ...tls });
  const closing = new AbortController();

  return {
    send({ method, url, headers, body, signal, timeoutMs }) {
      // A socket asks for no lookup where the host is an address.
      const address = addressOfHost(url.hostname);
      if (address !== undefined && guard?.allows(url.hostname, address) === false) {
        return Promise.resolve({ type: "addressRefused", host: url.hostname });
      }
      if (signal.aborted || closing.signal.aborted) return Promise.resolve({ type: "aborted" });
      return new Promise((resolvePromise) => {
        const isSecure = url.protocol === "https:";
        const sent = (isSecure ? httpsRequest : httpRequest)({
          host: address ?? url.hostname,
          port: url.port === "" ? undefined : url.port,
          path: `${url.pathname}${url.search}`,
          method,
          agent: isSecure ? secure : plain,
          headers: { Host: url.host, ...grouped(headers), ...lengthOf(body) },
        });
        const settle = (outcome: HttpOutcome): void => {
          cancelTimer();
          signal.removeEventListener("abort", aborted);
          closing.signal.removeEventListener("abort", aborted);
          resolvePromise(outcome);
          sent.destroy();
        };
        const aborted = (): void => settle({ type: "aborted" });
        const cancelTimer = clock.schedule(clock.now() + timeoutMs, () =>
          settle({ type: "timedOut" }),
        );
        signal.addEventListener("abort", aborted);
        closing.signal.addEventListener("abort", aborted);
        // Also what is said after it is settled, which nobody minds.
        sent.on("error", (error) => {
          settle(
            error instanceof AddressRefused
              ? { type: "addressRefused", host: url.hostname }
              : { type: "failed", error },
          );
        });
        sent.on("close", () => settle({ type: "failed", error: cutOff() }));
        sent.on("response", (response) => readAnswer(response, mostBytes, settle));
        sent.end(body);
      });
    },
    close() {
      closing.abort();
      plain.destroy();
      secure.destroy();
    },
  };
}

function readAnswer(
  response: IncomingMessage,
  mostBytes: number,
  settle: (outcome: HttpOutcome) => void,
): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  response.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > mostBytes) settle({ type: "tooLong" });
    else chunks.push(chunk);
  });
  response.on("error", (error) => settle({ type: "failed", error }));
  response.on("end", () => {
    if (!response.complete) return settle({ type: "failed", error: cutOff() });
    const { statusCode = 0, statusMessage = "", rawHeaders } = response;
    const headers: Header[] = [];
    for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
      headers.push([rawHeaders[index] as string, rawHeaders[index + 1] as string]);
    }
    const body = Buffer.concat(chunks);
    settle({ type: "answered", statusCode, statusText: statusMessage, headers, body });
  });
}

function cutOff(): Error {
  return new Error("The connection was closed before the whole answer had come");
}

/** As Node takes headers: those of one name, in whatever case, in one list. */
function grouped(headers: readonly Header[]): { readonly [name: string]: readonly string[] } {
  const byName = new Map<string, { readonly name: string; readonly values: string[] }>();
  for (const [name, value] of headers) {
    const known = byName.get(name.toLowerCase());
    if (known === undefined) byName.set(name.toLowerCase(), { name, values: [value] });
    else known.values.push(value);
  }
  return Object.fromEntries([...byName.values()].map(({ name, values }) => [name, values]));
}

function lengthOf(body: string | undefined): { readonly [name: string]: string } {
  return body === undefined ? {} : { "Content-Length": String(Buffer.byteLength(body)) };
}
