import type { Ids } from "../../ports/ids.ts";
import type { OwnWebApis } from "../../ports/own-web-apis.ts";
import { isAnswer, NotSigned } from "./route-exchange.ts";
import type { Routes } from "./routes.ts";

export interface OwnApisOptions {
  readonly ids: Pick<Ids, "uuid">;
  /** Whether who calls is asked for: a request that nobody would sign may then ask nothing that wants a signature. */
  readonly isAsked: boolean;
}

/** Where requests are from that never leave this process. */
const ownAddress = "127.0.0.1";

/** Web routes as tasks ask them, without a connection. */
export function ownApis(
  routes: Pick<Routes, "has" | "receive">,
  { ids, isAsked }: OwnApisOptions,
): OwnWebApis {
  return {
    has: (api) => routes.has(api),
    async ask({ api, method, url, headers, body, caller, signal }) {
      const received = await routes.receive({
        method,
        path: `${api}${url.pathname}`,
        query: url.searchParams,
        headers: { host: [url.host], ...byName(headers) },
        sourceIp: ownAddress,
        isSecure: true,
        requestId: ids.uuid(),
        signal,
        signedBy: isAsked
          ? () => (caller === undefined ? Promise.reject(new NotSigned()) : Promise.resolve(caller))
          : undefined,
      });
      if (isAnswer(received)) return received;
      const bytes = Buffer.from(body ?? "");
      return received.answer(bytes.length > received.maxBodyBytes ? undefined : bytes);
    },
  };
}

function byName(headers: readonly (readonly [string, string])[]): {
  readonly [name: string]: readonly string[];
} {
  const found: Record<string, string[]> = {};
  for (const [name, value] of headers) (found[name.toLowerCase()] ??= []).push(value);
  return found;
}
