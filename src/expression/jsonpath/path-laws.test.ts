import fc from "fast-check";
import { expect, test } from "vitest";
import { EvaluationError, ExpressionSyntaxError, type EvaluationScope } from "../evaluation.ts";
import type { JsonValue } from "../json.ts";
import { createRandomSource } from "../random.ts";
import { compilePath } from "./compile-path.ts";
import { compileReferencePath } from "./reference-path.ts";

const scope: EvaluationScope = {
  context: {},
  variables: { lookup: () => undefined },
  random: createRandomSource(0),
  now: 0,
};

const name = fc.constantFrom("a", "b", "c", "items", "__proto__", "0", "odd key", "it's");
const json = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<JsonValue>(null, true, false, 0, 1, -2.5, "", "a", "1"),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(name, tie("value"), { maxKeys: 4 }),
  ),
})).value;

const quoted = name.map((text) => `['${text.replaceAll("'", "\\'")}']`);
const step = fc.oneof(
  quoted,
  fc.constantFrom(".a", ".b", ".items", "[0]", "[-1]", "[*]", ".*", "..a", "..*", "..[0]"),
  fc.constantFrom("[0,1]", "[1:]", "[:-1]", "['a','b']", ".length()", ".sum()", ".keys()"),
  fc.constantFrom("[?(@.a)]", "[?(@.a > 0)]", "[?(@ == 1 || !@.b)]", "[?(@.a in $.items)]"),
  fc.constantFrom("[?(@.items empty true)]", "[?(@.a =~ /[a1]*/)]", "..[?(@.a)]", "..['a','b']"),
);

test("a path that compiles gives a value or an EvaluationError, and changes nothing", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 5 }), json, (steps, input) => {
      const before = JSON.stringify(input);
      const text = `$${steps.join("")}`;
      try {
        const path = compilePath(text);
        expect(path.evaluate(input, scope)).toEqual(path.find(input, scope));
        if (!path.isDefinite) expect(Array.isArray(path.find(input, scope))).toBe(true);
      } catch (error) {
        const isExpected =
          error instanceof EvaluationError || error instanceof ExpressionSyntaxError;
        if (!isExpected) throw error;
      }
      expect(JSON.stringify(input)).toBe(before);
    }),
    { numRuns: 2000 },
  );
});

test("any text is a path or an ExpressionSyntaxError", () => {
  const characters = fc.constantFrom(..."$.[]()?@*'\"\\ab0:,-!=<>&|~/ {}".split(""));
  fc.assert(
    fc.property(fc.string({ unit: characters, maxLength: 30 }), (text) => {
      try {
        compilePath(`$${text}`);
      } catch (error) {
        expect(error).toBeInstanceOf(ExpressionSyntaxError);
      }
    }),
    { numRuns: 5000 },
  );
});

test("what was put at a reference path is found there, the rest is as it was", () => {
  const steps = fc.array(fc.oneof(quoted, fc.constantFrom("[0]", "[-1]", ".a")), { maxLength: 4 });
  fc.assert(
    fc.property(steps, json, json, (parts, input, value) => {
      const path = compileReferencePath(`$${parts.join("")}`);
      const before = JSON.stringify(input);
      try {
        const output = path.replace(input, value);
        expect(path.evaluate(output, scope)).toEqual(value);
        const original = path.find(input, scope);
        if (original !== undefined) {
          expect(JSON.stringify(path.replace(output, original))).toBe(before);
        }
      } catch (error) {
        if (!(error instanceof EvaluationError)) throw error;
        expect(error.errorName).toBe("States.ResultPathMatchFailure");
      }
      expect(JSON.stringify(input)).toBe(before);
    }),
    { numRuns: 2000 },
  );
});
