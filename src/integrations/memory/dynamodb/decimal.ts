/** A number of DynamoDB, exact: `coefficient` × 10^`exponent`. Zero has the exponent 0; no other ends with a zero. */
export interface Decimal {
  readonly coefficient: bigint;
  readonly exponent: number;
}

/** *Documented*: 38 digits, and magnitudes from 1E-130 to 9.99…E+125. */
const mostDigits = 38;
const greatestMagnitude = 125;
const leastMagnitude = -130;

export const zero: Decimal = { coefficient: 0n, exponent: 0 };

/** The number, or what DynamoDB says of a text that is none. */
export function parseDecimal(text: string): Decimal | string {
  if (text === "") return "The parameter cannot be converted to a numeric value";
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text);
  const [, sign = "", whole = "", fraction = "", exponentText = "0"] = match ?? [];
  if (match === null || whole + fraction === "") {
    return `The parameter cannot be converted to a numeric value: ${text}`;
  }
  const digits = (whole + fraction).replace(/^0+/, "").replace(/0+$/, "");
  if (digits === "") return zero;
  const trailing = (whole + fraction).length - (whole + fraction).replace(/0+$/, "").length;
  const exponent = Number(exponentText) - fraction.length + trailing;
  const problem = rangeProblem(digits.length, exponent);
  if (problem !== undefined) return problem;
  return { coefficient: BigInt(`${sign === "-" ? "-" : ""}${digits}`), exponent };
}

function rangeProblem(digits: number, exponent: number): string | undefined {
  const magnitude = exponent + digits - 1;
  if (magnitude > greatestMagnitude) {
    return "Number overflow. Attempting to store a number with magnitude larger than supported range";
  }
  if (magnitude < leastMagnitude) {
    return "Number underflow. Attempting to store a number with magnitude smaller than supported range";
  }
  if (digits > mostDigits) return "Attempting to store more than 38 significant digits in a Number";
  return undefined;
}

/** As DynamoDB writes it: all digits, no exponent, no zeros that say nothing. */
export function decimalText({ coefficient, exponent }: Decimal): string {
  const digits = digitsOf(coefficient);
  const sign = coefficient < 0n ? "-" : "";
  if (exponent >= 0) return sign + digits + "0".repeat(exponent);
  const padded = digits.padStart(1 - exponent, "0");
  return `${sign}${padded.slice(0, exponent)}.${padded.slice(exponent)}`;
}

export function compareDecimals(a: Decimal, b: Decimal): number {
  const [left, right] = aligned(a, b);
  return left === right ? 0 : left < right ? -1 : 1;
}

/** The exact sum; what DynamoDB says of one that it cannot keep. *Our choice*: nothing is rounded. */
export function addDecimals(a: Decimal, b: Decimal): Decimal | string {
  const [left, right] = aligned(a, b);
  const sum = normalized(left + right, Math.min(a.exponent, b.exponent));
  return sum.coefficient === 0n
    ? sum
    : (rangeProblem(digitsOf(sum.coefficient).length, sum.exponent) ?? sum);
}

export function negated({ coefficient, exponent }: Decimal): Decimal {
  return { coefficient: -coefficient, exponent };
}

/** *Documented*: two digits a byte, and one more; *our choice* what of the estimate that is. */
export function decimalBytes({ coefficient }: Decimal): number {
  return Math.ceil(digitsOf(coefficient).length / 2) + 1;
}

/** Both with the smaller exponent: at most 300 digits, as magnitudes are bounded. */
function aligned(a: Decimal, b: Decimal): readonly [bigint, bigint] {
  const exponent = Math.min(a.exponent, b.exponent);
  return [scaled(a, exponent), scaled(b, exponent)];
}

function scaled({ coefficient, exponent }: Decimal, to: number): bigint {
  return coefficient * 10n ** BigInt(exponent - to);
}

function normalized(coefficient: bigint, exponent: number): Decimal {
  if (coefficient === 0n) return zero;
  const text = coefficient.toString();
  const trailing = text.length - text.replace(/0+$/, "").length;
  return { coefficient: coefficient / 10n ** BigInt(trailing), exponent: exponent + trailing };
}

function digitsOf(coefficient: bigint): string {
  return (coefficient < 0n ? -coefficient : coefficient).toString();
}
