import { randomBytes } from "node:crypto";
import { type KeyProvider, KeyUnavailable } from "../../ports/key-provider.ts";
import { keyBytes, wrappingProvider } from "./wrapping.ts";

/** A new key as text: 32 random bytes as base64. */
export function newKeyText(): string {
  return randomBytes(keyBytes).toString("base64");
}

/** The provider of a key that is given as {@link newKeyText} makes it. */
export function keyTextProvider(name: string, text: string): KeyProvider {
  const bytes = Buffer.from(text.trim(), "base64");
  if (bytes.length === keyBytes && bytes.toString("base64") === text.trim()) {
    return wrappingProvider(name, bytes);
  }
  throw new KeyUnavailable(
    "wrong",
    `${name} is no key: it must be ${keyBytes} bytes as base64, as 'stepwell store make-key' writes them.`,
  );
}
