import { describe, expect, test } from "vitest";
import { EvaluationError, ExpressionSyntaxError, type EvaluationScope } from "../evaluation.ts";
import type { JsonValue } from "../json.ts";
import { createRandomSource } from "../random.ts";
import { compileIntrinsic } from "./compile-intrinsic.ts";

function scope(seed = 1): EvaluationScope {
  return {
    context: {
      Execution: { Name: "run-1", Input: { list: ["x"] } },
      StateMachine: { Id: "i", Name: "n" },
    },
    variables: { lookup: (name) => (name === "who" ? "Ada" : undefined) },
    random: createRandomSource(seed),
    now: 0,
  };
}

function call(text: string, input: JsonValue = {}, seed = 1): JsonValue {
  return compileIntrinsic(text).evaluate(input, scope(seed));
}

function failure(text: string, input: JsonValue = {}): string {
  try {
    return `no failure: ${JSON.stringify(call(text, input))}`;
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    expect(error.errorName).toBe("States.Runtime");
    return error.message;
  }
}

describe("the form of a call", () => {
  test("takes texts, numbers, literals, paths of all three kinds and other calls", () => {
    expect(
      call(
        "States.Array( 'a', -1.5, 2 , true,false,null, $.x['p, q)'], $$.Execution.Name, $who, States.Array() )",
        {
          x: { "p, q)": 7 },
        },
      ),
    ).toEqual(["a", -1.5, 2, true, false, null, 7, "run-1", "Ada", []]);
    expect(
      call("States.Array($.x[?(@.n in [1,2])].n, $.x.length())", { x: [{ n: 2 }, { n: 3 }] }),
    ).toEqual([[2], 2]);
    expect(call('States.Array($["it\\"s, "])', { 'it"s, ': 1 })).toEqual([1]);
    expect(call("States.Array($)", 5)).toEqual([5]);
  });

  test("says which variables it reads", () => {
    const { variables } = compileIntrinsic("States.Array($a.b, States.Array($b), $.c, $a)");
    expect([...variables]).toEqual(["a", "b"]);
  });

  test("texts have escapes for the reserved characters", () => {
    expect(call("States.Array('it\\'s', '\\{\\}', '\\\\', 'a\nb', '{\"x\": 1}')")).toEqual([
      "it's",
      "{}",
      "\\",
      "a\nb",
      '{"x": 1}',
    ]);
  });

  test.each([
    "",
    "$.a",
    "text",
    "States.Array",
    "States.Array(",
    "States.Array(1",
    "States.Array(1,)",
    "States.Array(,1)",
    "States.Array(1) more",
    "States.Array('a)",
    "States.Array('a\\",
    "States.Array('a\\n')",
    'States.StringToJson(\'{"text":"An \\"escaped double quote\\" here"}\')',
    "States.Array([1])",
    "States.Array(1.)",
    "States.Array(.5)",
    "States.Array(truest)",
    "States.Array($.)",
    "States.Array($.a[0)",
    "States.Nothing()",
    "States.toString()",
    "__proto__()",
    "Array(1)",
    `${"States.Array(".repeat(12)}1${")".repeat(12)}`,
  ])("%s is refused", (text) => {
    expect(() => compileIntrinsic(text)).toThrow(ExpressionSyntaxError);
  });

  test("ten calls may be nested in one", () => {
    expect(call(`${"States.Array(".repeat(11)}1${")".repeat(11)}`)).toEqual([
      [[[[[[[[[[1]]]]]]]]]],
    ]);
  });

  test("a path that finds nothing fails and names the path and where it looked (observed)", () => {
    expect(failure("States.Array(1, States.Hash($.missing, 'MD5'))")).toBe(
      "There was an error while evaluating the intrinsic function: States.Hash($.missing, 'MD5'). " +
        "The JsonPath argument for the field '$.missing' could not be found in the input '{}'",
    );
    expect(failure("States.Array($$.Execution.Input.no)")).toContain(
      'could not be found in the input \'{"Execution"',
    );
    expect(failure("States.Array($nobody)")).toContain("$nobody");
  });

  test("a wrong number of arguments fails when it is called (observed)", () => {
    for (const text of [
      "States.StringToJson()",
      "States.JsonToString($, $)",
      "States.ArrayContains($)",
      "States.MathAdd(1, 2, 3)",
      "States.MathRandom(1)",
      "States.Format()",
      "States.UUID(1)",
    ]) {
      const name = text.slice(0, text.indexOf("("));
      expect(failure(text)).toContain(`intrinsic function: ${text}. Invalid arguments in ${name}`);
    }
  });
});

