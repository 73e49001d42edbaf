import { readFileSync } from "node:fs";
import { relative, isAbsolute } from "node:path";
import { kmsKeyProvider } from "../integrations/aws/kms-keys.ts";
import { createSdkClients } from "../integrations/aws/sdk-clients.ts";
import { type KeyProvider, KeyUnavailable } from "../ports/key-provider.ts";
import type { Logger } from "../ports/logger.ts";
import type { Redactor } from "../ports/redactor.ts";
import { keyFileProvider } from "../store/keys/key-file.ts";
import { keyTextProvider } from "../store/keys/key-text.ts";
import { vaultTransitProvider } from "../store/keys/vault-transit.ts";
import type { KeyConfiguration, VaultConfiguration } from "./encryption-schema.ts";
import type { Settings } from "./settings.ts";

/** What providers need of the settings. */
export interface KeySettings extends Pick<
  Settings,
  "dataDir" | "aws" | "clientsFolder" | "region"
> {
  /** Told of what must be written down nowhere, as it is read. */
  readonly learn?: Redactor["learn"] | undefined;
}

/** The provider that the configuration names. Throws a {@link KeyUnavailable} where its key is not there. */
export function keyProviderOf(
  { file, environment, kms, vault }: KeyConfiguration,
  settings: KeySettings,
  logger: Logger,
): KeyProvider {
  if (file !== undefined) return keyFileProvider(outsideOf(settings.dataDir, file));
  if (environment !== undefined) return environmentProvider(environment, settings);
  if (vault !== undefined) {
    return vaultTransitProvider({ ...vault, token: () => tokenOf(vault, settings) });
  }
  const clients = createSdkClients({ ...settings, logger });
  return kmsKeyProvider({ clients, region: settings.region, keyId: kms ?? "" });
}

/** A key beside what it seals is stolen with it. */
function outsideOf(dataDir: string, file: string): string {
  const path = relative(dataDir, file);
  if (path.startsWith("..") || isAbsolute(path)) return file;
  throw new KeyUnavailable(
    "denied",
    `The key file ${file} is in the data directory, where it would be stolen and backed up with what it seals: put it elsewhere.`,
  );
}

function environmentProvider(variable: string, { learn }: KeySettings): KeyProvider {
  const text = process.env[variable];
  const name = `the key in the environment variable ${variable}`;
  if (text !== undefined && text !== "") {
    learn?.([text]);
    return keyTextProvider(name, text);
  }
  throw new KeyUnavailable(
    "unreachable",
    `There is no key in the environment variable ${variable}.`,
  );
}

function tokenOf({ tokenFile }: VaultConfiguration, { learn }: KeySettings): string {
  if (tokenFile === undefined) return process.env["VAULT_TOKEN"] ?? "";
  const token = readFileSync(tokenFile, "utf8").trim();
  learn?.([token]);
  return token;
}
