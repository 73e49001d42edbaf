import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { EvaluationError, ExpressionSyntaxError, type EvaluationScope } from "../evaluation.ts";
import { toDouble } from "../exact-number.ts";
import type { JsonValue } from "../json.ts";
import { parseJson } from "../parse-json.ts";
import { createRandomSource } from "../random.ts";
import { compilePath } from "./compile-path.ts";

interface Case {
  readonly document: string;
  readonly path: string;
  readonly definite?: boolean;
  readonly result?: JsonValue;
  readonly error?: "not found" | "invalid path" | "error";
}

const suite = new URL("../../../../shared/jsonpath/cases.json", import.meta.url);
const exceptions = JSON.parse(
  readFileSync(new URL("jsonpath-suite-exceptions.json", import.meta.url), "utf8"),
) as Record<string, string>;

const scope: EvaluationScope = {
  context: {},
  variables: { lookup: () => undefined },
  random: createRandomSource(0),
  now: 0,
};

test.skipIf(!existsSync(suite))(
  "every path gives Jayway's answer, but for those that are listed with their reasons",
  () => {
    const { documents, cases } = parseJson(readFileSync(suite, "utf8")) as unknown as {
      documents: Record<string, JsonValue>;
      cases: readonly Case[];
    };
    const failing = cases.filter((one) => !agrees(one, documents[one.document] as JsonValue));
    expect(failing.map((one) => `${one.document} ${one.path}`).toSorted()).toEqual(
      Object.keys(exceptions).toSorted(),
    );
  },
);

function agrees(one: Case, document: JsonValue): boolean {
  try {
    const path = compilePath(one.path);
    if (one.definite !== undefined && path.isDefinite !== one.definite) return false;
    const result = path.evaluate(document, scope);
    return one.error === undefined && inDoubles(result) === inDoubles(one.result as JsonValue);
  } catch (error) {
    if (one.error === "invalid path") return error instanceof ExpressionSyntaxError;
    if (one.error === "not found") return error instanceof EvaluationError;
    // Refusing a path early is as good as failing on it late.
    return one.error === "error";
  }
}

/** The text of a value in which a number is written as its double is: 5.0 and 5 are the same answer. */
function inDoubles(value: JsonValue): string {
  return JSON.stringify(value, function (this: Record<string, unknown>, name, written: unknown) {
    return toDouble(this[name]) === this[name] ? written : toDouble(this[name]);
  });
}
