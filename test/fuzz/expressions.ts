import fc from "fast-check";
import { builtins } from "../../src/expression/jsonata/builtins.ts";
import { damaged, names, numbers, texts } from "./vocabulary.ts";

const quoted = names.map((name) => `['${name.replaceAll("'", "\\'")}']`);
const operand = fc.oneof(
  fc.constantFrom("@", "@.a", "@.id", "@..a", "$.a", "$..id", "'n1'", "null", "true", "[1,'a']"),
  fc.constantFrom("@.length()", "@.name", "@['__proto__']", "{'a':1}", "/^(a+)+$/", "/[/", "@[*]"),
  numbers.map(String),
);
const comparison = fc
  .tuple(
    operand,
    fc.constantFrom("==", "!=", "<", ">=", "=~", "in", "nin", "subsetof", "anyof", "size", "empty"),
    operand,
  )
  .map((parts) => parts.join(" "));
const filter = fc
  .array(fc.tuple(comparison, fc.constantFrom("&&", "||", "&& !", "|| (", ")")), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => `[?(${parts.map(([one, and]) => `${one} ${and}`).join(" ")} @.a)]`);
const step = fc.oneof(
  quoted,
  filter,
  comparison.map((text) => `[?(${text})]`),
  fc.constantFrom(".a", ".items", ".wide", ".deep", ".many", "[0]", "[-1]", "[*]", ".*", "..a"),
  fc.constantFrom("..*", "..[0]", "[0,1]", "[1:]", "[:-1]", "[::2]", "['a','id']", "..['a','id']"),
  fc.constantFrom(".length()", ".sum()", ".keys()", ".min()", ".avg()", ".stddev()", ".concat(1)"),
  fc.constantFrom(".append(1)", ".first()", ".index(0)", "..[?(@.a)]", "..[?(@..id)]"),
  numbers.map((number) => `[${number}]`),
);
const root = fc.constantFrom("$", "$", "$$", "$v", "$none", "@", "");

/** What is a JSONPath, or nearly. */
export const paths: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(root, fc.array(step, { maxLength: 7 }))
      .map(([start, steps]) => start + steps.join("")),
  },
  { weight: 1, arbitrary: fc.nat(3_000).map((depth) => `$${"..*".repeat(depth)}`) },
  { weight: 1, arbitrary: fc.nat(3_000).map((depth) => `$[?(${"(".repeat(depth)}@.a`) },
  { weight: 1, arbitrary: fc.nat(3_000).map((depth) => `$${"[?(@".repeat(depth)}`) },
  { weight: 1, arbitrary: fc.string({ maxLength: 40 }).map((text) => `$${text}`) },
);
/** Paths that were written by somebody in a hurry. */
export const damagedPaths = damaged(paths);

const functionNames = [...builtins.keys()].map((name) => `$${name}`);
const variables = fc.constantFrom("$v", "$x", "$none", "$states", "$", "$$");
const patterns = fc.constantFrom("/a/", "/^(a+)+$/", "/(a|a)*b/i", "/./", "/(?=a)/", "/a{1,999}/");

