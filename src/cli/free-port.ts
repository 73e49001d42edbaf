import { createServer, type AddressInfo } from "node:net";
import { listenError } from "../server/listen-error.ts";
import { CommandFailure } from "./errors.ts";

/**
 * Makes sure that the port can be had, before anything else is opened; resolves with it, which for 0 is a free one.
 * Functions are told the port before the server listens on it.
 */
export function freePort(host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error) => reject(portFailure(listenError(error, host, port))));
    probe.listen(port, host, () => {
      const { port: found } = probe.address() as AddressInfo;
      probe.close(() => resolve(found));
    });
  });
}

/** The server's own words, and the options that they are about. */
export function portFailure(error: unknown): CommandFailure {
  const message = error instanceof Error ? error.message : String(error);
  return new CommandFailure(`${message}\nThe options are --port PORT and --host HOST.`, {
    cause: error,
  });
}
