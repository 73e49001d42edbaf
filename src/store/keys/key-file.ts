import { readFileSync, statSync, writeFileSync } from "node:fs";
import { type KeyProvider, KeyUnavailable } from "../../ports/key-provider.ts";
import { keyTextProvider, newKeyText } from "./key-text.ts";

const ownerOnly = 0o600;

/** The provider whose key is in a file, which only its owner may read. */
export function keyFileProvider(path: string): KeyProvider {
  const name = `the key file ${path}`;
  let text: string;
  try {
    const { mode } = statSync(path);
    // Windows has no such bits.
    if (process.platform !== "win32" && (mode & 0o077) !== 0) {
      throw new KeyUnavailable(
        "denied",
        `Others than its owner may read ${name}: change that with 'chmod 600 ${path}'.`,
      );
    }
    text = readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof KeyUnavailable) throw error;
    throw new KeyUnavailable(
      "unreachable",
      `${name} cannot be read: ${(error as Error).message}. Put it back there, or name another; ` +
        "without it nothing that it sealed can be read.",
      { cause: error },
    );
  }
  return keyTextProvider(name, text);
}

/** Makes a key file. Rejects if there is something already: whatever a key has sealed is lost with it. */
export function makeKeyFile(path: string): void {
  writeFileSync(path, `${newKeyText()}\n`, { mode: ownerOnly, flag: "wx" });
}