/** Expressions of JSONata, also such as make no sense. */
export const jsonata: fc.Arbitrary<string> = fc.letrec<{ expression: string }>((tie) => {
  const expression = tie("expression");
  const list = fc.array(expression, { maxLength: 4 }).map((parts) => parts.join(", "));
  const leaf = fc.oneof(
    numbers.map(String),
    texts.filter((text) => text.length < 100).map((text) => JSON.stringify(text)),
    variables,
    fc.constantFrom("true", "null", "*", "**", "%", "a", "items", "`odd key`", "[1..1000]"),
    fc.constantFrom("$states.input", "$states.input.items", "$states.input.text"),
    fc.constantFrom("$states.input.many", "$states.input.wide", "$states.input.deep"),
    patterns,
  );
  const pair = fc.tuple(expression, expression);
  const between = fc.constantFrom(
    ...". + - * / % & = != < >= and or in .. ~>".split(" "),
    ..."?: ?? := @$v. #$i.".split(" "),
  );
  return {
    expression: fc.oneof(
      { maxDepth: 5, depthSize: "small" },
      leaf,
      fc.tuple(fc.constantFrom(...functionNames), list).map(([name, given]) => `${name}(${given})`),
      fc.tuple(expression, between, expression).map((parts) => parts.join(" ")),
      pair.map(([whole, part]) => `${whole}[${part}]`),
      pair.map(([whole, part]) => `${whole}.(${part})`),
      pair.map(([whole, part]) => `${whole}^(<${part})`),
      pair.map(([whole, part]) => `${whole}{${part}: ${whole}}`),
      pair.map(([from, to]) => `[${from}..${to}]`),
      pair.map(([whole, part]) => `| ${whole} | ${part} |`),
      list.map((items) => `[${items}]`),
      list.map((items) => `(${items.replaceAll(", ", "; ")})`),
      fc.tuple(names, expression).map(([name, value]) => `{${JSON.stringify(name)}: ${value}}`),
      expression.map((body) => `function($x, $y){ ${body} }`),
      expression.map((body) => `($f := function($x){ $f(${body}) }; $f(1))`),
      expression.map((body) => `$map($states.input.many, function($x, $i){ ${body} })`),
      expression.map((body) => `$reduce($states.input.items, function($x, $y){ ${body} })`),
      fc.tuple(expression, expression, expression).map(([a, b, c]) => `${a} ? ${b} : ${c}`),
    ),
  };
}).expression;

/** What goes deep, or on and on. */
export const longJsonata: fc.Arbitrary<string> = fc.oneof(
  fc.nat(12_000).map((depth) => "(".repeat(depth) + ")".repeat(depth)),
  fc.nat(8_000).map((length) =>
    Array(length + 1)
      .fill("1")
      .join(" + "),
  ),
  fc.nat(8_000).map((length) => `$states.input${".a".repeat(length)}`),
  fc.nat(4_000).map((depth) => "$not(".repeat(depth) + ")".repeat(depth)),
  fc.nat(4_000).map((depth) => `${"{'a':".repeat(depth)}1${"}".repeat(depth)}`),
  fc.nat(6_000).map((depth) => "[".repeat(depth) + "]".repeat(depth)),
  fc.nat(3_000).map((length) => `1${" ? 1 : 1".repeat(length)}`),
  fc.nat(3_000).map((depth) => `/${"(a|".repeat(depth)}b${")*".repeat(depth)}/`),
  fc.nat(30_000).map((length) => `"${"\\u0061".repeat(length / 6)}"`),
);

const intrinsicNames = fc.constantFrom(
  "Format",
  "StringToJson",
  "JsonToString",
  "Array",
  "ArrayPartition",
  "ArrayContains",
  "ArrayRange",
  "ArrayGetItem",
  "ArrayLength",
  "ArrayUnique",
  "Base64Encode",
  "Base64Decode",
  "Hash",
  "JsonMerge",
  "MathRandom",
  "MathAdd",
  "StringSplit",
  "UUID",
  "Nope",
  "__proto__",
);

/** Calls of intrinsic functions, nested and with any arguments. */
export const intrinsics: fc.Arbitrary<string> = fc.letrec<{ call: string }>((tie) => ({
  call: fc
    .tuple(
      intrinsicNames,
      fc.array(
        fc.oneof(
          { maxDepth: 4 },
          fc.oneof(
            numbers.map(String),
            fc.constantFrom("true", "null", "$", "$.a", "$.items", "$.text", "$.many", "$.wide"),
            fc.constantFrom("$.deep", "$$.Execution.Input", "$v", "$.items[*].name", "'SHA-512'"),
            fc.constantFrom("'MD5'", "'\\{\\}'", "$.items[0]", "$..a"),
            texts.map((text) => `'${text.replaceAll(/['\\]/g, "\\$&")}'`),
          ),
          tie("call"),
        ),
        { maxLength: 4 },
      ),
    )
    .map(([name, given]) => `States.${name}(${given.join(", ")})`),
})).call;

export const damagedIntrinsics = fc.oneof(
  damaged(intrinsics),
  fc.nat(5_000).map((depth) => "States.Array(".repeat(depth) + ")".repeat(depth)),
);
