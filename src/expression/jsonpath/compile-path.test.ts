import { describe, expect, test } from "vitest";
import { EvaluationError, ExpressionSyntaxError, type EvaluationScope } from "../evaluation.ts";
import type { JsonValue } from "../json.ts";
import { createRandomSource } from "../random.ts";
import { compilePath } from "./compile-path.ts";
import { maximumSteps } from "./parse-path.ts";
import { maximumDepth, maximumVisits } from "./selection.ts";

const variables: Readonly<Record<string, JsonValue>> = { total: 3, order: { id: "A-1" }, größe: 5 };

const scope: EvaluationScope = {
  context: { Execution: { Input: { a: [1, 2] } } },
  variables: { lookup: (name) => (Object.hasOwn(variables, name) ? variables[name] : undefined) },
  random: createRandomSource(0),
  now: 0,
};

function evaluate(path: string, input: JsonValue): JsonValue {
  return compilePath(path).evaluate(input, scope);
}

function failure(path: string, input: JsonValue): string {
  try {
    return `no failure: ${JSON.stringify(evaluate(path, input))}`;
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    expect(error.errorName).toBe("States.Runtime");
    return error.message;
  }
}

describe("where a path starts", () => {
  test("a single dollar looks into the input, a double one into the context object", () => {
    expect(evaluate("$", 7)).toBe(7);
    expect(evaluate("$.a", { a: null })).toBe(null);
    expect(evaluate("$$", {})).toBe(scope.context);
    expect(evaluate("$$.Execution.Input.a[1]", {})).toBe(2);
    expect(evaluate("$$['Execution'].Input.a[*]", {})).toEqual([1, 2]);
  });

  test("a name after the dollar is a variable, and the path says which", () => {
    expect(evaluate("$total", {})).toBe(3);
    expect(evaluate("$order.id", {})).toBe("A-1");
    expect(evaluate("$größe", {})).toBe(5);
    expect(compilePath("$order.id").variable).toBe("order");
    expect(compilePath("$.order").variable).toBeUndefined();
  });

  test("a variable that is not assigned is missing to find and an error to evaluate", () => {
    expect(compilePath("$nothing.a").find({}, scope)).toBeUndefined();
    expect(failure("$nothing.a", {})).toBe("The variable of the path '$nothing.a' is not assigned");
    expect(failure("$toString", {})).toContain("not assigned");
  });
});

describe("what AWS says where nothing is found", () => {
  test("a member at the end, in the middle, or of something that is no object", () => {
    expect(failure("$.NoSuchOutputPath", { "int-literal": 0 })).toBe(
      "Invalid path '$.NoSuchOutputPath' : No results for path: $['NoSuchOutputPath']",
    );
    expect(failure("$.no.such.result.path", {})).toBe(
      "Invalid path '$.no.such.result.path' : Missing property in path $['no']",
    );
    expect(failure("$.a.b", { a: "text" })).toBe(
      "Invalid path '$.a.b' : Expected to find an object with property ['b'] in path $['a'] but found " +
        "'java.lang.String'. This is not a json object according to the JsonProvider: " +
        "'com.jayway.jsonpath.spi.json.JacksonJsonProvider'.",
    );
    for (const [value, name] of [
      [[], "java.util.ArrayList"],
      [true, "java.lang.Boolean"],
      [1, "java.lang.Integer"],
      [1.5, "java.lang.Double"],
      [null, "null"],
    ] as const) {
      expect(failure("$.a.b", { a: value })).toContain(`but found '${name}'`);
    }
  });

  test("an element that is not there, or of something that is no array", () => {
    expect(failure("$.a[3].b", { a: [1] })).toBe(
      "Invalid path '$.a[3].b' : No results for path: $['a'][3]['b']",
    );
    expect(failure("$.a[0]", { a: {} })).toBe(
      "Invalid path '$.a[0]' : Filter: [0] can only be applied to arrays. Current context is: {}",
    );
    expect(failure("$.a.first()", { a: [] })).toContain("first()");
    expect(failure("$.a['b','c']", { a: 1 })).toBe(
      "Invalid path '$.a['b','c']' : No results for path: $['a']['b','c']",
    );
  });

  test("no input at all", () => {
    expect(failure("$.a", null)).toBe(
      "Unable to apply Path transformation to null or empty input.",
    );
    expect(evaluate("$", null)).toBe(null);
  });

  test("find gives undefined, and null only for a null that is there", () => {
    expect(compilePath("$.a.b[0].c").find({ a: {} }, scope)).toBeUndefined();
    expect(compilePath("$.a").find({ a: null }, scope)).toBe(null);
  });
});

