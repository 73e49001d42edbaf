import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileIntrinsic } from "../../../../src/expression/intrinsics/compile-intrinsic.ts";
import { builtins } from "../../../../src/expression/jsonata/builtins.ts";
import { compileJsonata } from "../../../../src/expression/jsonata/compile-jsonata.ts";
import { compilePath } from "../../../../src/expression/jsonpath/compile-path.ts";
import type { Candidate, CompletedLanguage, CompletionQuestion, SampleData } from "./candidate.ts";
import { completions } from "./completions.ts";
import { intrinsicFunctions, jsonataFunctions } from "./functions.ts";

const data: SampleData = {
  input: {
    order: {
      id: 7,
      items: [
        { price: 2.5, "unit name": "kg" },
        { price: 4, tax: 1 },
      ],
    },
    customer: "Ada",
    "my name": 1,
    and: 2,
  },
  context: { Execution: { Id: "arn", Name: "one" }, State: { Name: "S" } },
  variables: { rate: 2, cart: { total: 9 } },
  result: { ok: true },
};

/** `|` is the cursor. */
function at(language: CompletedLanguage, marked: string, more: Partial<CompletionQuestion> = {}) {
  const cursor = marked.indexOf("|");
  const text = marked.replace("|", "");
  const found = completions({ language, text, cursor, data, ...more });
  /** The text when the candidate of this label has been taken; `|` is where the cursor goes. */
  const take = (label: string): string | undefined => {
    const candidate = found?.candidates.find((each) => each.label === label);
    if (found === undefined || candidate === undefined) return undefined;
    const { insert, cursor: within = insert.length, from = found.from } = candidate;
    const marking = `${insert.slice(0, within)}|${insert.slice(within)}`;
    return text.slice(0, from) + marking + text.slice(cursor);
  };
  const labels = found?.candidates.map(({ label }) => label);
  return { found, labels, take };
}

const jsonata = (marked: string, more?: Partial<CompletionQuestion>) => at("jsonata", marked, more);
const path = (marked: string, more?: Partial<CompletionQuestion>) => at("jsonpath", marked, more);
const intrinsic = (marked: string) => at("intrinsic", marked);

describe("JSONata", () => {
  test("`$states.` has what the field may read", () => {
    expect(jsonata("$states.|").labels).toEqual(["input", "context"]);
    expect(jsonata("$states.|", { allowed: ["result"] }).labels).toEqual([
      "input",
      "result",
      "context",
    ]);
    expect(jsonata("$states.in|").take("input")).toBe("$states.input|");
  });

  test.each([
    ["$states.input.|", ["order", "customer", "my name", "and"]],
    ["$states.input.order.|", ["id", "items"]],
    ["$states.input.order.items.|", ["price", "unit name", "tax"]],
    ["$states.input.order.items[1].|", ["price", "tax"]],
    ["$states.input.order.items[price > 3].|", ["price", "unit name", "tax"]],
    ["$states.context.Execution.|", ["Id", "Name"]],
    ["$states.result.|", ["ok"]],
    ["$cart.|", ["total"]],
    ["$sum($cart.|)", ["total"]],
    ["{ 'a': $cart.|", ["total"]],
    ["$states . input . order . |", ["id", "items"]],
    ["$states.input.`order`.|", ["id", "items"]],
    ["$states.input.order.*.|", ["price", "unit name", "tax"]],
    ["$states.input.order.items.(|", ["price", "unit name", "tax"]],
    ["$states.input.order.items.{ 'a': |", ["price", "unit name", "tax"]],
    ["$states.input.order.items[$.|", ["price", "unit name", "tax"]],
    ["$states.input.no.|", []],
    ["$unknown.|", []],
    ["$sum(1).|", []],
  ])("%s has the names of the sample there", (marked, names) => {
    const { labels = [] } = jsonata(marked);
    expect(labels.slice(0, names.length)).toEqual(names);
    if (names.length === 0) expect(labels).toEqual([]);
  });

  test("a predicate begins with the names of the items that it picks", () => {
    const { labels, take } = jsonata("$states.input.order.items[pr|]");
    expect(labels?.[0]).toBe("price");
    expect(take("price")).toBe("$states.input.order.items[price|]");
    expect(jsonata("$filter($states.input.order.items, pr|)").labels).not.toContain("price");
  });

  test("a name that is no identifier is written in backticks", () => {
    expect(jsonata("$states.input.my|").take("my name")).toBe("$states.input.`my name`|");
    expect(jsonata("$states.input.`my|").take("my name")).toBe("$states.input.`my name`|");
    expect(jsonata("$states.input.an|").take("and")).toBe("$states.input.`and`|");
  });

  test("`$` has variables before functions, each with what it takes", () => {
    const { labels = [], found } = jsonata("1 + $|");
    expect(labels.slice(0, 3)).toEqual(["$states", "$rate", "$cart"]);
    expect(labels).toContain("$partition");
    const sum = found?.candidates.find(({ label }) => label === "$sum");
    expect(sum).toMatchObject({ kind: "function", signature: "$sum(array)", doc: "$sum" });
  });

  test("a function is taken with its parentheses, and the cursor where its parameters go", () => {
    expect(jsonata("$su|").take("$sum")).toBe("$sum(|)");
    expect(jsonata("$su|(1)").take("$sum")).toBe("$sum|(1)");
    expect(jsonata("$mil|").take("$millis")).toBe("$millis()|");
  });

  test("what the text binds itself is a variable, too", () => {
    expect(jsonata("($total := 1; $to|").labels?.[0]).toBe("$total");
    expect(jsonata("$map([1], function($item, $index) { $i|").labels?.slice(0, 2)).toEqual([
      "$item",
      "$index",
    ]);
  });

  test("values are shown shortly", () => {
    const { found } = jsonata("$states.input.|");
    expect(found?.candidates.map(({ sample }) => sample)).toEqual([
      { type: "object", text: "{id, items}" },
      { type: "string", text: '"Ada"' },
      { type: "number", text: "1" },
      { type: "number", text: "2" },
    ]);
    const long = { input: { text: "x".repeat(1_000) } };
    const [text] = jsonata("$states.input.|", { data: long }).found?.candidates ?? [];
    expect(text?.sample?.text.length).toBeLessThan(70);
  });

  test.each(["'$states.|", '"a" & "b|', "12|", "$states.input.order.id & 'x\\'|"])(
    "%s is within what is no name",
    (marked) => expect(jsonata(marked).found).toBeUndefined(),
  );
});

