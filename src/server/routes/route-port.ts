import type { Logger } from "../../ports/logger.ts";
import type { RoutesConfiguration } from "../../triggers/routes/routes-configuration.ts";
import type { Authenticator } from "../authentication/authenticator.ts";
import { createListener } from "../listener.ts";
import type { TlsFiles } from "../tls/tls-files.ts";
import type { RouteHttp } from "./route-http.ts";

/** A port that serves web routes and nothing else: it can be open to whom the API is not. */
export interface RoutePort {
  listen(): Promise<{ readonly host: string; readonly port: number }>;
  close(graceMs: number): Promise<void>;
}

/** `undefined`: the configuration names none. */
export function createRoutePort(
  http: RouteHttp,
  {
    routes,
    host,
    tls,
    authenticator,
    logger,
  }: {
    readonly routes: RoutesConfiguration | undefined;
    /** Where the API is served: routes too, unless they have a host of their own. */
    readonly host: string;
    readonly tls?: TlsFiles | undefined;
    readonly authenticator?: Authenticator | undefined;
    readonly logger: Logger;
  },
): RoutePort | undefined {
  const port = routes?.port;
  if (port === undefined) return undefined;
  const listener = createListener(
    (request, response) => {
      if (http.handle(request, response, authenticator)) return;
      request.resume();
      response.writeHead(404, { "Content-Type": "application/json" });
      response.end('{"message":"Not Found"}');
    },
    { tls, logger },
  );
  return {
    listen: () => listener.listen(routes?.host ?? host, port),
    close: (graceMs) => listener.close(graceMs),
  };
}