describe("paths with many results", () => {
  test("an array of nothing where the way to them is missing (observed on AWS)", () => {
    for (const path of [
      "$[*]",
      "$.items[1:]",
      "$.item.items[:1]",
      "$.items[*].itemValue",
      "$.item.items[1:5].itemValue",
      "$.items[0,1]",
      "$..x",
      "$.items[?(@.a)]",
      "$['a','b'].c",
    ]) {
      expect(evaluate(path, {}), path).toEqual([]);
      expect(compilePath(path).isDefinite, path).toBe(false);
    }
  });

  test("names in brackets before another step give one result for each", () => {
    expect(evaluate("$['a','b','z'].c", { a: { c: 1 }, b: { c: 2 } })).toEqual([1, 2]);
    expect(evaluate("$..['a','b'].c", { a: { c: 1 }, x: { b: { c: 2 } } })).toEqual([1, 2]);
  });

  test("a slice counts from the end as Jayway does", () => {
    const input = [0, 1, 2, 3, 4];
    expect(evaluate("$[-2:]", input)).toEqual([3, 4]);
    expect(evaluate("$[-9:]", input)).toEqual(input);
    expect(evaluate("$[:-3]", input)).toEqual([0, 1]);
    expect(evaluate("$[0:-1]", input)).toEqual([]);
    expect(evaluate("$[-2:1]", input)).toEqual([3, 4, 0]);
    expect(evaluate("$[-999999999:1]", input)).toEqual([0, 1, 2, 3, 4, 0]);
    expect(evaluate("$[1:2]", "text")).toEqual([]);
  });

  test("a scan before a filter tries every object, and an array as a whole", () => {
    const input = {
      a: [
        { id: 1, deep: { x: [5] } },
        { id: 2, deep: { x: [6] } },
      ],
    };
    expect(evaluate("$..[?(@.id == 2)].deep.x", input)).toEqual([[6]]);
    expect(evaluate("$..[?(@ size 2)]", { a: ["x", "y"] })).toEqual([]);
    expect(evaluate("$..[?(@ contains 1)].x.y", { a: [{ x: { y: 3 } }, 1] })).toEqual([3]);
    expect(evaluate("$..[?(@ contains 1)].x", { a: [{ x: 3 }, 1] })).toEqual([]);
    expect(evaluate("$..length()", { a: [1] })).toEqual([]);
    expect(evaluate("$..[*].x.y", [{ x: { y: 1 } }])).toEqual([1]);
    expect(evaluate("$..[0:1].x", { a: [{ x: 1 }] })).toEqual([]);
  });
});

