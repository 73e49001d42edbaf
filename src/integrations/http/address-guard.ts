import type { LookupAddress } from "node:dns";
import { lookup } from "node:dns/promises";
import { BlockList, isIP, isIPv4, type LookupFunction } from "node:net";

/** Says which addresses a call may go to that somebody's data names. */
export interface AddressGuard {
  /** Whether the address may be connected to for this host, which is as the URL has it. */
  allows(host: string, address: string): boolean;
}

/** `true`: all; or hosts, addresses and CIDR blocks, beside the public ones. */
export type AllowedAddresses = boolean | readonly string[];

/** Finds the addresses of a host. */
export type Resolve = (host: string) => Promise<readonly LookupAddress[]>;

/** The host has an address that calls may not go to. */
export class AddressRefused extends Error {
  override readonly name = "AddressRefused";
}

/** *Our wording*. Which address it is, is not said: that would tell what is inside. */
export function addressRefusal(host: string): string {
  return `The host '${host}' has an address that is not public, which tasks may not call. Whoever runs Stepwell can allow it: http.allowPrivateAddresses in the configuration.`;
}

/** Lets calls go to public addresses only, and to what is allowed beside them. */
export function createAddressGuard(allowed: AllowedAddresses = false): AddressGuard {
  if (typeof allowed === "boolean") return { allows: (_, address) => allowed || isPublic(address) };
  const hosts = new Set<string>();
  const blocks = new BlockList();
  for (const entry of allowed) {
    const [address = "", bits] = entry.split("/");
    const family = familyOf(address);
    if (family === undefined) hosts.add(plainHost(entry));
    else if (bits === undefined) blocks.addAddress(address, family);
    else blocks.addSubnet(address, Number(bits), family);
  }
  return {
    allows(host, address) {
      const family = familyOf(address);
      if (family === undefined) return false;
      return hosts.has(plainHost(host)) || blocks.check(address, family) || isPublic(address);
    },
  };
}

/** What is wrong with an entry of the list of allowed addresses; `undefined` if nothing is. */
export function allowedEntryProblem(entry: string): string | undefined {
  const [address = "", bits, ...more] = entry.split("/");
  const family = familyOf(address);
  if (family === undefined) {
    return /^[A-Za-z0-9._-]+$/.test(entry)
      ? undefined
      : "must be a host name, an address or a CIDR block such as 10.0.0.0/8";
  }
  if (bits === undefined) return undefined;
  const most = family === "ipv4" ? 32 : 128;
  return more.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= most
    ? undefined
    : `must have a prefix of 0 to ${most} bits behind the slash`;
}

/**
 * The `lookup` of a socket: the addresses that are connected to are the ones that were checked, so that no second answer
 * of the name's server comes between. A host with one address that is not allowed is not called at all: which of several
 * is taken would be chance.
 */
export function guardedLookup(
  guard: AddressGuard,
  resolve: Resolve = systemResolve,
): LookupFunction {
  return (host, { all, family }, callback) => {
    const answer = async (): Promise<readonly LookupAddress[]> => {
      const found = await resolve(host);
      if (!found.every(({ address }) => guard.allows(host, address)))
        throw new AddressRefused(host);
      const usable =
        family === 4 || family === 6 ? found.filter((one) => one.family === family) : found;
      if (usable.length > 0) return usable;
      throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), {
        code: "ENOTFOUND",
        hostname: host,
      });
    };
    answer().then(
      (addresses) => {
        const [first] = addresses as readonly [LookupAddress];
        if (all === true) callback(null, [...addresses]);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => callback(error as Error, "", 0),
    );
  };
}

const systemResolve: Resolve = (host) => lookup(host, { all: true });

/** A URL's host as an address: without the brackets; `undefined` if it is a name. */
export function addressOfHost(host: string): string | undefined {
  const bare = host.replace(/^\[|\]$/g, "");
  return isIP(bare) === 0 ? undefined : bare;
}

/**
 * Blocks of IPv4 that are not of the public Internet. Source: IANA, IPv4 Special-Purpose Address Registry; beside it
 * multicast and the address at which Azure's machines find the agent of their host.
 */
const specialIpv4 = blockList("ipv4", [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "168.63.129.16/32",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
]);

/**
 * Blocks of the global IPv6 addresses (2000::/3) that lead elsewhere: Teredo and other protocols, 6to4, documentation. Source:
 * IANA, IPv6 Special-Purpose Address Registry.
 */
const specialIpv6 = blockList("ipv6", ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]);

/** Whether the address is one of the public Internet. What cannot be read as an address is not. */
export function isPublic(address: string): boolean {
  if (isIPv4(address)) return !specialIpv4.check(address, "ipv4");
  const groups = ipv6Groups(address);
  if (groups === undefined) return false;
  const embedded = embeddedIpv4(groups);
  if (embedded !== undefined && !isPublic(embedded)) return false;
  if (isMappedOrNat64(groups)) return true;
  return (groups[0] as number) >> 13 === 1 && !specialIpv6.check(address, "ipv6");
}

/** The eight groups of an IPv6 address; `undefined` if it is none, or names a zone. */
function ipv6Groups(address: string): readonly number[] | undefined {
  const url = `http://[${address}]/`;
  if (isIP(address) !== 6 || !URL.canParse(url)) return undefined;
  const [head = "", tail] = new URL(url).hostname.slice(1, -1).split("::");
  const numbers = (text: string): number[] =>
    text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16));
  if (tail === undefined) return numbers(head);
  const [first, last] = [numbers(head), numbers(tail)];
  return [...first, ...Array<number>(8 - first.length - last.length).fill(0), ...last];
}

/** `::ffff:0:0/96` and, by RFC 6052, `64:ff9b::/96`, behind which a network may have all of IPv4. */
function isMappedOrNat64(groups: readonly number[]): boolean {
  const prefix = groups.slice(0, 6).join();
  return prefix === "0,0,0,0,0,65535" || prefix === [0x64, 0xff9b, 0, 0, 0, 0].join();
}

/** The IPv4 address that the last 32 bits are, in those two and in the addresses of ISATAP (RFC 5214). */
function embeddedIpv4(groups: readonly number[]): string | undefined {
  const [, , , , fifth = 0, sixth, seventh = 0, eighth = 0] = groups;
  const isIsatap = (fifth & 0xfdff) === 0 && sixth === 0x5efe;
  if (!isMappedOrNat64(groups) && !isIsatap) return undefined;
  return [seventh >> 8, seventh & 255, eighth >> 8, eighth & 255].join(".");
}

function blockList(family: "ipv4" | "ipv6", blocks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const block of blocks) {
    const [network = "", bits] = block.split("/");
    list.addSubnet(network, Number(bits), family);
  }
  return list;
}

function familyOf(address: string): "ipv4" | "ipv6" | undefined {
  const version = isIP(address);
  return version === 0 ? undefined : version === 4 ? "ipv4" : "ipv6";
}

/** One spelling of a host: in lower case, without the dot of a full name and without brackets. */
function plainHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/\.$/, "")
    .replace(/^\[|\]$/g, "");
}
