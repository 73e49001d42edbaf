import type { FunctionConfiguration } from "../integrations/functions/function-source.ts";
import { awsLimits } from "../machine/limits.ts";
import type { Config } from "./config-file.ts";
import { CommandFailure } from "./errors.ts";

/** What is wrong with a value, as the end of "`port` …"; `undefined` if nothing is. */
type Check = (value: unknown) => Problem | undefined;

interface Problem {
  /** Where in the value; empty for the value itself. */
  readonly path: string;
  readonly message: string;
}

const isString: Check = (value) =>
  typeof value === "string" && value !== "" ? undefined : wrong("must be a text");

const isNumber: Check = (value) =>
  typeof value === "number" && value > 0 ? undefined : wrong("must be a number above 0");

const isScale: Check = (value) =>
  isTimeScale(value) ? undefined : wrong("must be a number, 0 or more");

/** Whether waits can be multiplied by the value. */
export function isTimeScale(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}

const isPort: Check = (value) =>
  isPortNumber(value) ? undefined : wrong("must be a port number, 0 (any free one) to 65535");

/** Whether the value can be a port; 0 stands for any that is free. */
export function isPortNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 65_535;
}

const isAccountId: Check = (value) =>
  typeof value === "string" && /^\d{12}$/.test(value)
    ? undefined
    : wrong("must be a text of 12 digits");

const isUrl: Check = (value) =>
  typeof value === "string" && /^https?:\/\//.test(value) && URL.canParse(value)
    ? undefined
    : wrong("must be a URL that begins with http:// or https://");

const isLogTarget: Check = (value) =>
  value === "file" || value === "stdout" || value === "off"
    ? undefined
    : wrong('must be "file", "stdout" or "off"');

const isPath: Check = (value) =>
  typeof value === "string" && /^(\/[A-Za-z0-9._-]+)+$/.test(value)
    ? undefined
    : wrong('must be a path such as "/console", without a slash at its end');

const functionTable = {
  path: isString,
  handler: isString,
  command: either(isString, listOf(isString), "must be a text or a list of texts"),
  url: isUrl,
  timeoutSeconds: isNumber,
  environment: mapOf(isString),
  maxConcurrency: isNumber,
} satisfies { readonly [K in keyof Required<FunctionConfiguration>]: Check };

const configTable = {
  host: isString,
  port: isPort,
  dataDir: isString,
  region: isString,
  accountId: isAccountId,
  functionsFolder: isString,
  functions: mapOf(objectOf(functionTable)),
  allowedHosts: listOf(isString),
  buckets: mapOf(isString),
  retentionDays: isNumber,
  logExecutions: isLogTarget,
  mockConfig: isString,
  waitTimeScale: isScale,
  consolePath: isPath,
  limits: objectOf(Object.fromEntries(Object.keys(awsLimits).map((name) => [name, isNumber]))),
} satisfies { readonly [K in keyof Required<Config>]: Check };

/** The configuration that the value is; what is wrong with it is said with its key, and the keys that there are. */
export function checkConfig(value: unknown, path: string): Config {
  const problem = objectOf(configTable)(value);
  if (problem === undefined) return value as Config;
  const key = problem.path === "" ? "" : ` '${problem.path.slice(1)}'`;
  throw new CommandFailure(`The configuration ${path} is wrong:${key} ${problem.message}.`);
}

function objectOf(table: { readonly [name: string]: Check }): Check {
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

function mapOf(check: Check): Check {
  return (value) => {
    if (!isRecord(value)) return wrong("must be an object");
    for (const [name, member] of Object.entries(value)) {
      const problem = check(member);
      if (problem !== undefined) return inside(name, problem);
    }
    return undefined;
  };
}

function listOf(check: Check): Check {
  return (value) => {
    if (!Array.isArray(value)) return wrong("must be a list");
    for (const [index, element] of value.entries()) {
      const problem = check(element);
      if (problem !== undefined) return inside(String(index), problem);
    }
    return undefined;
  };
}

function either(first: Check, second: Check, message: string): Check {
  return (value) =>
    first(value) === undefined || second(value) === undefined ? undefined : wrong(message);
}

function wrong(message: string): Problem {
  return { path: "", message };
}

function inside(name: string, problem: Problem): Problem {
  return { ...problem, path: `.${name}${problem.path}` };
}

function isRecord(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