describe("filters", () => {
  const items = [
    { n: 1, name: "one", tags: ["a", "b"], on: true },
    { n: 2, name: "two", tags: [], deep: { x: [1, { y: 2 }] } },
    { n: 3, name: "three" },
  ];

  function kept(filter: string): JsonValue {
    return evaluate(`$[?(${filter})].n`, items);
  }

  test("compare with values, other members and the document", () => {
    expect(kept("@.n >= 2")).toEqual([2, 3]);
    expect(kept("@.n < 2")).toEqual([1]);
    expect(kept("@.n <= $[1].n")).toEqual([1, 2]);
    expect(kept("2 == @.n")).toEqual([2]);
    expect(kept("@.n === '2'")).toEqual([]);
    expect(kept("@.n !== '2'")).toEqual([1, 2, 3]);
    expect(kept("@.n === 2")).toEqual([2]);
    expect(kept("@.n != 2")).toEqual([1, 3]);
    expect(kept("@.name > 'one' && @.name < 'two'")).toEqual([3]);
    expect(kept("@.n > 'x'")).toEqual([]);
  });

  test("take bare words, JSON and single quotes as values", () => {
    expect(kept("@.name==two")).toEqual([2]);
    expect(kept("@.on==true")).toEqual([1]);
    expect(kept("@.name in [one, 'three', \"four\"]")).toEqual([1, 3]);
    expect(kept("@.deep == {x: [1, {'y': 2}]}")).toEqual([2]);
    expect(kept("@.tags == []")).toEqual([2]);
    expect(kept("@.n == null")).toEqual([]);
    expect(kept("@.n in [1e0, -4.5]")).toEqual([1]);
    expect(kept("@.deep == {}")).toEqual([]);
  });

  test("know Jayway's operators in words", () => {
    expect(kept("@.n IN [1,2]")).toEqual([1, 2]);
    expect(kept("@.n nin [1,2]")).toEqual([3]);
    expect(kept("@.name contains 'ree'")).toEqual([3]);
    expect(kept("@.n contains 'ree'")).toEqual([]);
    expect(kept("@.tags all ['a']")).toEqual([1]);
    expect(kept("@.tags size 0")).toEqual([2]);
    expect(kept("@.deep size 1")).toEqual([2]);
    expect(kept("@.name size 3")).toEqual([1, 2]);
    expect(kept("@.n size 1")).toEqual([]);
    expect(kept("@.tags exists false")).toEqual([3]);
    expect(kept("@.name empty false")).toEqual([1, 2, 3]);
    expect(kept("@.tags subsetof ['a','b','c']")).toEqual([1, 2]);
    expect(kept("@.tags anyof ['b']")).toEqual([1]);
    expect(kept("@.name type 'string'")).toEqual([]);
  });

  test("drop an item whose operand does not suit, whatever else the filter says", () => {
    expect(kept("@.tags noneof ['b']")).toEqual([2]);
    expect(kept("@.tags noneof ['b'] || @.n == 3")).toEqual([2]);
    expect(kept("!(@.tags anyof ['b'])")).toEqual([2]);
    expect(kept("@.n in 'text' || true == true")).toEqual([]);
    expect(kept("@.name empty 1")).toEqual([]);
    expect(failure("$[?(@.deep empty true)]", items)).toContain("'empty'");
  });

  test("match patterns as a whole, in linear time", () => {
    expect(kept("@.name =~ /t.*/")).toEqual([2, 3]);
    expect(kept("@.name =~ /T[A-Z]O/i")).toEqual([2]);
    expect(kept("/t.*/ =~ @.name")).toEqual([2, 3]);
    expect(kept("@.n matches /[12]/")).toEqual([1, 2]);
    expect(kept("@.on =~ /true/")).toEqual([1]);
    expect(kept("@.tags =~ /b/")).toEqual([1]);
    expect(kept("@.deep =~ /.*/")).toEqual([]);
    expect(kept("@.name =~ 'one'")).toEqual([]);
    expect(kept("@.name == /one/")).toEqual([]);
    expect(evaluate("$[?(@ =~ /a\\/b\\nc/)]", ["a/b\nc"])).toEqual(["a/b\nc"]);
    expect(evaluate("$[?(@ =~ /b$.^c/ms)]", ["b\nc"])).toEqual(["b\nc"]);
    expect(evaluate("$[?(@ =~ /b$.^c/s)]", ["b\nc"])).toEqual([]);
    expect(evaluate("$[?(@ =~ /a.c/s)]", ["a\nc"])).toEqual(["a\nc"]);
    expect(evaluate("$[?(@ =~ /(a+)+$/)]", [`${"a".repeat(5000)}!`])).toEqual([]);
  });

  test("test for existence, also along paths with many results", () => {
    expect(kept("@.on")).toEqual([1]);
    expect(kept("!@.on")).toEqual([2, 3]);
    expect(kept("@.deep.x[1].y")).toEqual([2]);
    expect(kept("@.deep.x[5]")).toEqual([]);
    expect(kept("@.deep.x[*].y")).toEqual([2]);
    expect(kept("@.tags[*]")).toEqual([1, 2]);
    expect(kept("$[0].on")).toEqual([1, 2, 3]);
    expect(kept("@.name.x[*]")).toEqual([]);
    expect(evaluate("$[?(@['a','b'])]", [{ a: 1 }, { a: 1, b: 2 }])).toEqual([{ a: 1, b: 2 }]);
    expect(evaluate("$[?(@['a','b'].c)]", [{ a: 1 }, { a: {}, b: {} }])).toEqual([]);
  });

  test("test an object itself, and select nothing from a scalar", () => {
    expect(evaluate("$[?(@.a > 1)]", { a: 2 })).toEqual([{ a: 2 }]);
    expect(evaluate("$[?(@.a > 1)]", { a: 1 })).toEqual([]);
    expect(evaluate("$[?(@.a > 1)]", "text")).toEqual([]);
  });

  test("and binds closer than or", () => {
    expect(kept("@.n == 1 || @.n == 2 && @.on")).toEqual([1]);
    expect(kept("(@.n == 1 || @.n == 2) && !@.on")).toEqual([2]);
  });
});

describe("functions", () => {
  test("count, pick, calculate and join", () => {
    const input = { list: [3, 1, 2], o: { a: 1, b: 2 }, words: ["x", "y"], sep: "-", two: [1] };
    expect(evaluate("$.list.length()", input)).toBe(3);
    expect(evaluate("$.list.size()", input)).toBe(3);
    expect(evaluate("$.o.size()", input)).toBe(null);
    expect(evaluate("$.o.length()", input)).toBe(null);
    expect(evaluate("$.o.keys()", input)).toEqual(["a", "b"]);
    expect(evaluate("$.list.keys()", input)).toBe(null);
    expect(evaluate("$.list.first()", input)).toBe(3);
    expect(evaluate("$.list.index(1)", input)).toBe(1);
    expect(evaluate("$.list.sum()", input)).toBe(6);
    expect(evaluate("$.list.sum($.two, 4, $.missing)", input)).toBe(11);
    expect(evaluate("$.list.max()", input)).toBe(3);
    expect(evaluate('$.words.concat($.sep, "z")', input)).toBe("xy-z");
    expect(evaluate('$.o.concat("z")', input)).toBe("z");
    expect(evaluate("$.two.append($.sep)", input)).toEqual([1, "-"]);
    expect(evaluate("$.o.append(1)", input)).toEqual({ a: 1, b: 2 });
    expect(failure('$.list.index("x")', input)).toContain("whole number");
    expect(failure("$.words.min()", input)).toBe(
      "Aggregation function attempted to calculate value using empty array",
    );
  });

  test("must exist and come last", () => {
    expect(() => compilePath("$.a.toString()")).toThrow(ExpressionSyntaxError);
    expect(() => compilePath("$.a.length().b")).toThrow(ExpressionSyntaxError);
    expect(() => compilePath("$.a.length()[0]")).toThrow(ExpressionSyntaxError);
  });
});

