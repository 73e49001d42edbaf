/** What is wrong with a value, as the end of "`port` …"; `undefined` if nothing is. */
export type Check = (value: unknown) => Problem | undefined;

export interface Problem {
  /** Where in the value; empty for the value itself. */
  readonly path: string;
  readonly message: string;
}

export const anything: Check = () => undefined;

export const isString: Check = (value) =>
  typeof value === "string" && value !== "" ? undefined : wrong("must be a text");

export const isNumber: Check = (value) =>
  typeof value === "number" && value > 0 ? undefined : wrong("must be a number above 0");

export function wholeFrom(least: number, most: number): Check {
  return (value) =>
    Number.isInteger(value) && Number(value) >= least && Number(value) <= most
      ? undefined
      : wrong(`must be a whole number from ${least} to ${most}`);
}

export const isScale: Check = (value) =>
  isTimeScale(value) ? undefined : wrong("must be a number, 0 or more");

/** Whether waits can be multiplied by the value. */
export function isTimeScale(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}

export const isPort: Check = (value) =>
  isPortNumber(value) ? undefined : wrong("must be a port number, 0 (any free one) to 65535");

/** Whether the value can be a port; 0 stands for any that is free. */
export function isPortNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 65_535;
}

export const isAccountId: Check = (value) =>
  typeof value === "string" && /^\d{12}$/.test(value)
    ? undefined
    : wrong("must be a text of 12 digits");

export const isUrl: Check = (value) =>
  typeof value === "string" && /^https?:\/\//.test(value) && URL.canParse(value)
    ? undefined
    : wrong("must be a URL that begins with http:// or https://");

export const isLogTarget: Check = (value) =>
  value === "file" || value === "stdout" || value === "off"
    ? undefined
    : wrong('must be "file", "stdout" or "off"');

export function oneOf(values: readonly string[]): Check {
  const listed = values.map((value) => `"${value}"`).join(" or ");
  return (value) =>
    values.some((known) => known === value) ? undefined : wrong(`must be ${listed}`);
}

/** What only says yes or no. */
export const isBoolean: Check = (value) =>
  typeof value === "boolean" ? undefined : wrong("must be true or false");

export const isPath: Check = (value) =>
  typeof value === "string" && /^(\/[A-Za-z0-9._-]+)+$/.test(value)
    ? undefined
    : wrong('must be a path such as "/console", without a slash at its end');

export function objectOf(table: { readonly [name: string]: Check }): Check {
  return (value) => {
    if (!isRecord(value)) return wrong("must be an object");
    for (const [name, member] of Object.entries(value)) {
      const check = Object.hasOwn(table, name) ? table[name] : undefined;
      if (check === undefined) {
        const known = Object.keys(table).join(", ");
        return { path: `.${name}`, message: `is not a known key. The keys here are: ${known}` };
      }
      const problem = check(member);
      if (problem !== undefined) return inside(name, problem);
    }
    return undefined;
  };
}

export function mapOf(check: Check): Check {
  return (value) => {
    if (!isRecord(value)) return wrong("must be an object");
    for (const [name, member] of Object.entries(value)) {
      const problem = check(member);
      if (problem !== undefined) return inside(name, problem);
    }
    return undefined;
  };
}

export function listOf(check: Check): Check {
  return (value) => {
    if (!Array.isArray(value)) return wrong("must be a list");
    for (const [index, element] of value.entries()) {
      const problem = check(element);
      if (problem !== undefined) return inside(String(index), problem);
    }
    return undefined;
  };
}

export function either(first: Check, second: Check, message: string): Check {
  return (value) =>
    first(value) === undefined || second(value) === undefined ? undefined : wrong(message);
}

export function wrong(message: string): Problem {
  return { path: "", message };
}

export function inside(name: string, problem: Problem): Problem {
  return { ...problem, path: `.${name}${problem.path}` };
}

export function isRecord(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
