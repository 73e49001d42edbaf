import { type Check, isNumber, isPort, isString, objectOf, wrong } from "./config-checks.ts";

/** How a server is a node of a cluster; all of it has what is usual. */
export interface ClusterConfiguration {
  /** The name or address that other nodes reach it by; the machine's name if absent. */
  readonly host?: string;
  /** The port for other nodes; any that is free if absent. */
  readonly port?: number;
  /** Where the internal port listens; all addresses if absent. */
  readonly listen?: string;
  /** How long a node that does not answer keeps its executions; 10 if absent. */
  readonly leaseSeconds?: number;
  /** How many parts a new store has, which no later start can change; 256 if absent. */
  readonly partitions?: number;
  /** The most connections to the database; 10 if absent. */
  readonly connections?: number;
}

export const isCluster: Check = objectOf({
  host: isString,
  port: isPort,
  listen: isString,
  leaseSeconds: isNumber,
  partitions: isNumber,
  connections: isNumber,
} satisfies { readonly [K in keyof Required<ClusterConfiguration>]: Check });

export const isStoreUrl: Check = (value) =>
  typeof value === "string" && isPostgresUrl(value)
    ? undefined
    : wrong("must be the URL of a PostgreSQL database, postgres://…");

export function isPostgresUrl(text: string): boolean {
  return /^postgres(ql)?:\/\//.test(text) && URL.canParse(text);
}

/** The URL without what nobody should read. */
export function shownUrl(url: string): string {
  const shown = new URL(url);
  if (shown.password !== "") shown.password = "***";
  return shown.href;
}
