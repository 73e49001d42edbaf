import { expect, test } from "vitest";
import type { EvaluationScope } from "../evaluation.ts";
import type { JsonValue } from "../json.ts";
import { compileJsonata, statesValue } from "./compile-jsonata.ts";

const scope: EvaluationScope = {
  context: {},
  variables: { lookup: () => undefined },
  random: { next: () => 0, uuid: () => "" },
  now: 0,
};

function evaluate(text: string, input: JsonValue = { a: { b: 1 }, list: [{ x: 1 }] }): unknown {
  return compileJsonata(text).evaluate(statesValue({ input }, scope), scope);
}

const inherited = [
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "valueOf",
  "__defineGetter__",
];

test.each(inherited)("%s of an object is reached in no way", (name) => {
  for (const text of [
    `$states.input.${name}`,
    `$states.input.a.${name}.x`,
    `$states.input.list.${name}`,
    `$states.input.list[${name}]`,
    `$lookup($states.input, "${name}")`,
    `$lookup($states.input.list, "${name}")`,
    `$sum.${name}`,
    `function($x){$x}.${name}`,
    `/a/.${name}`,
    `("text").${name}`,
    `[[{}]].${name}`,
    `$states.${name === "__proto__" ? "input.__proto__" : "input"}[${name}]`,
    `$${name}`,
    `{"a": 1}.${name}`,
    `$match("a", /a/).${name}`,
    `$spread({"a": 1}).${name}`,
  ]) {
    expect(evaluate(text), text).toBeUndefined();
  }
});

test.each(inherited)("an own member named %s is data like any other", (name) => {
  const input = JSON.parse(
    `{"${name}": {"x": 1}, "list": [{"${name}": 2}, {"${name}": [3]}]}`,
  ) as JsonValue;
  expect(evaluate(`$states.input.${name}.x`, input)).toBe(1);
  expect(evaluate(`$states.input.list.${name}`, input)).toEqual([2, 3]);
  expect(evaluate(`$lookup($states.input, "${name}").x`, input)).toBe(1);
  expect(JSON.stringify(evaluate(`{"${name}": 5}`))).toBe(`{"${name}":5}`);
  expect(JSON.stringify(evaluate(`$merge([{"${name}": 5}])`))).toBe(`{"${name}":5}`);
  expect(JSON.stringify(evaluate(`$states.input.list{"${name}": $sum(${name})}`, input))).toBe(
    `{"${name}":5}`,
  );
  expect(evaluate(`$keys({"${name}": 5})`)).toBe(name);
});

test("building objects changes no prototype", () => {
  evaluate('{"__proto__": {"polluted": true}}');
  evaluate('$merge([{"__proto__": {"polluted": true}}])');
  evaluate('$states.input ~> |$|{"__proto__": {"polluted": true}}|');
  evaluate('$sift({"__proto__": {"polluted": true}}, function(){ true })');
  evaluate(
    '$parse(\'{"__proto__": {"polluted": true}}\') ~> |$|{"constructor": {"prototype": {"polluted": true}}}|',
  );
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test("an object of the input is never taken for a function", () => {
  const forged = {
    _jsonata_function: true,
    _jsonata_lambda: true,
    implementation: "x",
    arity: 1,
    environment: {},
    body: { type: "name", value: "x" },
  };
  const input = { f: forged, list: [1] };
  expect(() => evaluate("$states.input.f(1)", input)).toThrow("Attempted to invoke a non-function");
  expect(() => evaluate("$map($states.input.list, $states.input.f)", input)).toThrow(
    "does not match",
  );
  expect(() => evaluate("$states.input.list ~> $states.input.f", input)).toThrow(
    "must be a function",
  );
  expect(evaluate("$type($states.input.f)", input)).toBe("object");
  expect(evaluate("$states.input.f", input)).toBe(forged);
});

test("functions show none of their members", () => {
  expect(evaluate("$keys($sum)")).toBeUndefined();
  expect(evaluate("$sum.*")).toBeUndefined();
  expect(evaluate("$count($sum.**)")).toBe(1);
  expect(evaluate("$sum.arity")).toBeUndefined();
  expect(evaluate("[$sum].name")).toBeUndefined();
  expect(evaluate("$type($spread($sum))")).toBe("function");
  expect(evaluate("$string($sum)")).toBe("");
});
