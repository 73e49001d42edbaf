import type { JsonValue } from "../expression/json.ts";

/** Takes secrets out of what is written down or shown, wherever they are known by their value. */
export interface Redactor {
  text(text: string): string;
  /** In names of members, too. */
  value(value: JsonValue): JsonValue;
  /** These are secrets from now on. */
  learn(secrets: readonly string[]): void;
}
