import fc from "fast-check";
import jsonata from "jsonata";
import { expect, test } from "vitest";
import { ExpressionSyntaxError } from "../evaluation.ts";
import { compileExpression } from "./compile-expression.ts";
import { JsonataError } from "./jsonata-error.ts";
import { defaultLimits } from "./limits.ts";
import { parseExpression } from "./parse-expression.ts";
import type { Value } from "./value.ts";

/**
 * Random expressions over random data have the result, or the error with its message, that they have in the
 * jsonata package. What is known to differ is left out of the generator and said there.
 */

const names = ["a", "b", "c", "items", "price"];

const data = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom<unknown>(0, 1, 2, -1, 2.5, "", "x", "a b", true, false, null),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...names), tie("value"), { maxKeys: 4 }),
  ),
})).value;

const literal = fc.constantFrom(
  "0",
  "1",
  "2",
  "-1",
  "2.5",
  '""',
  '"x"',
  '"a"',
  "true",
  "false",
  "null",
);
const variable = fc.constantFrom("$", "$v", "$f", "$nothing", "$$");
const name = fc.constantFrom(...names);
const operator = fc.constantFrom(..."+ - * / % = != < <= > >= & in and or ?? ?: ~>".split(" "));
/** Without what is random, or reads the clock, and `$base64decode`, which is stricter than the package's. */
const unaryFunction = fc.constantFrom(
  ..."sum count max min average string length uppercase lowercase trim boolean not exists number abs floor ceil round sqrt keys spread merge reverse distinct sort type formatBase base64encode encodeUrl encodeUrlComponent join zip clone".split(
    " ",
  ),
);
const binaryFunction = fc.constantFrom(
  ..."append lookup power round contains split substring substringBefore substringAfter pad join formatBase zip".split(
    " ",
  ),
);
const higherOrder = fc.constantFrom("map", "filter", "each", "sift", "single", "sort", "reduce");
const lambda = (body: string) =>
  fc.constantFrom(
    `function($v){ ${body} }`,
    `function($v, $i){ ${body} }`,
    `function($v, $i, $f){ ${body} }`,
  );

const expression = fc.letrec<{ any: string; step: string }>((tie) => {
  const any = tie("any");
  // A function that applies itself partially keeps the package busy for ever.
  const notRecursive = any.map((body) => body.replaceAll("$f", "$v"));
  return {
    step: fc.oneof(
      { weight: 6, arbitrary: name },
      { weight: 1, arbitrary: fc.constantFrom("*", "**", "%") },
      { weight: 2, arbitrary: any.map((inner) => `(${inner})`) },
      { weight: 1, arbitrary: any.map((inner) => `[${inner}]`) },
      { weight: 1, arbitrary: fc.tuple(name, any).map(([key, value]) => `{"${key}": ${value}}`) },
      {
        weight: 1,
        arbitrary: fc.tuple(name, fc.constantFrom("@$v", "#$i", "@$v#$i")).map((p) => p.join("")),
      },
    ),
    any: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      literal,
      variable,
      name,
      fc.array(tie("step"), { minLength: 1, maxLength: 4 }).map((steps) => steps.join(".")),
      fc.tuple(fc.constantFrom("$", "$v", "items"), tie("step")).map((steps) => steps.join(".")),
      fc.tuple(any, operator, any).map(([a, op, b]) => `(${a}) ${op} (${b})`),
      fc.tuple(name, any).map(([a, predicate]) => `${a}[${predicate}]`),
      fc.tuple(any, any).map(([a, predicate]) => `(${a})[${predicate}]`),
      fc.tuple(name, tie("step"), any).map(([a, b, predicate]) => `${a}.${b}[${predicate}]`),
      any.map((inner) => `(${inner})[]`),
      fc.tuple(name, name).map(([a, b]) => `${a}.${b}[]`),
      fc.tuple(any, any).map(([a, b]) => `[${a}, ${b}]`),
      fc.tuple(literal, literal).map(([a, b]) => `[${a}..${b}]`),
      fc.tuple(name, any, name, any).map(([k1, v1, k2, v2]) => `{"${k1}": ${v1}, "${k2}": ${v2}}`),
      fc.tuple(name, any, any).map(([a, key, value]) => `${a}{$string(${key}): ${value}}`),
      fc
        .tuple(name, fc.constantFrom("", "<", ">"), any)
        .map(([a, way, key]) => `${a}^(${way}${key})`),
      fc.tuple(any, any, any).map(([test, a, b]) => `(${test}) ? (${a}) : (${b})`),
      fc.tuple(any, any).map(([a, b]) => `($v := ${a}; ${b})`),
      fc.tuple(notRecursive, any).map(([a, b]) => `($f := function($v){ ${a} }; ${b})`),
      any.map((inner) => `-(${inner})`),
      fc.tuple(unaryFunction, any).map(([f, a]) => `$${f}(${a})`),
      fc.tuple(binaryFunction, any, any).map(([f, a, b]) => `$${f}(${a}, ${b})`),
      fc.tuple(higherOrder, any, any.chain(lambda)).map(([f, a, b]) => `$${f}(${a}, ${b})`),
      fc.tuple(any, unaryFunction).map(([a, f]) => `(${a}) ~> $${f}`),
      fc.tuple(any, binaryFunction, any).map(([a, f, b]) => `(${a}) ~> $${f}(${b})`),
      fc.tuple(fc.constantFrom("$append(?, [1])", "$f(?)"), any).map(([f, a]) => `${f}(${a})`),
      fc.tuple(name, any).map(([a, update]) => `$ ~> |${a}[$type($) = "object"]|{"b": ${update}}|`),
    ),
  };
}).any;

