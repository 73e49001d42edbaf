import { describe, expect, test } from "vitest";
import type { EvaluationScope } from "../../evaluation.ts";
import { compileJsonata } from "../compile-jsonata.ts";
import { InternalError } from "../jsonata-error.ts";

/** What the language's own test-suite leaves out: see jsonata-suite.test.ts for the rest. */
const scope: EvaluationScope = {
  context: {},
  variables: { lookup: () => undefined },
  random: { next: () => 0.99, uuid: () => "" },
  now: Date.UTC(2026, 4, 6, 7, 8, 9, 10),
};
const evaluate = (text: string): unknown => compileJsonata(text).evaluate(undefined, scope);

describe("texts", () => {
  test.each([
    ["$substringBefore('a-b', $none)", "a-b"],
    ["$substringAfter('a-b', $none)", "a-b"],
    ["$substring('a😀b', 1, 1)", "😀"],
    ["$length('a😀b')", 3],
    ["$length('\ud83d')", 1],
    ["$pad('😀', 3, '-+')", "😀-+"],
    ["$pad('a', -3, '')", "  a"],
    ["$trim('  a \n b ')", "a b"],
    ["$trim(' ')", ""],
    ["$join(['a', 'b'])", "ab"],
    ["$string({'a': 0.1 + 0.2, 'f': $sum})", '{"a":0.3,"f":""}'],
    ["$string([1, 'x'], true)", '[\n  1,\n  "x"\n]'],
    ["$string(1e21)", "1e+21"],
    ["$string(null)", "null"],
  ])("%s", (text, result) => {
    expect(evaluate(text)).toBe(result);
  });

  test("a number that JSON does not have is no text", () => {
    expect(() => evaluate("$string(1/0)")).toThrow(
      "Attempting to invoke string function on Infinity",
    );
    expect(() => evaluate("$string([1/0])")).toThrow("Number out of range");
  });
});

describe("matching", () => {
  test.each([
    ["$replace('a1b2', /[0-9]/, '<$0>')", "a<1>b<2>"],
    ["$replace('ab', /(a)(b)/, '$2$1$3$$')", "ba$"],
    ["$replace('ab', /(a)(b)/, '$x')", "$x"],
    ["$replace('abcdefghijkl', /(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)(k)/, '$11-$12-$99')", "k-a2-i9l"],
    ["$replace('aaa', 'a', 'b', 2)", "bba"],
    ["$replace('aaa', /a/, 'b', 0)", "aaa"],
    ["$replace('aaa', /a/, function($m){ $uppercase($m.match) }, 2)", "AAa"],
    ["$split('a1b2c', /[0-9]/, 2)", ["a", "b"]],
    ["$split('abc', /x/)", ["abc"]],
    ["$split('abc', '', 2)", ["a", "b"]],
    ["$split($none, 'x')", undefined],
    ["$contains('abc', /B/i)", true],
    ["$contains('abc', /x/)", false],
    ["$contains($none, 'x')", undefined],
    ["$contains('abc', function($s){ {'start': 0} })", true],
    ["$split('abc', function($s){ {'groups': [], 'next': function(){ $none }} })", ["", "abc"]],
    [
      "$replace('abc', function($s){ {'start': 1, 'match': 'b', 'next': function(){ $none }} }, '-')",
      "a-c",
    ],
    ["$match('abab', /a/, 1).index", 0],
    ["$match('abab', /a/, 0)", undefined],
    ["/a/('xa').next()", undefined],
    ["/a/(1)", undefined],
  ])("%s", (text, result) => {
    expect(evaluate(text)).toEqual(result);
  });

  test.each([
    ["$match('ab', /x*/)", "Regular expression matches zero length string"],
    ["$replace('a', '', 'b')", "cannot be an empty string"],
    ["$replace('a', 'a', 'b', -1)", "must evaluate to a positive number"],
    ["$replace('a', /a/, function(){ 1 })", "non-string value"],
    ["$replace('a', 'a', function(){ 'x' })", "non-string value"],
    ["$split('a', 'b', -1)", "must evaluate to a positive number"],
    ["$match('a', /a/, -1)", "must evaluate to a positive number"],
    ["$contains('a', function(){ true })", 'passed to function "contains" does not return'],
    ["$contains('a', function(){ null })", 'passed to function "contains" does not return'],
    ["$contains('a', function(){ {} })", 'passed to function "contains" does not return'],
  ])("%s fails", (text, message) => {
    expect(() => evaluate(text)).toThrow(message);
  });
});

