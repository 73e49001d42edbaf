import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { ConnectionConfiguration } from "../integrations/http/connections/connection-configuration.ts";
import { ownSecrets } from "../integrations/redaction/configured-secrets.ts";
import { isReference, referredFiles } from "../integrations/references/filled-text.ts";
import { isSecretArn } from "../integrations/references/secret-values.ts";
import type { Config, ConfigFile } from "./config-file.ts";

/** A file that has a secret in it. */
export interface SecretFile {
  readonly path: string;
  /** What it is, as the subject of a sentence. */
  readonly what: string;
}

/** The files that secrets of a server are in: written out in its configuration, or named by it. */
export function secretFiles(
  { config, folder, path }: ConfigFile,
  connectionsFile: string | undefined,
  connections: { readonly [name: string]: ConnectionConfiguration },
): readonly SecretFile[] {
  const isWritten = Object.values(connections).some(hasWrittenSecret);
  const isInline = connectionsFile === undefined;
  const named = (file: string, what: string): SecretFile => ({ path: resolve(folder, file), what });
  const texts = [...urlsOf(config), ...textsIn(connections)];
  return [
    ...(path !== undefined && (urlsOf(config).some(hasPassword) || (isInline && isWritten))
      ? [{ path, what: "The configuration, which has a secret in it," }]
      : []),
    ...(connectionsFile !== undefined && isWritten
      ? [{ path: connectionsFile, what: "The file of connections, which has a secret in it," }]
      : []),
    ...(config.kubernetes === undefined
      ? []
      : [named(config.kubernetes.kubeconfig, "The kubeconfig")]),
    ...(config.tls === undefined ? [] : [named(config.tls.keyFile, "The key of the certificate")]),
    ...texts.flatMap(referredFiles).map((file) => named(file, "The secret")),
  ];
}

/** A sentence for each of the files that everybody on this machine may read. Where files have no such modes: none. */
export function exposedFiles(files: readonly SecretFile[]): readonly string[] {
  return files
    .filter(({ path }) => isReadableByOthers(path))
    .map(
      ({ path, what }) => `${what} can be read by every user of this machine: chmod o-rwx ${path}`,
    );
}

const readByOthers = 0o004;

function isReadableByOthers(path: string): boolean {
  if (process.platform === "win32") return false;
  // One that is not there is said where it is needed.
  const mode = statSync(path, { throwIfNoEntry: false })?.mode ?? 0;
  return (mode & readByOthers) !== 0;
}

function urlsOf({ mail, databases = {}, store }: Config): readonly string[] {
  return [mail?.smtp, ...Object.values(databases), store].filter((url) => url !== undefined);
}

/** A URL may have references where a URL may not have their characters: it is not parsed. */
function hasPassword(url: string): boolean {
  const [, password = ""] = /^[a-z]+:\/\/[^/@]*?:((?:\$\{[^}]*\}|[^@])+)@/i.exec(url) ?? [];
  return password !== "" && !isReference(password);
}

function hasWrittenSecret(connection: ConnectionConfiguration): boolean {
  return ownSecrets(connection).some(
    (text) => text !== "" && !isReference(text) && !isSecretArn(text),
  );
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
