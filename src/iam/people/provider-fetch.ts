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
  return () => ({
    [customFetch]: boundedFetch,
    [allowInsecureRequests]: issuer.protocol === "http:" && isProviderUrl(issuer.href),
    signal: AbortSignal.timeout(timeoutMs),
  });
}

/** Whether a provider may be there: with TLS, or on this machine. */
export function isProviderUrl(text: string): boolean {
  const { protocol, hostname } = new URL(text);
  return protocol === "https:" || ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
}

async function boundedFetch(
  url: string,
  {
    body,
    ...init
  }: Omit<RequestInit, "body"> & { readonly body?: RequestInit["body"] | undefined },
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