test("random expressions have the results that they have in the package", async () => {
  await fc.assert(
    fc.asyncProperty(expression, data, async (text, document) => {
      const theirs = syntaxError(text) ?? (await evaluateWithPackage(text, document));
      if (theirs === undefined) return;
      const ours = evaluate(text, document);
      // The package evaluates the parts of arrays and objects side by side: any of their errors may be first.
      if ("error" in theirs && "error" in ours && text.includes(",")) return;
      expect(ours).toEqual(theirs);
    }),
    { numRuns: 3000, seed: 2026 },
  );
});

function syntaxError(text: string): Outcome | undefined {
  try {
    jsonata(text);
    return undefined;
  } catch (thrown) {
    return { error: (thrown as { readonly message: string }).message };
  }
}

type Outcome = { readonly json: string } | { readonly error: string };

/**
 * Undefined if the package itself breaks: an error of JavaScript's, not of JSONata's, or a changed input, as
 * `[]{…}` and transforms leave behind.
 */
async function evaluateWithPackage(text: string, document: unknown): Promise<Outcome | undefined> {
  const copy: unknown = structuredClone(document);
  const outcome = await jsonata(text)
    .evaluate(copy)
    .then(
      (result: unknown) => ({ json: jsonOf(result) }),
      ({ code, message }: { readonly code?: string; readonly message: string }) =>
        code === undefined ? undefined : { error: `${code}: ${withoutName(message)}` },
    );
  return JSON.stringify(copy) === JSON.stringify(document) ? outcome : undefined;
}

function evaluate(text: string, document: unknown): Outcome {
  const environment = {
    document: document as Value,
    lookup: () => undefined,
    random: { next: () => 0, uuid: () => "" },
    now: 0,
  };
  try {
    const compiled = compileExpression(parseExpression(text));
    return { json: jsonOf(compiled.evaluate(environment, defaultLimits, (value) => value)) };
  } catch (thrown) {
    if (thrown instanceof ExpressionSyntaxError) return { error: thrown.message };
    if (thrown instanceof JsonataError)
      return { error: `${thrown.code}: ${withoutName(thrown.message)}` };
    throw thrown;
  }
}

/** The package remembers the name that a function was last called by, from one expression to the next. */
function withoutName(message: string): string {
  return message.replace(/ function (undefined|"[^"]*")/, " function");
}

/** Functions are left out of results, here and there. */
function jsonOf(value: unknown): string {
  return (
    JSON.stringify(value, (_, member: unknown) => (isFunction(member) ? "function" : member)) ??
    "undefined"
  );
}

function isFunction(value: unknown): boolean {
  if (typeof value === "function") return true;
  if (typeof value !== "object" || value === null) return false;
  return "_jsonata_lambda" in value || "_jsonata_function" in value || "implementation" in value;
}
