import { stringify } from "yaml";
import type { FlowNotation } from "../print-flow.ts";

/** A scalar on one line, as it may stand in a block. */
export function printScalar(
  value: string | number | boolean | null,
  isSingleQuoted: boolean,
): string {
  if (typeof value !== "string") return JSON.stringify(value);
  // What JSON escapes cannot stand in single quotes or plainly.
  if (/[\p{Cc}\u2028\u2029\uFEFF]|[\uD800-\uDFFF]/u.test(value)) return JSON.stringify(value);
  if (isReadOtherwise(value)) return quoted(value, isSingleQuoted);
  const printed = stringify(value, { lineWidth: 0, singleQuote: isSingleQuoted });
  return printed.replace(/\n$/, "");
}

export function printKey(name: string, isSingleQuoted: boolean): string {
  return printScalar(name, isSingleQuoted);
}

/** A scalar in braces or brackets, where commas and brackets end a plain one. */
export function flowNotation(isSingleQuoted: boolean): FlowNotation {
  const scalar = (value: string | number | boolean | null): string => {
    const printed = printScalar(value, isSingleQuoted);
    const isPlain = typeof value === "string" && printed === value;
    return isPlain && /[,[\]{}:#]/.test(value) ? quoted(value, isSingleQuoted) : printed;
  };
  return { scalar, key: (name) => scalar(name) };
}

/** In the quotes of the text around; double ones where the single ones would have to be doubled. */
export function quoted(value: string, isSingleQuoted: boolean): string {
  const isSingle = isSingleQuoted && !/['\p{Cc}]/u.test(value);
  return isSingle ? `'${value}'` : JSON.stringify(value);
}

/** Texts that YAML 1.1, as CloudFormation and SAM read it, takes for a boolean or a date. */
function isReadOtherwise(value: string): boolean {
  return /^(?:y|n|yes|no|on|off)$/i.test(value) || /^\d{4}-\d\d?-\d\d?/.test(value);
}
