import { createServer as createHttp, type RequestListener, type Server } from "node:http";
import { createServer as createHttps, type Server as HttpsServer } from "node:https";
import type { AddressInfo, Server as Port } from "node:net";
import type { Logger } from "../ports/logger.ts";
import { answerClientErrors } from "./client-errors.ts";
import { listenError } from "./listen-error.ts";
import { openToBoth } from "./tls/open-to-both.ts";
import type { TlsFiles } from "./tls/tls-files.ts";
import { watchCertificate } from "./tls/watch-certificate.ts";

/** A port that requests come in at. */
export interface Listener {
  /** Rejects with an error that says what to do if the port cannot be had. */
  listen(host: string, port: number): Promise<{ readonly host: string; readonly port: number }>;
  /** Stops accepting; connections that are still open after `graceMs` are ended. */
  close(graceMs: number): Promise<void>;
}

/** How long a client may keep a connection without saying anything whole. Our choices. */
export interface Patience {
  /** A client gets this long to send its request, and its headers; how long an answer takes is not limited by it. */
  readonly requestTimeout: number;
  readonly headersTimeout: number;
  readonly connectionsCheckingInterval: number;
  /** How long nothing may come between two requests. */
  readonly keepAliveTimeout: number;
}

export const usualPatience: Patience = {
  requestTimeout: 60_000,
  headersTimeout: 20_000,
  connectionsCheckingInterval: 5_000,
  // Longer than the 60 seconds that load balancers and SDKs keep an idle connection.
  keepAliveTimeout: 75_000,
};

/** Our choice: connections at the same time. Those beyond are closed at once, so that files can still be opened. */
const mostConnections = 10_000;

const serverOptions = {
  noDelay: true,
  // A request without a Host is refused like one with a wrong Host.
  requireHostHeader: false,
} as const;

/** Serves HTTP, or HTTPS with certificates that may change while it runs. */
export function createListener(
  handle: RequestListener,
  {
    tls,
    logger,
    patience = usualPatience,
  }: {
    readonly tls?: TlsFiles | undefined;
    readonly logger: Logger;
    readonly patience?: Patience;
  },
): Listener {
  const options = { ...serverOptions, ...patience };
  const parts =
    tls === undefined
      ? plain(createHttp(options, handle))
      : secure(createHttps(options, handle), tls, logger);
  const { server, port: door } = parts;
  door.maxConnections = mostConnections;
  answerClientErrors(server);
  return {
    listen(host, port) {
      return new Promise((resolve, reject) => {
        door.once("error", (error) => reject(listenError(error, host, port)));
        door.listen(port, host, () => {
          door.removeAllListeners("error");
          door.on("error", (error) => logger.error("the HTTP server", { error: error.message }));
          resolve({ host, port: (door.address() as AddressInfo).port });
        });
      });
    },

    async close(graceMs) {
      parts.stopWatching();
      const closed = new Promise<void>((resolve) => door.close(() => resolve()));
      server.closeIdleConnections();
      const timer = setTimeout(() => parts.endAll(), graceMs);
      await closed;
      clearTimeout(timer);
    },
  };
}

interface Parts {
  /** Whom connections belong to. */
  readonly server: Server;
  /** Where they come in. */
  readonly port: Port;
  /** Ends every connection. */
  endAll(): void;
  stopWatching(): void;
}

function plain(server: Server): Parts {
  return {
    server,
    port: server,
    endAll: () => server.closeAllConnections(),
    stopWatching: () => {},
  };
}

function secure(server: HttpsServer, tls: TlsFiles, logger: Logger): Parts {
  const stopWatching = watchCertificate(tls, logger, (context) => server.setSecureContext(context));
  return { server, ...openToBoth(server), stopWatching };
}
