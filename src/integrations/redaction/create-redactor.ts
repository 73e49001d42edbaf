import type { Redactor } from "../../ports/redactor.ts";
import { createSecretMask, type SecretMask } from "./secret-mask.ts";

/**
 * Our choices. A shorter secret would be found in every second text that has nothing to do with it; a longer one is a file, which
 * nobody repeats in an error. Those that were learned longest ago are forgotten: tokens are replaced each hour.
 */
const lengths = { shortest: 6, longest: 16_384 };
const mostLearned = 1_000;

/** Our choice: what stands for a secret on laptops protects nothing, and would be found in names of members and in prose. */
const standIns: ReadonlySet<string> = new Set([
  "changeme",
  "example",
  "localstack",
  "minioadmin",
  "password",
  "postgres",
  "secret",
  "testing",
]);

/** One for all of a process: knows what the configuration has from the start, and learns what is read while it runs. */
export function createRedactor(configured: readonly string[]): Redactor {
  const lasting = new Set(configured.filter(isSecret));
  const learned = new Set<string>();
  let mask: SecretMask | undefined;
  const current = (): SecretMask => (mask ??= createSecretMask([...lasting, ...learned]));
  return {
    text: (text) => current().text(text),
    value: (value) => current().value(value),
    learn(secrets) {
      for (const secret of secrets.filter(isSecret)) {
        if (lasting.has(secret)) continue;
        if (!learned.delete(secret)) mask = undefined;
        learned.add(secret);
        const [oldest] = learned;
        if (learned.size > mostLearned && oldest !== undefined) learned.delete(oldest);
      }
    },
  };
}

function isSecret(text: string): boolean {
  const { length } = text;
  return length >= lengths.shortest && length <= lengths.longest && !standIns.has(text);
}