describe("JSONPath", () => {
  test.each([
    ["$.|", ["order", "customer", "my name", "and"]],
    ["$.order.|", ["id", "items"]],
    ["$.order.items[0].|", ["price", "unit name"]],
    ["$.order.items[-1].|", ["price", "tax"]],
    ["$.order.items[*].|", ["price", "unit name", "tax"]],
    ["$.order.items[0:1].|", ["price", "unit name", "tax"]],
    ["$['order'].|", ["id", "items"]],
    ["$..items[0].|", ["price", "unit name"]],
    ["$.*.|", ["id", "items"]],
    ["$$.|", ["Execution", "State"]],
    ["$$.Execution.N|", ["Name"]],
    ["$cart.|", ["total"]],
    ["$.order['|", ["id", "items"]],
    ["$.order.items[?(@.|", ["price", "unit name"]],
    ["$.order.items[?(@.price > 1 && @.pr|", ["price"]],
    ["$.order.items[?(@.price > $rate)].|", ["price", "unit name", "tax"]],
    ["$.nothing.|", []],
  ])("%s has the names of the sample there", (marked, names) => {
    expect(path(marked).labels).toEqual(names);
  });

  test("begins with the document, the variables and the context object", () => {
    expect(path("|").labels).toEqual(["$", "$rate", "$cart", "$$"]);
    expect(path("$c|").take("$cart")).toBe("$cart|");
  });

  test("`$` is the document that the field is of", () => {
    expect(path("$.|", { of: "result" }).labels).toEqual(["ok"]);
  });

  test("a name that needs brackets takes the dot's place", () => {
    expect(path("$.my|").take("my name")).toBe("$['my name']|");
    expect(path("$['my|").take("my name")).toBe("$['my name']|");
    expect(path("$['my|']").take("my name")).toBe("$['my name|']");
    expect(path("$.a|").take("and")).toBe("$.and|");
  });

  test("of an array the items are picked", () => {
    expect(path("$.order.items.|").labels).toEqual(["[*]", "[0]"]);
    expect(path("$.order.items.|").take("[*]")).toBe("$.order.items[*]|");
  });

  test.each(["order|", "$.order |", "$.order.items[?(@.price > 'a|"])("%s is no path", (marked) => {
    expect(path(marked).labels ?? []).toEqual([]);
  });
});