describe("names", () => {
  test("a backslash in quotes escapes the quote and itself only (observed on AWS)", () => {
    const name = 'Test\\""Name"';
    expect(evaluate(`$['${name}']`, { [name]: 'Value"\\' })).toBe('Value"\\');
    expect(evaluate("$['it\\'s']", { "it's": 1 })).toBe(1);
    expect(evaluate('$["a\\"b\\\\c"]', { 'a"b\\c': 1 })).toBe(1);
  });

  test("nothing inherited is ever found", () => {
    for (const name of ["__proto__", "constructor", "toString", "hasOwnProperty"]) {
      expect(compilePath(`$.${name}`).find({}, scope)).toBeUndefined();
      expect(compilePath(`$.a['${name}','length']`).find({ a: {} }, scope)).toEqual({});
      expect(compilePath(`$..${name}`).find({ a: [] }, scope)).toEqual([]);
    }
    expect(compilePath("$.length").find([1], scope)).toBeUndefined();
    expect(compilePath("$['0']").find([1], scope)).toBeUndefined();
    const own = JSON.parse('{"__proto__": {"x": 1}}') as JsonValue;
    expect(evaluate("$.__proto__.x", own)).toBe(1);
    expect(JSON.stringify(evaluate("$['__proto__','y']", own))).toBe('{"__proto__":{"x":1}}');
  });
});

describe("what is refused", () => {
  test.each([
    "",
    "a",
    "$a b",
    "$x-y",
    "$.",
    "$..",
    "$...a",
    "$[",
    "$[]",
    "$['a'",
    "$['a",
    "$['a',]",
    "$['a',\"b\"]",
    "$[0",
    "$[99999999999]",
    "$[?(@.a > )]",
    "$[?(@.a ~~ 1)]",
    "$[?(@.a like 1)]",
    "$[?(1)]",
    "$[?(@.a == 1x)]",
    "$[?(@.a == {1: 2})]",
    "$[?(@.a =~ /(/)]",
    "$[?(@.a =~ /a/x)]",
    "$[?(@.a =~ /a)]",
    "$[?(@.a == 1]",
    "$[?@.a]",
    "$.a.sum('x')",
    "$.a.sum(1",
    `$${".a".repeat(maximumSteps + 1)}`,
    `$[?(${"(".repeat(50)}@.a${")".repeat(50)})]`,
    `$[?(${"!".repeat(50)}@.a)]`,
    `$[?(@ == ${"[".repeat(50)}${"]".repeat(50)})]`,
    `${"$[?(@".repeat(40)}`,
    `$${"[?(@".repeat(40)}${")]".repeat(40)}`,
  ])("%s", (path) => {
    expect(() => compilePath(path)).toThrow(ExpressionSyntaxError);
  });
});

describe("bounds", () => {
  test("a scan that multiplies ends with an error", () => {
    const input = JSON.parse(`${"[".repeat(200)}${"]".repeat(200)}`) as JsonValue;
    expect(failure("$..*..*..*..*", input)).toContain(`${maximumVisits} nodes`);
  });

  test("what filters compare at length counts as well", () => {
    const list = Array.from({ length: 2000 }, (_, index) => index);
    expect(
      failure("$.items[?(@ in $.list)]", { items: list, list: list.map((n) => -n - 1) }),
    ).toContain("nodes");
    const text = "x".repeat(2000);
    expect(failure("$.items[?($.text contains 'y')]", { items: list, text })).toContain("nodes");
    expect(failure("$.items[?($.text =~ /y/)]", { items: list, text })).toContain("nodes");
  });

  test("a scan does not walk deeper than parsers usually go", () => {
    const depth = maximumDepth + 2;
    const input = JSON.parse(`${"[".repeat(depth)}${"]".repeat(depth)}`) as JsonValue;
    expect(failure("$..a", input)).toContain("nested");
  });
});