describe("States.Format", () => {
  test("puts values into the template", () => {
    expect(call("States.Format('Hello {}, {}!', $who, $.n)", { n: 1.1 })).toBe("Hello Ada, 1.1!");
    expect(call("States.Format($.t, 'x')", { t: "<{}>" })).toBe("<x>");
    expect(call("States.Format('plain')")).toBe("plain");
  });

  test("writes null, objects and arrays as AWS does (observed)", () => {
    const input = { null: null, object: { Arg1: 1, Arg2: [], Arg3: [null, "a", { b: true }] } };
    expect(call("States.Format('{}|{}|{}', $.null, $.object, false)", input)).toBe(
      "null|{Arg1=1, Arg2=[], Arg3=[null, a, {b=true}]}|false",
    );
    expect(call("States.Format('{}', $$.StateMachine)")).toBe("{Id=i, Name=n}");
  });

  test("leaves what is escaped, and does not look into the values", () => {
    expect(call("States.Format('\\{\\} \\'{}\\' \\\\', $.v)", { v: "{}\\" })).toBe("{} '{}\\' \\");
    expect(call("States.Format($.t)", { t: "a\\b" })).toBe("a\\b");
    expect(call("States.Format($.t)", { t: "a\\" })).toBe("a\\");
  });

  test("fails for a number of arguments that does not fit, and for stray braces", () => {
    const count = "number of arguments do not match the occurrences of {}.";
    expect(failure("States.Format('{} {}', 1)")).toContain(
      `Invalid arguments in States.Format: ${count}`,
    );
    expect(failure("States.Format('{}', 1, 2)")).toContain(count);
    expect(failure("States.Format(123, 1)")).toContain(count);
    expect(failure("States.Format('Hello {', 1)")).toContain("matching '}' not found for '{'.");
    expect(failure("States.Format('Hello {{}}', 1)")).toContain("matching '}' not found for '{'.");
    expect(failure("States.Format('}')")).toContain("'}'");
  });
});

describe("States.StringSplit", () => {
  test("splits at every character of the delimiters and drops empty pieces (observed)", () => {
    expect(call("States.StringSplit($.s, '.+,')", { s: "1+2,3.4" })).toEqual(["1", "2", "3", "4"]);
    expect(call("States.StringSplit(',a,,b,', ',')")).toEqual(["a", "b"]);
    expect(call("States.StringSplit('', ',')")).toEqual([]);
    expect(call("States.StringSplit('abc', '')")).toEqual(["abc"]);
    expect(call("States.StringSplit('a😀b', '😀')")).toEqual(["a", "b"]);
    expect(failure("States.StringSplit(1, ',')")).toContain(
      "Invalid arguments in States.StringSplit",
    );
    expect(failure("States.StringSplit('a', null)")).toContain("Invalid arguments");
  });
});

