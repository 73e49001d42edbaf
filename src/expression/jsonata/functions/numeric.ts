import { jsonataError } from "../jsonata-error.ts";
import { textOf, type Value } from "../value.ts";
import { define, type Definitions } from "./definition.ts";

const onNumber = (compute: (value: number) => number) =>
  define("<n-:n>", 1, ([value]) => (typeof value === "number" ? compute(value) : undefined));

export const numericFunctions: Definitions = {
  number: define("<(nsb)-:n>", 1, ([value], run) => {
    if (value === undefined) return undefined;
    run.spendCharacters(textOf(value).length);
    return toNumber(value);
  }),
  abs: onNumber(Math.abs),
  floor: onNumber(Math.floor),
  ceil: onNumber(Math.ceil),

  round: define("<n-n?:n>", 2, ([value, precision]) =>
    typeof value === "number" ? roundHalfEven(value, precision as number | undefined) : undefined,
  ),

  sqrt: onNumber((value) => {
    if (value < 0) throw jsonataError("D3060", { value, index: 1 });
    return Math.sqrt(value);
  }),

  power: define("<n-n:n>", 2, ([base, exponent]) => {
    if (typeof base !== "number") return undefined;
    const result = base ** (exponent as number);
    if (!Number.isFinite(result)) {
      throw jsonataError("D3061", { value: base, exp: exponent, index: 1 });
    }
    return result;
  }),

  formatBase: define("<n-n?:s>", 2, ([value, base], run) => {
    if (typeof value !== "number") return undefined;
    const radix = base === undefined ? 10 : roundHalfEven(base as number);
    if (!(radix >= 2 && radix <= 36)) throw jsonataError("D3100", { value: radix });
    const text = roundHalfEven(value).toString(radix);
    // Two divisions of a long number for each digit.
    run.spendCharacters(text.length * 2);
    return text;
  }),
};

function toNumber(value: Value): number {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value === "string") {
    const isDecimal = /^-?[0-9]+(\.[0-9]+)?([Ee][-+]?[0-9]+)?$/.test(value);
    if (isDecimal || /^0([xX][0-9A-Fa-f]+|[oO][0-7]+|[bB][01]+)$/.test(value)) {
      const number = Number(value);
      if (Number.isFinite(number)) return number;
    }
  }
  throw jsonataError("D3030", { value, index: 1 });
}

/** Rounds to a number of decimal places; halves go to the even neighbour. */
export function roundHalfEven(value: number, precision = 0): number {
  const shifted = shift(value, precision);
  let rounded = Math.round(shifted);
  if (Math.abs(rounded - shifted) === 0.5 && Math.abs(rounded % 2) === 1) rounded--;
  const result = shift(rounded, -precision);
  return result === 0 ? 0 : result;
}

/** Moves the decimal point in the number's text: multiplying by a power of ten would lose digits. */
function shift(value: number, places: number): number {
  if (places === 0) return value;
  const [digits, exponent] = String(value).split("e");
  return Number(`${digits}e${Number(exponent ?? 0) + places}`);
}