describe("numbers", () => {
  test.each([
    ["$round(2.5)", 2],
    ["$round(-0.4)", 0],
    ["$round(1.005, 2)", 1],
    ["$round(12345, -2)", 12300],
    ["$round(1e-7, 7)", 1e-7],
    ["$number('0x1F')", 31],
    ["$number('1e3')", 1000],
    ["$number(true)", 1],
    ["$formatBase(255.5, 16)", "100"],
    ["$power(2, -1)", 0.5],
    ["$sqrt($none)", undefined],
    ["$power($none, 2)", undefined],
    ["$formatBase($none)", undefined],
    ["$formatNumber($none, '0')", undefined],
    ["$formatNumber(1234.5, '#,##0.00')", "1,234.50"],
    ["$formatNumber(12, '\u0660', {'zero-digit': '\u0660'})", "\u0661\u0662"],
    ["$formatInteger($none, 'w')", undefined],
    ["$formatInteger(42, 'w')", "forty-two"],
    ["$parseInteger('forty-two', 'w')", 42],
    ["$parseInteger($none, 'w')", undefined],
  ])("%s", (text, result) => {
    expect(evaluate(text)).toBe(result);
  });

  test.each([
    ["$number('1e999')", "Unable to cast value to a number"],
    ["$number('0x1Fzz')", "Unable to cast value to a number"],
    ["$sqrt(-1)", "cannot be applied to a negative number"],
    ["$power(10, 400)", "cannot be represented as a JSON number: base=10, exponent=400"],
    ["$formatBase(1, 1)", "between 2 and 36"],
    ["$formatNumber(1, 'x')", "passive character"],
    ["$parseInteger('a', '#?')", "not supported by this implementation"],
  ])("%s fails", (text, message) => {
    expect(() => evaluate(text)).toThrow(message);
  });
});