describe("array functions", () => {
  const list = { a: [1, 2, 3, 4, 5] };

  test("ArrayPartition cuts a fraction off and wants a positive size (observed)", () => {
    expect(call("States.ArrayPartition($.a, 2)", list)).toEqual([[1, 2], [3, 4], [5]]);
    expect(call("States.ArrayPartition($.a, 2.6)", list)).toEqual([[1, 2], [3, 4], [5]]);
    expect(call("States.ArrayPartition($.a, 99)", list)).toEqual([[1, 2, 3, 4, 5]]);
    expect(call("States.ArrayPartition($.a, 3)", { a: [] })).toEqual([]);
    for (const size of ["0", "0.6", "-1", "'2'", "null"]) {
      expect(failure(`States.ArrayPartition($.a, ${size})`, list)).toContain("ArrayPartition");
    }
    expect(failure("States.ArrayPartition('a', 2)")).toContain("Invalid arguments");
  });

  test("ArrayContains compares by text (observed)", () => {
    const has = (a: JsonValue, v: JsonValue): JsonValue =>
      call("States.ArrayContains($.a, $.v)", { a, v });
    expect(has([[1, 2, 3], 2], [1, 2, 3])).toBe(true);
    expect(has([{ "1": 2, "2": [] }], { "1": 2, "2": [] })).toBe(true);
    expect(has([{ a: 1, b: 2 }], { b: 2, a: 1 })).toBe(false);
    expect(has([{ a: 1 }], [])).toBe(false);
    expect(has(["9007199254740991"], 9007199254740991)).toBe(true);
    expect(has(["true"], true)).toBe(true);
    expect(has([0, 1], false)).toBe(false);
    expect(has([1, null], null)).toBe(true);
    expect(has(["null"], null)).toBe(false);
    expect(has([[1, 2, 3], 2], null)).toBe(false);
    expect(has(["[1]"], [1])).toBe(false);
    expect(failure("States.ArrayContains('not-array', 'x')")).toContain("ArrayContains");
  });

  test("ArrayRange is inclusive and has at most 1000 items", () => {
    expect(call("States.ArrayRange(1, 9, 2)")).toEqual([1, 3, 5, 7, 9]);
    expect(call("States.ArrayRange(5, 1, -2)")).toEqual([5, 3, 1]);
    expect(call("States.ArrayRange(5, 1, 1)")).toEqual([]);
    expect(call("States.ArrayRange(3, 3, -1)")).toEqual([3]);
    expect(call("States.ArrayRange(1.6, 1.4, 1)")).toEqual([1]);
    expect(call("States.ArrayRange(5.4, -0.6, -2.4)")).toEqual([5, 3, 1]);
    expect(call("States.ArrayRange(1, 1000, 1)")).toHaveLength(1000);
    expect(failure("States.ArrayRange(1, 1001, 1)")).toContain("1000");
    expect(failure("States.ArrayRange(1, 10, 0.49)")).toContain("zero");
    expect(failure("States.ArrayRange('a', 5, 1)")).toContain(
      "Invalid arguments in States.ArrayRange",
    );
  });

  test("ArrayGetItem counts from zero", () => {
    expect(call("States.ArrayGetItem($.a, 4)", list)).toBe(5);
    expect(call("States.ArrayGetItem($.a, 1.2)", list)).toBe(2);
    expect(call("States.ArrayGetItem($.a, 0)", { a: [null] })).toBe(null);
    expect(call("States.ArrayGetItem($.a, 9)", { a: [] })).toBe(null);
    expect(failure("States.ArrayGetItem($.a, 5)", list)).toContain("outside");
    expect(failure("States.ArrayGetItem($.a, -1)", list)).toContain("outside");
    expect(failure("States.ArrayGetItem($.a, '1')", list)).toContain("a number is expected");
  });

  test("ArrayLength and ArrayUnique", () => {
    expect(call("States.ArrayLength($.a)", list)).toBe(5);
    expect(failure("States.ArrayLength($)", {})).toContain("an array is expected");
    const input = [
      1,
      "1",
      1.0,
      "01",
      { a: 1, b: [2] },
      { b: [2], a: 1 },
      [1, 2],
      [2, 1],
      null,
      null,
      "null",
    ];
    expect(call("States.ArrayUnique($)", input)).toEqual([
      1,
      "1",
      "01",
      { a: 1, b: [2] },
      [1, 2],
      [2, 1],
      null,
      "null",
    ]);
  });
});

