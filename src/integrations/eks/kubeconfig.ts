import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { ConnectionOptions } from "node:tls";

/** A context of a kubeconfig, ready to be used. */
export interface KubernetesAccess {
  /** The URL of the API server. */
  readonly server: string;
  readonly tls: Pick<
    ConnectionOptions,
    "ca" | "cert" | "key" | "rejectUnauthorized" | "servername"
  >;
  /** The value of the `Authorization` header. */
  readonly authorization?: string;
}

/** The kubeconfig does not say how a cluster is called; the message says why, without a secret. */
export class KubeconfigProblem extends Error {
  override readonly name = "KubeconfigProblem";
}

interface Entry {
  readonly [member: string]: unknown;
}

/**
 * What a kubeconfig has under a context. Read at each use: its tokens may be renewed meanwhile.
 *
 * *Documented*: Kubernetes, Organizing Cluster Access Using kubeconfig Files. *Our choice*: programs that make credentials (`exec`) are not
 * run, proxies not used.
 */
export async function readKubeconfig(path: string, contextName: string): Promise<KubernetesAccess> {
  const config = await contentOf(path);
  const context = member(named(config, "contexts", contextName), "context");
  if (context === undefined) throw new KubeconfigProblem(`${path} has no context '${contextName}'`);
  const cluster = member(named(config, "clusters", textOf(context, "cluster")), "cluster");
  const server = cluster && textOf(cluster, "server");
  if (cluster === undefined || server === undefined || !/^https?:\/\//.test(server)) {
    throw new KubeconfigProblem(
      `the context '${contextName}' of ${path} names no cluster with a server`,
    );
  }
  if (textOf(cluster, "proxy-url") !== undefined) {
    throw new KubeconfigProblem(
      `the cluster of '${contextName}' in ${path} has a proxy-url, which is not supported`,
    );
  }
  const user = member(named(config, "users", textOf(context, "user")), "user") ?? {};
  for (const unsupported of ["exec", "auth-provider"]) {
    if (Object.hasOwn(user, unsupported)) {
      throw new KubeconfigProblem(
        `the user of '${contextName}' in ${path} has '${unsupported}', which is not supported: give it a token, a tokenFile or a client certificate; for a cluster of EKS remove the context, and its endpoint is called with a token of AWS`,
      );
    }
  }
  const folder = dirname(path);
  const ca = await dataOf(cluster, "certificate-authority", folder);
  const cert = await dataOf(user, "client-certificate", folder);
  const key = await dataOf(user, "client-key", folder);
  const servername = textOf(cluster, "tls-server-name");
  const authorization = await authorizationOf(user, folder);
  return {
    server,
    tls: {
      ...(ca === undefined ? {} : { ca }),
      ...(cert === undefined ? {} : { cert }),
      ...(key === undefined ? {} : { key }),
      ...(servername === undefined ? {} : { servername }),
      ...(cluster["insecure-skip-tls-verify"] === true ? { rejectUnauthorized: false } : {}),
    },
    ...(authorization === undefined ? {} : { authorization }),
  };
}

/** The names of a kubeconfig's contexts. */
export async function contextNames(path: string): Promise<readonly string[]> {
  const list = (await contentOf(path))["contexts"];
  return Array.isArray(list)
    ? list.flatMap((one: unknown) => textOf(one as Entry, "name") ?? [])
    : [];
}

async function contentOf(path: string): Promise<Entry> {
  const text = await fileOf(path);
  let parsed: unknown;
  try {
    parsed = (await import("yaml")).parse(text);
  } catch {
    // What a parser says shows the text, which has secrets.
    throw new KubeconfigProblem(`${path} is not YAML`);
  }
  if (isEntry(parsed)) return parsed;
  throw new KubeconfigProblem(`${path} is not a kubeconfig`);
}

async function authorizationOf(user: Entry, folder: string): Promise<string | undefined> {
  const tokenFile = textOf(user, "tokenFile");
  const token =
    tokenFile === undefined
      ? textOf(user, "token")
      : (await fileOf(resolve(folder, tokenFile))).trim();
  if (token !== undefined) return `Bearer ${token}`;
  const [name, password] = [textOf(user, "username"), textOf(user, "password")];
  if (name === undefined || password === undefined) return undefined;
  return `Basic ${Buffer.from(`${name}:${password}`).toString("base64")}`;
}

/** PEM text: in the file, in base64, or in a file of its own. */
async function dataOf(entry: Entry, name: string, folder: string): Promise<string | undefined> {
  const data = textOf(entry, `${name}-data`);
  if (data !== undefined) return Buffer.from(data, "base64").toString();
  const path = textOf(entry, name);
  return path === undefined ? undefined : fileOf(resolve(folder, path));
}

async function fileOf(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const { code = "" } = error as { readonly code?: string };
    throw new KubeconfigProblem(`${path} cannot be read: ${code}`);
  }
}

function named(config: Entry, list: string, name: string | undefined): Entry | undefined {
  const entries = config[list];
  if (!Array.isArray(entries) || name === undefined) return undefined;
  return entries.find((one: unknown): one is Entry => isEntry(one) && one["name"] === name);
}

function member(entry: Entry | undefined, name: string): Entry | undefined {
  const value = entry?.[name];
  return isEntry(value) ? value : undefined;
}

function textOf(entry: Entry, name: string): string | undefined {
  const value = isEntry(entry) ? entry[name] : undefined;
  return typeof value === "string" && value !== "" ? value : undefined;
}

function isEntry(value: unknown): value is Entry {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
