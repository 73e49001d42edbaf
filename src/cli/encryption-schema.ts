import { resolve } from "node:path";
import {
  type Check,
  isNumber,
  isRecord,
  isString,
  isUrl,
  mapOf,
  objectOf,
  wrong,
} from "./config-checks.ts";

/** How what is kept is sealed. */
export interface EncryptionConfiguration {
  /** Where the key is that wraps the data keys; absent: the store is not sealed as a whole. */
  readonly key?: KeyConfiguration;
  /** Where the keys are that state machines and activities name by their `kmsKeyId`; those that are not here are asked of AWS KMS. */
  readonly customerKeys?: { readonly [kmsKeyId: string]: KeyConfiguration };
  /** A new data key is made after as many days; 90 if absent. */
  readonly rotateAfterDays?: number;
}

/** Exactly one of them. */
export interface KeyConfiguration {
  /** The path of a file that `stepwell store make-key` has made. */
  readonly file?: string;
  /** The name of an environment variable that holds what such a file does. */
  readonly environment?: string;
  /** A key of AWS KMS: its id, its ARN, or an alias. */
  readonly kms?: string;
  /** A key of Vault's or OpenBao's transit engine. */
  readonly vault?: VaultConfiguration;
}

export interface VaultConfiguration {
  readonly address: string;
  readonly key: string;
  /** `transit` if absent. */
  readonly mount?: string;
  /** A file with the token; absent: it is in `VAULT_TOKEN`. */
  readonly tokenFile?: string;
}

const vaultTable = {
  address: isUrl,
  key: isString,
  mount: isString,
  tokenFile: isString,
} satisfies { readonly [K in keyof Required<VaultConfiguration>]: Check };

const isVault: Check = (value) =>
  isRecord(value) && !(Object.hasOwn(value, "address") && Object.hasOwn(value, "key"))
    ? wrong("must have address and key")
    : objectOf(vaultTable)(value);

const keyTable = {
  file: isString,
  environment: isString,
  kms: isString,
  vault: isVault,
} satisfies { readonly [K in keyof Required<KeyConfiguration>]: Check };

const isKey: Check = (value) =>
  objectOf(keyTable)(value) ??
  (Object.keys(value as object).length === 1
    ? undefined
    : wrong("must have exactly one of file, environment, kms and vault"));

const encryptionTable = {
  key: isKey,
  customerKeys: mapOf(isKey),
  rotateAfterDays: isNumber,
} satisfies { readonly [K in keyof Required<EncryptionConfiguration>]: Check };

export const isEncryption: Check = (value) =>
  isRecord(value) && !Object.hasOwn(value, "key") && !Object.hasOwn(value, "customerKeys")
    ? wrong("must have key or customerKeys")
    : objectOf(encryptionTable)(value);

/** Paths are relative to the folder of the configuration. */
export function encryptionSettings(
  configuration: EncryptionConfiguration | undefined,
  folder: string,
): EncryptionConfiguration | undefined {
  if (configuration === undefined) return undefined;
  const { key, customerKeys } = configuration;
  return {
    ...configuration,
    ...(key && { key: keySettings(key, folder) }),
    ...(customerKeys && {
      customerKeys: Object.fromEntries(
        Object.entries(customerKeys).map(([name, each]) => [name, keySettings(each, folder)]),
      ),
    }),
  };
}

function keySettings(key: KeyConfiguration, folder: string): KeyConfiguration {
  const { file, vault } = key;
  const tokenFile = vault?.tokenFile;
  return {
    ...key,
    ...(file !== undefined && { file: resolve(folder, file) }),
    ...(vault && {
      vault: {
        ...vault,
        ...(tokenFile !== undefined && { tokenFile: resolve(folder, tokenFile) }),
      },
    }),
  };
}