describe("arrays and objects", () => {
  test.each([
    ["$append($none, [1])", [1]],
    ["$append(1, $none)", 1],
    ["$sort([3, 1, 2])", [1, 2, 3]],
    ["$sort(['b', 'a'])", ["a", "b"]],
    ["$shuffle([1])", [1]],
    ["$shuffle([1, 2, 3])", [1, 2, 3]],
    [
      "$distinct([1, '1', 1, {'a': 1, 'b': [2]}, {'b': [2], 'a': 1}, [1], [1], null, null])",
      [1, "1", { a: 1, b: [2] }, [1], null],
    ],
    ["$count($distinct([$sum, $sum, [$sum], [$sum]]))", 3],
    ["$distinct(5)", 5],
    ["$zip([1, 2], $none)", []],
    ["$keys([{'a': 1}, [{'b': 2}], 3])", ["a", "b"]],
    ["$spread([{'a': 1, 'b': 2}, 3])", [{ a: 1 }, { b: 2 }, 3]],
    ["$spread($none)", undefined],
    ["$spread([$none])", undefined],
    ["$merge($none)", undefined],
    ["$lookup([{'a': 1}, [{'a': [2]}], 'x', null], 'a')", [1, 2]],
    ["$lookup({'a': 1}, $none)", undefined],
    ["$sift({'a': 1, 'b': 2}, function($v){ $v > 1 })", { b: 2 }],
    ["$sift({'a': 1}, function(){ false })", undefined],
    ["$each({'a': 1}, function($v, $k, $o){ $k & $v & $count($keys($o)) })", "a11"],
    ["$single([1, 2], function($v){ $v = 2 })", 2],
    ["$single([1])", 1],
    ["$single($none, function(){ true })", undefined],
    ["$reduce([1, 2, 3], function($a, $b, $i, $l){ $a + $b + $i + $count($l) })", 15],
    ["$reduce([], function($a, $b){ $a })", undefined],
    ["$reduce($none, function($a, $b){ $a })", undefined],
    ["$reduce([1], function($a, $b){ $a + $b }, 5)", 6],
    ["$map($none, $string)", undefined],
    ["$map([1, 2], $string)", ["1", "2"]],
    ["$filter([1, 2, 3], function($v, $i, $a){ $i > 0 and $count($a) = 3 })", [2, 3]],
    ["$filter($none, $string)", undefined],
    ["$max([])", undefined],
    ["$sum([])", 0],
    ["$average([1, 2])", 1.5],
    ["$min([2, 1])", 1],
    ["$max([1, 3, 2])", 3],
    ["$count($none)", 0],
    ["$type(null)", "null"],
    ["$type($none)", undefined],
    ["$clone({'a': 1})", { a: 1 }],
    ["$clone($none)", undefined],
    ["$boolean([0, {}, '', [[1]]])", true],
    ["$boolean({})", false],
    ["$boolean($sum)", false],
    ["$not($none)", undefined],
    ["$not(0)", true],
  ])("%s", (text, result) => {
    expect(evaluate(text)).toEqual(result);
  });

  test.each([
    ["$sort([1, 'a'])", "can only be applied to an array of strings"],
    ["$single([1, 2])", "matched more"],
    ["$single([])", "matched 0"],
    ["$reduce([1], function($a){ $a })", "at least two arguments"],
    ["$reduce([1], 5)", "does not match function signature"],
    ["$sift({'a': 1})", "Attempted to invoke a non-function"],
    ["$error()", "$error() function evaluated"],
    ["$error('mine')", "mine"],
    ["$assert(false)", "$assert() statement failed"],
    ["$assert(false, 'mine')", "mine"],
  ])("%s fails", (text, message) => {
    expect(() => evaluate(text)).toThrow(message);
  });

  test("an assertion that holds gives nothing", () => {
    expect(evaluate("[$assert(true)]")).toEqual([]);
  });
});

describe("encodings", () => {
  test.each([
    ["$base64encode('Hello')", "SGVsbG8="],
    ["$base64encode('Hell')", "SGVsbA=="],
    ["$base64encode('Hel')", "SGVs"],
    ["$base64encode('é')", "6Q=="],
    ["$base64encode('')", ""],
    ["$base64decode('SGVsbG8=')", "Hello"],
    ["$base64decode('SGVsbG8')", "Hello"],
    ["$base64decode('+/8=')", "ûÿ"],
    ["$base64decode('')", ""],
    ["$base64decode($none)", undefined],
    ["$base64encode($none)", undefined],
    ["$encodeUrlComponent('a b/ü')", "a%20b%2F%C3%BC"],
    ["$decodeUrl('a%20b')", "a b"],
    ["$encodeUrl($none)", undefined],
  ])("%s", (text, result) => {
    expect(evaluate(text)).toBe(result);
  });

  test.each(["!!!", "SGVs\\nbG8=", "-_8=", "SGVsb", "SGVsbG8=SGVs", "SGVsbA=", "=", "é"])(
    "%j is not base64",
    (text) => {
      expect(() => evaluate(`$base64decode('${text}')`)).toThrow(InternalError);
    },
  );

  test("malformed texts are an error", () => {
    expect(() => evaluate("$decodeUrl('%E0%A4%A')")).toThrow(
      'Malformed URL passed to $decodeUrl(): "%E0%A4%A"',
    );
  });
});

