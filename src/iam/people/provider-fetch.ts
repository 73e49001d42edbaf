import { allowInsecureRequests, customFetch } from "oauth4webapi";

/** Our choices: somebody waits for it, and what a provider says is a few kilobytes. */
const timeoutMs = 10_000;
const mostBytes = 1024 * 1024;

interface RequestOptions {
  readonly [customFetch]: typeof boundedFetch;
  readonly [allowInsecureRequests]: boolean;
  readonly signal: AbortSignal;
}

/** How requests are made to a provider: with an end to wait for and to read, and without TLS on this machine only. */
export function providerFetch(issuer: URL): () => RequestOptions {
  const isInsecure = issuer.protocol === "http:" && isLoopbackName(issuer.hostname);
  return () => ({
    [customFetch]: boundedFetch,
    [allowInsecureRequests]: isInsecure,
    signal: AbortSignal.timeout(timeoutMs),
  });
}

/** Whether a provider may be reached there without TLS. */
export function isLoopbackName(host: string): boolean {
  return host === "localhost" || host === "127.0.0.1" || host === "[::1]";
}

async function boundedFetch(
  url: string,
  { body, ...init }: Omit<RequestInit, "body"> & { readonly body?: BodyInit | undefined },
): Promise<Response> {
  const response = await fetch(url, { ...init, body: body ?? null });
  const { status, headers } = response;
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    bytes += part.length;
    if (bytes > mostBytes) throw new Error(`the provider answers more than ${mostBytes} bytes`);
    parts.push(part);
  }
  const hasBody = status !== 204 && status !== 304;
  return new Response(hasBody ? Buffer.concat(parts) : null, { status, headers });
}
