import { STATUS_CODES } from "node:http";
import { apiHost, isOfAws } from "../../eventing/proxy/api-host.ts";
import type { Clock } from "../../ports/clock.ts";
import type { OwnApiAnswer, OwnWebApis } from "../../ports/own-web-apis.ts";
import type { HttpClient, HttpClientOptions, HttpOutcome, HttpRequest } from "./http-client.ts";

/** The API of this server that a URL names as AWS would; `undefined`: it names none that is here. */
export async function ownApiOf(
  apis: OwnWebApis | undefined,
  url: URL,
): Promise<string | undefined> {
  const named = apis && apiHost(url.host);
  if (named === undefined || !isOfAws(named)) return undefined;
  return (await apis?.has(named.api)) === true ? named.api : undefined;
}

/** A client that asks this server's own APIs without leaving it: at AWS there is nobody of that name. */
export function withOwnApis(
  client: HttpClient,
  apis: OwnWebApis | undefined,
  { clock, mostBytes }: Pick<HttpClientOptions, "clock" | "mostBytes">,
): HttpClient {
  if (apis === undefined) return client;
  return {
    async send(request) {
      const api = await ownApiOf(apis, request.url);
      if (api === undefined) return client.send(request);
      const { method, url, headers, body, caller } = request;
      return withinTime(clock, request, async (signal) =>
        outcomeOf(await apis.ask({ api, method, url, headers, body, caller, signal }), mostBytes),
      );
    },
    close: () => client.close(),
  };
}

function withinTime(
  clock: Clock,
  { signal, timeoutMs }: Pick<HttpRequest, "signal" | "timeoutMs">,
  ask: (signal: AbortSignal) => Promise<HttpOutcome>,
): Promise<HttpOutcome> {
  if (signal.aborted) return Promise.resolve({ type: "aborted" });
  return new Promise((resolve) => {
    const ended = new AbortController();
    const settle = (outcome: HttpOutcome): void => {
      cancelTimer();
      signal.removeEventListener("abort", aborted);
      resolve(outcome);
      ended.abort();
    };
    const aborted = (): void => settle({ type: "aborted" });
    const cancelTimer = clock.schedule(clock.now() + timeoutMs, () => settle({ type: "timedOut" }));
    signal.addEventListener("abort", aborted);
    ask(ended.signal).then(settle, (error: unknown) =>
      settle({ type: "failed", error: error instanceof Error ? error : new Error(String(error)) }),
    );
  });
}

function outcomeOf({ status, headers, body }: OwnApiAnswer, mostBytes: number): HttpOutcome {
  const bytes = Buffer.from(body);
  if (bytes.length > mostBytes) return { type: "tooLong" };
  return {
    type: "answered",
    statusCode: status,
    statusText: STATUS_CODES[status] ?? "",
    headers: Object.entries(headers).flatMap(([name, values]) =>
      values.map((value) => [name, value] as const),
    ),
    body: bytes,
  };
}
