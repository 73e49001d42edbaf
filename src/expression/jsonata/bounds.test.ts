import { describe, expect, test } from "vitest";
import { ExpressionSyntaxError, type EvaluationScope } from "../evaluation.ts";
import type { JsonValue } from "../json.ts";
import { compileJsonata, statesValue } from "./compile-jsonata.ts";
import { JsonataError, type Bound } from "./jsonata-error.ts";

const scope: EvaluationScope = {
  context: {},
  variables: { lookup: () => undefined },
  random: { next: () => 0.5, uuid: () => "id" },
  now: 0,
};

const numbers = Array.from({ length: 100_000 }, (_, index) => index);
const items = Array.from({ length: 20_000 }, (_, id) => ({ id, name: `n${id}`, tags: ["a", "b"] }));
const input: JsonValue = {
  numbers,
  items,
  text: "a".repeat(200_000),
  deep: JSON.parse("[".repeat(50_000) + "]".repeat(50_000)) as JsonValue,
  wide: Object.fromEntries(numbers.slice(0, 20_000).map((index) => [`k${index}`, index])),
};

/** The bound that ends the evaluation. */
function boundOf(text: string): Bound | undefined {
  const expression = compileJsonata(text);
  try {
    expression.evaluate(statesValue({ input }, scope), scope);
  } catch (thrown) {
    if (thrown instanceof JsonataError) return thrown.bound;
    throw thrown;
  }
  return undefined;
}

const loop = (body: string) => `$map($states.input.numbers, function($n){ ${body} })`;

describe("an expression that would run for ever runs out of steps", () => {
  test.each([
    "($f := function($x){ $f($x + 1) }; $f(1))",
    "($f := function($x){ $g($x) }; $g := function($x){ $f($x) }; $f(1))",
    "($f := function($f){ $f($f) }; $f($f))",
    "($fib := function($n){ $n < 2 ? $n : $fib($n - 1) + $fib($n - 2) }; $fib(25))",
    '$match("a", function($s){ ($m := {"match": "a", "start": 0, "next": function(){ $m }}; $m) })',
    '$replace("a", function($s){ ($m := {"match": "", "start": 0, "next": function(){ $m }}; $m) }, "b")',
  ])("%s", (text) => {
    expect(boundOf(text)).toBe("steps");
  });
});

test.each([
  "($a := [1..1000]; $b := $map($a, function(){ $a }); $map($a, function(){ $b }))",
  "($a := {'k': [1..1000]}; $b := $map([1..1000], function(){ $a }); $map([1..1000], function(){ $b }))",
  "($s := $pad('', 1000000, 'a'); $map([1..1000], function(){ $s }))",
])(
  "a result that holds the same again and again runs out of steps before it is written: %s",
  (text) => {
    expect(boundOf(text)).toBe("steps");
  },
);