describe("JSON functions", () => {
  test("read and write JSON", () => {
    expect(call("States.StringToJson($.s)", { s: ' {"a":[1,null]} ' })).toEqual({ a: [1, null] });
    expect(call("States.StringToJson('')")).toBe(null);
    expect(call('States.StringToJson(\'"\\\\"[["\')')).toBe('"[[');
    expect(failure("States.StringToJson($.s)", { s: "{bad json}" })).toContain("Invalid arguments");
    expect(failure("States.StringToJson($.s)", { s: 1 })).toContain("a string is expected");
    expect(call("States.JsonToString($)", { a: [1, 2, "x"], b: {} })).toBe(
      '{"a":[1,2,"x"],"b":{}}',
    );
    expect(call("States.JsonToString($.s)", { s: "hello" })).toBe('"hello"');
    expect(call("States.JsonToString(null)")).toBe("null");
  });

  test("do not read what is nested so deeply that nothing could walk it", () => {
    const s = "[".repeat(5000) + "]".repeat(5000);
    expect(failure("States.StringToJson($.s)", { s })).toContain("nesting");
  });

  test("merge shallowly", () => {
    const input = { a: { x: { k: 1 }, y: 1 }, b: { x: { l: 2 }, z: null } };
    expect(call("States.JsonMerge($.a, $.b, false)", input)).toEqual({
      x: { l: 2 },
      y: 1,
      z: null,
    });
    expect(call("States.JsonMerge($.a, $.b, 'no')", input)).toEqual({ x: { l: 2 }, y: 1, z: null });
    expect(failure("States.JsonMerge($.a, $.b, true)", input)).toContain("deep");
    expect(failure("States.JsonMerge($.a, null, false)", input)).toContain("an object is expected");
    const proto = JSON.parse('{"a": {"__proto__": {"p": 1}}}') as JsonValue;
    const merged = call("States.JsonMerge($.a, $.a, false)", proto);
    expect(JSON.stringify(merged)).toBe('{"__proto__":{"p":1}}');
  });
});

describe("math functions", () => {
  test("MathAdd rounds its terms and stays within 32 bits", () => {
    expect(call("States.MathAdd(1.6, 2.7)")).toBe(5);
    expect(call("States.MathAdd(0.1, 0.2)")).toBe(0);
    expect(call("States.MathAdd(-1.5, 0.5)")).toBe(0);
    expect(call("States.MathAdd(111, -1)")).toBe(110);
    expect(Object.is(call("States.MathAdd(-0.2, -0.2)"), 0)).toBe(true);
    expect(call("States.MathAdd(2147483646, 1)")).toBe(2147483647);
    expect(failure("States.MathAdd(2147483647, 1)")).toContain(
      "Invalid arguments in States.MathAdd",
    );
    expect(failure("States.MathAdd(-2147483648, -1)")).toContain("32-bit");
    expect(failure("States.MathAdd(3000000000, -2000000000)")).toContain("32-bit");
    expect(failure("States.MathAdd('1', 1)")).toContain("a number is expected");
  });

  test("MathRandom draws from the start to below the end, from the activation's seed", () => {
    const drawn = Array.from({ length: 300 }, (_, seed) =>
      call("States.MathRandom(1.6, 4.4)", {}, seed),
    );
    expect(new Set(drawn)).toEqual(new Set([1, 2, 3]));
    expect(call("States.MathRandom(0, 1000000)", {}, 7)).toBe(
      call("States.MathRandom(0, 1000000)", {}, 7),
    );
    expect(call("States.MathRandom(0, 1000000)", {}, 7)).not.toBe(
      call("States.MathRandom(0, 1000000)", {}, 8),
    );
    expect(call("States.MathRandom(-2147483648, -2147483647)")).toBe(-2147483648);
  });

  test("MathRandom with a seed of its own repeats itself", () => {
    const first = call("States.MathRandom(0, 1000000, 42)", {}, 1);
    expect(call("States.MathRandom(0, 1000000, 42)", {}, 2)).toBe(first);
    expect(call("States.MathRandom(0, 1000000, -10)")).not.toBe(first);
  });

  test("MathRandom refuses an empty range and what is no number", () => {
    for (const given of ["1, 1", "10, 5", "1.4, 1.6", "'a', 10", "1, 10, 'seed'", "1, 10, null"]) {
      expect(failure(`States.MathRandom(${given})`)).toContain(
        "Invalid arguments in States.MathRandom",
      );
    }
  });
});