describe("intrinsic functions", () => {
  test("begin with `States.`, and take paths", () => {
    expect(intrinsic("|").labels?.slice(0, 5)).toEqual([
      "$",
      "$rate",
      "$cart",
      "$$",
      "States.Format",
    ]);
    expect(intrinsic("States.Arr|").labels?.[0]).toBe("States.Array");
    expect(intrinsic("Form|").take("States.Format")).toBe("States.Format(|)");
    expect(intrinsic("States.UU|").take("States.UUID")).toBe("States.UUID()|");
    expect(intrinsic("States.Format('{}', $.cu|)").take("customer")).toBe(
      "States.Format('{}', $.customer|)",
    );
    expect(intrinsic("States.Array($.order.id, $.my|").take("my name")).toBe(
      "States.Array($.order.id, $['my name']|",
    );
    expect(intrinsic("States.MathAdd(1, States.MathR|").take("States.MathRandom")).toBe(
      "States.MathAdd(1, States.MathRandom(|)",
    );
    expect(intrinsic("$.cu|").take("customer")).toBe("$.customer|");
    expect(intrinsic("States.Array($['my|").take("my name")).toBe("States.Array($['my name']|");
  });

  test("have nothing to say within a text", () => {
    expect(intrinsic("States.Format('order |', $.id)").found).toBeUndefined();
    expect(intrinsic("States.Format('it\\'s $.|").found).toBeUndefined();
  });
});

test("the functions are those that there are", () => {
  expect(Object.keys(jsonataFunctions).toSorted()).toEqual([...builtins.keys()].toSorted());
  for (const name of Object.keys(intrinsicFunctions)) {
    expect(() => compileIntrinsic(`${name}()`)).not.toThrow();
  }
  expect(Object.keys(intrinsicFunctions)).toHaveLength(18);
});

test("parameters are as many as the functions take", () => {
  // `$zip` takes any number, and the second of `$string` does not count for functions that are handed on.
  const counted = Object.entries(jsonataFunctions).filter(
    ([name]) => name !== "zip" && name !== "string",
  );
  for (const [name, parameters] of counted) {
    const count = parameters.split(", ").filter((each) => each !== "").length;
    expect([name, builtins.get(name)?.arity]).toEqual([name, count]);
  }
});

test("whatever is taken of the sample is of its language", () => {
  const name = fc.oneof(
    fc.string({ minLength: 1 }),
    fc.constantFrom("a", "b c", "it's", 'q"', "x\\y"),
  );
  const member = fc.dictionary(name, fc.integer(), { minKeys: 1, maxKeys: 4 });
  fc.assert(
    fc.property(member, (input) => {
      const given: SampleData = { input };
      const taken = (found: Candidate[], base: string, from: number) =>
        found.map(({ insert, from: own = from }) => base.slice(0, own) + insert);
      const inJsonata = at("jsonata", "$states.input.|", { data: given }).found;
      for (const text of taken([...(inJsonata?.candidates ?? [])], "$states.input.", 14)) {
        expect(() => compileJsonata(text)).not.toThrow();
      }
      const inPath = at("jsonpath", "$.|", { data: given }).found;
      const paths = taken([...(inPath?.candidates ?? [])], "$.", 2);
      const scope = { context: {}, variables: { lookup: () => undefined } } as never;
      const values = paths.map((text) => compilePath(text).evaluate(input, scope));
      expect(values).toEqual(Object.values(input));
    }),
  );
});

test("any text with any cursor is answered, within the text", () => {
  const words = fc.constantFrom(
    ..."$ . [ ] ( ) { } ' \" ` ? @ * := , States.Format $states input order items 1 a".split(" "),
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(words).map((each) => each.join("")),
  );
  fc.assert(
    fc.property(
      fc.constantFrom<CompletedLanguage>("jsonata", "jsonpath", "intrinsic"),
      text,
      fc.nat(),
      (language, given, place) => {
        const cursor = place % (given.length + 1);
        const found = completions({ language, text: given, cursor, data });
        if (found === undefined) return;
        for (const { from = found.from, insert, cursor: within = 0 } of found.candidates) {
          expect(from).toBeGreaterThanOrEqual(0);
          expect(from).toBeLessThanOrEqual(cursor);
          expect(within).toBeLessThanOrEqual(insert.length);
        }
      },
    ),
    { numRuns: 2_000 },
  );
});

test("the item that an ItemSelector is for completes as part of the context object", () => {
  const item = { Index: 0, Value: { sku: "a" } };
  const withItem = { data: { ...data, item } };
  for (const [language, text] of [
    ["jsonpath", "$$.Map.Item.Value.|"],
    ["jsonata", "$states.context.Map.Item.Value.|"],
  ] as const) {
    expect(at(language, text, withItem).labels).toEqual(["sku"]);
    expect(at(language, text).labels ?? []).toEqual([]);
  }
});