describe("work in proportion to what is worked on is charged", () => {
  test.each([
    loop("$map($states.input.numbers, function($m){ $n * $m })"),
    "$states.input.items@$a.$states.input.items@$b.{'x': $a}",
    "$states.input.items@$a.($states.input.items@$b[$a.id = $b.id].name)",
    loop("$sum($states.input.numbers)"),
    loop("$states.input.numbers ? 1 : 2"),
    loop("$states.input.wide ? 1 : 2"),
    loop("$states.input.numbers = $states.input.items.id"),
    loop("$states.input.wide = $merge([$states.input.wide])"),
    loop("'z' in $states.input.numbers"),
    loop("$keys($states.input.wide)"),
    loop("$states.input.wide.*"),
    loop("$states.input.items.**"),
    loop("$states.input.items[$states.input.numbers]"),
    loop("$each($states.input.wide, function($v){ $v })"),
    loop("$merge($states.input.items)"),
    loop("$spread($states.input.numbers)"),
    loop("$lookup($states.input.items, 'id')"),
    loop("$reverse($states.input.numbers)"),
    loop("$shuffle($states.input.numbers)"),
    loop("$distinct($states.input.numbers)"),
    loop("$sort($states.input.numbers)"),
    loop("$states.input.items^(id)"),
    loop("$states.input.items{name: $}"),
    loop("$zip($states.input.numbers)"),
    loop("$append($states.input.numbers, 1)"),
    loop("$partition($states.input.numbers, 2)"),
    loop("$join($split($states.input.text, ''))"),
    loop("$uppercase($states.input.text)"),
    loop("$length($states.input.text)"),
    loop("$substring($states.input.text, 1)"),
    loop("$contains($states.input.text, 'b')"),
    loop("$substringBefore($states.input.text, 'b')"),
    loop("$trim($states.input.text)"),
    loop("$string($states.input.items)"),
    loop("$base64encode($states.input.text)"),
    loop("$encodeUrl($states.input.text)"),
    loop("$hash($states.input.text, 'SHA-512')"),
    loop("$match($states.input.text, /b/)"),
    loop("$formatNumber($n, '#,##0.00')"),
    loop("$formatInteger($n, 'w')"),
    loop("$fromMillis($n, '[Y]-[M]-[D]')"),
    loop("$toMillis('2018-03-20', '[Y]-[M]-[D]')"),
    loop("$random($n)"),
    loop("$uuid() & $uuid()"),
    loop(`[${Array(300).fill("1").join(", ")}]`),
    `$states.input.numbers[$sum([${Array(300).fill("1").join(", ")}]) > 0]`,
    "($f := function($x)<a<n>:n>{ 1 }; $map($states.input.numbers, function(){ $f($states.input.numbers) }))",
    "($s := $pad('', 1000000, 'x'); $t := $pad('', 1000000, 'x'); " + loop("$s = $t") + ")",
    "($s := $pad('', 1000000, 'x'); $t := $pad('', 1000000, 'x'); " + loop("$s < $t") + ")",
    "$match($states.input.text, /a.*b|a/)",
    "$replace($states.input.text, /a/, 'bbbb')",
    "$contains($states.input.text, $substring($states.input.text, 0, 50000) & 'b' & $substring($states.input.text, 0, 50000))",
    "$map([1..1000], function(){ $pad('a', 1000000) })",
  ])("%s", (text) => {
    expect(boundOf(text)).toBe("steps");
  });
});

describe("what takes longer than it looks is charged for it", () => {
  // So often is measured to take half of the 100 ms that an expression may hold the thread.
  test.each([
    ["$formatBase(1e308, 2)", 20_000],
    ["$string(1e300 / $n)", 70_000],
    ["$string({'a': [1]})", 50_000],
    ["$clone({'a': 1})", 30_000],
    ["{'a': 1} ~> |$|{'b': 2}|", 30_000],
    ["$distinct([{'a': 1}, {'a': 1}])", 40_000],
    ["$hash('a', 'SHA-256')", 25_000],
    ["$parse('{}')", 90_000],
    ["$toMillis('2020-01-01T00:00:00Z')", 60_000],
    ["$zip([1], [2])", 90_000],
    ["{$string($n): $n}", 50_000],
    ["{'a': $n}", 160_000],
  ])("%s, %i times", (body, times) => {
    expect(boundOf(`$map([1..${times}], function($n){ ${body} })`)).toBe("steps");
  });

  test("so that what is charged too little is seen: the same is fine a tenth as often", () => {
    expect(boundOf("$map([1..10000], function($n){ {$string($n): $n} })")).toBeUndefined();
  });

  test("the number of characters of a text that was put together", () => {
    const grow = "$n = 0 ? $s : $f($n - 1, $length($s) > 0 ? $s & 'x' : 'x')";
    expect(boundOf(`($f := function($n, $s){ ${grow} }; $f(20000, 'x'))`)).toBe("steps");
  });
});

describe("an expression that would fill the memory is stopped before it does", () => {
  test.each([
    "[1..5000000]",
    "$range(1, 1000000000, 1)",
    '$pad("a", 1000000000)',
    '$pad("a", 1/0)',
    '($d := function($s, $n){ $n = 0 ? $s : $d($s & $s, $n - 1) }; $d("ab", 60))',
    "($d := function($s, $n){ $n = 0 ? $s : $d($append($s, $s), $n - 1) }; $d([1], 60))",
    "($d := function($s, $n){ $n = 0 ? $s : $d([$s, $s], $n - 1) }; $d([1], 60))",
    "$join($map([1..1000], function(){ $states.input.text }))",
    "$replace($states.input.text, 'a', $states.input.text)",
    "[1..1000].([1..1000].([1..1000]))",
  ])("%s", (text) => {
    expect(boundOf(text)).toBe("memory");
  });
});