describe("times", () => {
  test.each([
    ["$now()", "2026-05-06T07:08:09.010Z"],
    ["$now('[Y]-[M01]', '+0100')", "2026-05"],
    ["$millis()", scope.now],
    ["$fromMillis(0)", "1970-01-01T00:00:00.000Z"],
    ["$fromMillis($none)", undefined],
    ["$fromMillis(0, '[D1o] [MNn] [Y]')", "1st January 1970"],
    ["$toMillis('1970-01-02')", 86_400_000],
    ["$toMillis('1970-01-01T00:00:01')", 1000],
    ["$toMillis('1970-01-01T01:00:00+01:00')", 0],
    ["$toMillis($none)", undefined],
    ["$toMillis('12:30', '[H]:[m]')", Date.UTC(2026, 4, 6, 12, 30)],
    ["$toMillis('1970', '[Y]')", 0],
    ["$toMillis('2018-04-25 [x]', '[Y]-[M]-[D] [[x]]')", Date.UTC(2018, 3, 25)],
    ["$toMillis('x', '[Y]')", undefined],
  ])("%s", (text, result) => {
    expect(evaluate(text)).toBe(result);
  });

  test.each([
    ["$toMillis('yesterday')", "must be an ISO 8601 formatted timestamp"],
    ["$toMillis('1970-19-39')", "must be an ISO 8601 formatted timestamp"],
    ["$toMillis('1970', '[Y')", "No matching closing bracket"],
    ["$toMillis('1970', '[q]')", "Unknown component specifier"],
  ])("%s fails", (text, message) => {
    expect(() => evaluate(text)).toThrow(message);
  });
});

describe("signatures", () => {
  test.each([
    ["(function($x, $y)<n-n:n>{ $y }(5))", 5],
    ["([5].(function($x, $y)<n-n:n>{ $x + $y })(2))", 7],
    ["5 ~> function($x)<n:n>{ $x + 1 }", 6],
    ["(function($x)<(ns):s>{ $string($x) })(5)", "5"],
    ["(function($x, $y)<n?s:s>{ $y })(1, 'a')", "a"],
    ["(function($x)<a<s>:n>{ $count($x) })('a')", 1],
    ["(function($x)<a:n>{ $count($x) })($none)", 0],
    ["(function($x)<l:n>{ 1 })(null)", 1],
    ["(function($x)<f:n>{ 1 })($sum)", 1],
    ["(function($a, $b)<x+:n>{ $b })(1, 2)", 2],
    ["(function($a, $b, $c)<n+s?:n>{ $c })(1, 2, 'x')", "x"],
    ["(function($x)<j:n>{ 1 })({})", 1],
    ["(function($x)<f<n:n>:n>{ 1 })($sum)", 1],
  ])("%s", (text, result) => {
    expect(evaluate(text)).toEqual(result);
  });

  test.each([
    ["$sum('a')", 'Argument 1 of function "sum" must be an array of "numbers"'],
    ["$sum([1, 'a'])", 'Argument 1 of function "sum" must be an array of "numbers"'],
    ["$uppercase(1)", 'Argument 1 of function "uppercase" does not match function signature'],
    ["$substring('a')", 'Argument 2 of function "substring" does not match function signature'],
    ["$length('a', 'b')", 'Argument 2 of function "length" does not match function signature'],
    [
      "[1].$uppercase()",
      'Context value is not a compatible type with argument 1 of function "uppercase"',
    ],
    [
      "$map([1], $uppercase)",
      'Argument 1 of function "uppercase" does not match function signature',
    ],
    [
      "($f := function($x)<n>{ 1 }; $f('a'))",
      'Argument 1 of function "f" does not match function signature',
    ],
    [
      "(function($x)<n>{ 1 })()",
      "Argument 1 of function undefined does not match function signature",
    ],
  ])("%s fails", (text, message) => {
    expect(() => evaluate(text)).toThrow(message);
  });
});
