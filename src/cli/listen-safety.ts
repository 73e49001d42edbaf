import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { CommandFailure } from "./errors.ts";
import type { Settings } from "./settings.ts";

/**
 * Throws where other machines would reach a server that does not ask who calls, or whose talk anybody on the way can read and change.
 * `insecureListen` says that this is wanted.
 */
export async function checkListening(
  settings: Pick<Settings, "host" | "auth" | "tls" | "insecureListen">,
): Promise<void> {
  const { host, auth, tls, insecureListen } = settings;
  const lacks = [
    ...(tls === undefined ? ["without TLS"] : []),
    ...(auth.mode === "open" ? ["without asking who calls"] : []),
  ];
  if (lacks.length === 0 || insecureListen || (await isLoopback(host))) return;
  throw new CommandFailure(
    [
      `The server would listen on ${host}, which other machines can reach, ${lacks.join(" and ")}.`,
      "Leave out --host: then only this machine reaches it. Or give it what it lacks:",
      ...(tls === undefined
        ? ["  --tls-cert FILE --tls-key FILE   a certificate, and its key"]
        : []),
      ...(auth.mode === "open"
        ? ["  --auth required                  every request must be signed with a key of yours"]
        : []),
      "  --insecure-listen                listen nonetheless: in a container, behind a proxy that has TLS, or where",
      "                                   everybody who reaches the port may do everything, which is to run code here",
    ].join("\n"),
  );
}

/** A name is what it leads to: all of its addresses. One that leads nowhere is refused later, with the reason. */
export async function isLoopback(host: string): Promise<boolean> {
  if (isIP(host) !== 0) return isLoopbackAddress(host);
  const addresses = await lookup(host, { all: true }).catch(() => []);
  return addresses.every(({ address }) => isLoopbackAddress(address));
}

/** *Documented*: RFC 1122 and RFC 4291. */
function isLoopbackAddress(address: string): boolean {
  const plain = address.replace(/^::ffff:/i, "");
  return isIP(plain) === 4 ? plain.startsWith("127.") : plain === "::1";
}
