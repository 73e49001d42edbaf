/**
 * A number of a JSON text that a double would not print as it was written: `9007199254740993`, `1.0`, `-0`, `1e400`.
 *
 * It stands in a JSON value in place of the number, so that what only hands data on hands on the text, which
 * `JSON.stringify` writes and `String` gives. Whatever computes takes its double: `Number`, {@link toDouble}, and operators
 * by themselves. It has no members that data could name, so that code which forgets it sees an empty object.
 */
export class ExactNumber {
  readonly #text: string;

  /** `text` must be a number of JSON. */
  constructor(text: string) {
    this.#text = text;
  }

  /** The nearest double; infinite for what is beyond all of them. */
  valueOf(): number {
    return Number(this.#text);
  }

  toString(): string {
    return this.#text;
  }

  toJSON(): unknown {
    return rawJson(this.#text);
  }
}

/** ECMAScript 2026; the compiler does not know it yet. */
const rawJson = (JSON as unknown as { rawJSON(this: void, text: string): unknown }).rawJSON;

/** A number that is written like this in a JSON text: a double where that is written the same way. */
export function numberFromText(text: string): number | ExactNumber {
  const double = Number(text);
  return String(double) === text ? double : new ExactNumber(text);
}

/** The value with which one computes: the double of a number, and anything else as it is. */
export function toDouble<T>(value: T): Exclude<T, ExactNumber> | number {
  return value instanceof ExactNumber ? value.valueOf() : (value as Exclude<T, ExactNumber>);
}

/** The double of a number, whichever way it is held; `undefined` for anything else. */
export function numberOf(value: unknown): number | undefined {
  const double = toDouble(value);
  return typeof double === "number" ? double : undefined;
}

/** Whether it is a whole number of more digits than a double tells apart: its text is worth more than its value. */
export function isLongInteger(value: unknown): boolean {
  return (
    value instanceof ExactNumber &&
    /^-?\d+$/.test(String(value)) &&
    !Number.isSafeInteger(value.valueOf())
  );
}

/** Whether two numbers are one, in whichever way they are held: by their doubles, but for long integers. */
export function isSameNumber(a: number | ExactNumber, b: number | ExactNumber): boolean {
  if (Number(a) !== Number(b)) return false;
  return !(isLongInteger(a) || isLongInteger(b)) || String(a) === String(b);
}