describe("an expression that nests too deeply is stopped", () => {
  test.each([
    "($f := function($x){ 1 + $f($x + 1) }; $f(1))",
    "($f := function($x){ [$f($x)] }; $f(1))",
    "$string($states.input.deep)",
    "$states.input.deep.**",
    "$states.input.deep = $states.input.deep[0]",
    "[$states.input.deep]",
    "$distinct([$states.input.deep, 1])",
    "$states.input.items[0] ~> |$|{'self': $}|",
    '$formatInteger(1e300, "I")',
  ])("%s", (text) => {
    expect(boundOf(text)).toBe("depth");
  });

  test("recursion to thirty levels is fine", () => {
    expect(boundOf("($f := function($n){ $n = 0 ? 0 : 1 + $f($n - 1) }; $f(30))")).toBeUndefined();
  });

  test("calls in tail position need no depth", () => {
    expect(boundOf("($f := function($n){ $n > 0 ? $f($n - 1) : 1 }; $f(50000))")).toBeUndefined();
  });
});

test("regular expressions that backtrack elsewhere take linear time", () => {
  expect(
    boundOf("$contains($substring($states.input.text, 0, 10000) & '!', /^(a+)+$/)"),
  ).toBeUndefined();
  expect(
    boundOf("$contains($substring($states.input.text, 0, 10000) & '!', /(a|aa)+$/)"),
  ).toBeUndefined();
});

describe("what makes the package loop, or allocate without end, is refused", () => {
  test.each([
    ['$formatInteger(1e308 * 10, "A")', "D1001"],
    ['$fromMillis(0, "[Y,1000000000]")', "D3137"],
    ['$fromMillis(0, "[Y,*-1000000000]")', "D3137"],
    ["$fromMillis(1e308 * 10)", "D1001"],
    [`$formatNumber(1, "${"#,".repeat(300)}0")`, "D3137"],
    ['$formatNumber(1, "0", {"zero-digit": ""})', "D3137"],
    ['$formatNumber(1, "0", {"zero-digit": 5})', "D3137"],
    [`$toMillis("${"a".repeat(100)}!", "[YA][MA][DA][HA]")`, "D3137"],
    [`$toMillis("${"one ".repeat(60)}!", "[Yw] [Mw] [Dw] [Hw]")`, "D3137"],
  ])("%s", (text, code) => {
    expect(() => compileJsonata(text).evaluate(undefined, scope)).toThrow(
      expect.objectContaining({ code }),
    );
  });
});

describe("a text that is no reasonable expression is refused when it is compiled", () => {
  const refused = (text: string, message: RegExp) => {
    expect(() => compileJsonata(text)).toThrow(ExpressionSyntaxError);
    expect(() => compileJsonata(text)).toThrow(message);
  };

  test("too long", () => {
    refused("1 + ".repeat(10_000) + "1", /longer than/);
  });

  test("a path of more steps than anybody writes", () => {
    refused(`$states.input${".a".repeat(1_000)}`, /more than 1000 steps/);
  });

  test("nested too deeply for the parser", () => {
    refused("(".repeat(10_000) + "1" + ")".repeat(10_000), /nested too deeply/);
  });

  test("nested too deeply for the compiler", () => {
    refused("1" + " + 1".repeat(6_000), /nested too deeply/);
  });

  test("default operators nested on the left, which double the tree each time", () => {
    const nested = (levels: number): string =>
      levels === 0 ? "$a" : `(${nested(levels - 1)} ?? 1)`;
    refused(nested(30), /nested more than/);
    expect(() => compileJsonata(nested(8))).not.toThrow();
  });

  test("regular expressions that need backtracking, or too many repetitions", () => {
    refused("/(?=a)/", /Unsupported regular expression/);
    refused("/(a)\\1/", /Unsupported regular expression/);
    refused("/a{1001}/", /Unsupported regular expression/);
  });
});
