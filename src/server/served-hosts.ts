import { isIP } from "node:net";

/** Tells whether a request's `Host` header names this server. `localAddress` is that of the request's socket. */
export type ServedHosts = (header: string | undefined, localAddress: string | undefined) => boolean;

/** Headers that passed are remembered, so that the usual case is one look-up; our choice of the bound. */
const maxRemembered = 64;

/**
 * Compiles the check of the `Host` header.
 *
 * A web page can make a name of its own resolve to this machine and then read what the server answers; refusing names
 * that are not ours closes that door. Served are loopback names and addresses, the names that were configured, and the
 * address that the connection came in on, with any port and with or without the `sync-` that SDKs put before it.
 */
export function servedHosts(configured: readonly string[]): ServedHosts {
  const names = new Set(configured.map((host) => host.toLowerCase()));
  const remembered = new Set<string>();
  return (header, localAddress) => {
    if (header === undefined) return false;
    if (remembered.has(header)) return true;
    const host = withoutPort(header.toLowerCase());
    const bare = host.startsWith("sync-") ? host.slice("sync-".length) : host;
    if (isLoopback(bare) || names.has(bare) || names.has(host)) {
      if (remembered.size < maxRemembered) remembered.add(header);
      return true;
    }
    return isIP(bare) !== 0 && bare === localAddress?.replace(/^::ffff:/, "");
  };
}

function withoutPort(host: string): string {
  const bracketed = /^(sync-)?\[([0-9a-f:.]+)\](:\d*)?$/.exec(host);
  if (bracketed !== null) return `${bracketed[1] ?? ""}${bracketed[2] ?? ""}`;
  return host.replace(/:\d*$/, "");
}

function isLoopback(host: string): boolean {
  if (host === "localhost" || host.endsWith(".localhost") || host === "::1") return true;
  return host.startsWith("127.") && isIP(host) === 4;
}
