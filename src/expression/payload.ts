import { parseJson } from "./parse-json.ts";
import type { JsonValue } from "./json.ts";

/**
 * A JSON document that is text, a value, or both: each form is made from the other when first asked for.
 *
 * What a task returned as text stays that text – numbers and spacing as they came – until a path looks
 * inside it, and a value that no event records is never written out. Immutable to the outside.
 */
export class Payload {
  #text: string | undefined;
  #value: JsonValue | undefined;
  /** Of an array that is neither written out nor put together yet. */
  readonly #items: readonly Payload[] | undefined;
  #bytes: number | undefined;

  private constructor(
    text: string | undefined,
    value: JsonValue | undefined,
    items?: readonly Payload[],
  ) {
    this.#text = text;
    this.#value = value;
    this.#items = items;
  }

  /** `text` must be valid JSON: outside text is checked at the edge with {@link Payload.parse}. */
  static ofText(text: string): Payload {
    return new Payload(text, undefined);
  }

  static ofValue(value: JsonValue): Payload {
    return new Payload(undefined, value);
  }

  /** The array of these documents, each with the text that it has. */
  static ofItems(items: readonly Payload[]): Payload {
    return new Payload(undefined, undefined, items);
  }

  /** Checks that `text` is JSON. Throws as {@link parseJson} if it is not, or too deep. */
  static parse(text: string): Payload {
    return new Payload(text, parseJson(text));
  }

  get text(): string {
    return (this.#text ??=
      this.#items === undefined
        ? JSON.stringify(this.#value)
        : `[${this.#items.map(({ text }) => text).join(",")}]`);
  }

  get value(): JsonValue {
    // Not `??=`: null is a value, and one that was never written out has no text to be read from.
    if (this.#value === undefined) {
      this.#value =
        this.#items === undefined
          ? parseJson(this.#text as string)
          : this.#items.map(({ value }) => value);
    }
    return this.#value;
  }

  /** Size in UTF-8 bytes, the unit of the service's payload limit. */
  get bytes(): number {
    return (this.#bytes ??= utf8Length(this.text));
  }
}

export const emptyObject: Payload = Payload.ofText("{}");

/** Whether `text` takes more than `limit` bytes in UTF-8; counts only when the answer is in doubt. */
export function exceedsBytes(text: string, limit: number): boolean {
  if (text.length > limit) return true;
  if (text.length * 3 <= limit) return false;
  return utf8Length(text) > limit;
}

export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) continue;
    if (unit < 0x800) bytes += 1;
    else if (unit >= 0xd800 && unit <= 0xdbff && index + 1 < text.length) {
      bytes += 2;
      index++;
    } else bytes += 2;
  }
  return bytes;
}