describe("encodings and hashes", () => {
  test("Base64Encode and Base64Decode are UTF-8", () => {
    expect(call("States.Base64Encode('Data to encode')")).toBe("RGF0YSB0byBlbmNvZGU=");
    expect(call("States.Base64Decode('RGF0YSB0byBlbmNvZGU=')")).toBe("Data to encode");
    expect(call("States.Base64Encode('')")).toBe("");
    expect(call("States.Base64Decode('')")).toBe("");
    expect(call("States.Base64Decode('44GT44KT44Gr44Gh44Gv')")).toBe("こんにちは");
    expect(call("States.Base64Encode($)", "é✓🚀")).toBe(Buffer.from("é✓🚀").toString("base64"));
    expect(call("States.Base64Decode(States.Base64Encode($))", "é✓🚀\u0000")).toBe("é✓🚀\u0000");
  });

  test("Base64Decode is lenient (observed)", () => {
    expect(call("States.Base64Decode(' YWJjZA== ')")).toBe("abcd");
    expect(call("States.Base64Decode('YWJjZA')")).toBe("abcd");
    expect(call("States.Base64Decode('YW!J?j')")).toBe("abc");
    expect(call("States.Base64Decode('YW==YW')")).toBe("a");
    expect(call("States.Base64Decode('Pz8_Pj4-')")).toBe("???>>>");
    expect(call("States.Base64Decode('/w==')")).toBe("\ufffd");
  });

  test("Hash knows five algorithms by their exact names", () => {
    const hash = (algorithm: string): JsonValue =>
      call(`States.Hash('input data', '${algorithm}')`);
    expect(hash("MD5")).toBe("812f45842bc6d66ee14572ce20db8e86");
    expect(hash("SHA-1")).toBe("aaff4a450a104cd177d28d18d74485e8cae074b7");
    expect(hash("SHA-256")).toBe(
      "b4a697a057313163aee33cd8d40c66e9f0f177e00cac2de32475ffff6169c3e3",
    );
    expect(hash("SHA-384")).toMatch(/^d28a7d5cf25a74f1/);
    expect(hash("SHA-512")).toMatch(/^6ce4adb348546d4f/);
    for (const name of ["sha-256", "SHA256", "MD-5", ""]) {
      expect(failure(`States.Hash('x', '${name}')`)).toContain("algorithm");
    }
    expect(call("States.Hash(123, 'MD5')")).toBe(call("States.Hash('123', 'MD5')"));
    expect(call("States.Hash($, 'MD5')", { a: 1 })).toBe(call("States.Hash($, 'MD5')", '{"a":1}'));
  });

  test("none of them takes more than 10,000 characters", () => {
    const s = "A".repeat(10_000);
    for (const text of [
      "States.Base64Encode($)",
      "States.Base64Decode($)",
      "States.Hash($, 'MD5')",
    ]) {
      expect(failure(text, s)).toContain("no failure");
      expect(failure(text, `${s}A`)).toContain("10000 characters");
    }
    expect(failure("States.Base64Decode(123)")).toContain("a string is expected");
  });
});

test("States.UUID draws from the activation's seed", () => {
  expect(call("States.UUID()")).toMatch(
    /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
  expect(call("States.UUID()", {}, 5)).toBe(call("States.UUID()", {}, 5));
  expect(call("States.UUID()", {}, 5)).not.toBe(call("States.UUID()", {}, 6));
});
