import type { Settings } from "./settings.ts";

/** Whether what is kept is sealed, and with which key, in a line. */
export function encryptionText({ encryption }: Pick<Settings, "encryption">): string {
  if (encryption?.key === undefined) {
    return "in clear: whoever reads the store or a backup reads all data ('encryption' of the configuration)";
  }
  const { file, environment, kms, vault } = encryption.key;
  if (file !== undefined) return `sealed with the key file ${file}`;
  if (environment !== undefined) return `sealed with the key in ${environment}`;
  if (vault !== undefined) return `sealed with the key ${vault.key} of Vault at ${vault.address}`;
  return `sealed with the KMS key ${kms}`;
}
