import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { ExpressionSyntaxError } from "../evaluation.ts";
import { createRandomSource } from "../random.ts";
import { compileExpression } from "./compile-expression.ts";
import { JsonataError } from "./jsonata-error.ts";
import { defaultLimits } from "./limits.ts";
import { parseExpression } from "./parse-expression.ts";
import type { Value } from "./value.ts";

interface SuiteCase {
  readonly id: string;
  readonly expr: string;
  readonly data?: Value;
  readonly dataset?: string | null;
  readonly bindings?: Readonly<Record<string, Value>>;
  readonly result?: unknown;
  readonly undefinedResult?: boolean;
  readonly code?: string;
  readonly error?: { readonly code: string };
  readonly unordered?: boolean;
}

/**
 * Cases that are not met on purpose, by id, with the reason. One that is listed and passes fails the test, too.
 */
const exceptions = JSON.parse(
  readFileSync(new URL("jsonata-suite-exceptions.json", import.meta.url), "utf8"),
) as Readonly<Record<string, string>>;

const suite = fileURLToPath(new URL("../../../../shared/jsonata/", import.meta.url));
const isThere = existsSync(suite);
const read = (name: string): unknown => JSON.parse(readFileSync(suite + name, "utf8"));
const datasets = isThere ? (read("datasets.json") as Readonly<Record<string, Value>>) : {};
const groups = isThere ? readdirSync(`${suite}groups`) : [];

describe.skipIf(!isThere)("the language's own test-suite", () => {
  test.each(groups)("%s", (group) => {
    const cases = read(`groups/${group}`) as readonly SuiteCase[];
    const failures = cases.flatMap((suiteCase) => {
      const problem = problemOf(suiteCase);
      const isListed = Object.hasOwn(exceptions, suiteCase.id);
      if ((problem === undefined) !== isListed) return [];
      return [`${suiteCase.id}: ${suiteCase.expr}\n${problem ?? "passes, though it is listed"}`];
    });
    expect(failures).toEqual([]);
  });

  test("every exception names a case", () => {
    const ids = groups.flatMap((group) =>
      (read(`groups/${group}`) as readonly SuiteCase[]).map(({ id }) => id),
    );
    expect(Object.keys(exceptions).filter((id) => !ids.includes(id))).toEqual([]);
  });
});

/** What is wrong with our answer, if anything is. */
function problemOf(suiteCase: SuiteCase): string | undefined {
  const code = suiteCase.code ?? suiteCase.error?.code;
  let result: Value;
  try {
    result = evaluate(suiteCase);
  } catch (thrown) {
    if (code !== undefined && isErrorOf(thrown, code)) return undefined;
    return `wanted ${code ?? JSON.stringify(suiteCase.result)}, got ${String(thrown)}`;
  }
  if (code !== undefined) return `wanted ${code}, got ${JSON.stringify(result)}`;
  const wanted = suiteCase.undefinedResult === true ? undefined : suiteCase.result;
  const actual = suiteCase.unordered === true ? sorted(result) : plain(result);
  const expected = suiteCase.unordered === true ? sorted(wanted) : wanted;
  if (JSON.stringify(canonical(actual)) === JSON.stringify(canonical(expected))) return undefined;
  return `wanted ${JSON.stringify(wanted)}, got ${JSON.stringify(result)}`;
}

function evaluate({ expr, data, dataset, bindings = {} }: SuiteCase): Value {
  const document = typeof dataset === "string" ? datasets[dataset] : data;
  return compileExpression(parseExpression(expr)).evaluate(
    {
      document,
      lookup: (name) => (Object.hasOwn(bindings, name) ? bindings[name] : undefined),
      random: createRandomSource(expr),
      now: Date.UTC(2026, 0, 1),
    },
    defaultLimits,
    (value) => value,
  );
}

/** Whether the error is the one with this code. The parser's errors, and those of our bounds, have none. */
function isErrorOf(thrown: unknown, code: string): boolean {
  if (thrown instanceof ExpressionSyntaxError) return code.startsWith("S0");
  if (!(thrown instanceof JsonataError)) return false;
  return thrown.bound === undefined ? thrown.code === code : code === "U1001";
}

function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value) ?? "null");
}

function sorted(value: unknown): unknown {
  const items = plain(value);
  return Array.isArray(items) ? items.map((item) => JSON.stringify(canonical(item))).sort() : items;
}

/** With the members of objects in one order. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, member]) => [name, canonical(member)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
