import { numberOf } from "../../expression/exact-number.ts";
import type { IntrinsicNode } from "../../expression/intrinsics/parse-intrinsic.ts";
import { constant, expressed, expressionOf, type Document } from "./document.ts";
import {
  call,
  certain,
  listOf,
  primary,
  remarksOf,
  remarksWithin,
  type Expression,
} from "./expression.ts";
import { formatDocument, formatWith } from "./format.ts";
import { escapedPattern, textLiteral } from "./literal.ts";
import { Unconvertible } from "./unconvertible.ts";

type Call = IntrinsicNode & { readonly type: "call" };
type Convert = (parts: readonly Document[]) => Document;

/** What an intrinsic function call gives. `path` converts the paths among its arguments. Throws {@link Unconvertible}. */
export function intrinsicDocument(node: Call, path: (text: string) => Document): Document {
  const argument = (given: IntrinsicNode): Document => {
    switch (given.type) {
      case "call":
        return intrinsicDocument(given, path);
      case "path":
        return path(given.text);
      case "literal":
        return constant(given.value);
      case "string":
        return constant(given.raw.replaceAll(/\\(.)/gs, "$1"));
    }
  };
  const [first, ...others] = node.given;
  if (node.name === "States.Format") {
    if (first === undefined) throw new Unconvertible("INVALID", node.text);
    const values = others.map(argument);
    return first.type === "string"
      ? formatDocument(first.raw, values)
      : formatWith(argument(first), values);
  }
  const intrinsic = intrinsics.get(node.name);
  if (intrinsic === undefined) throw new Unconvertible("INVALID", node.text);
  const { least, most, convert } = intrinsic;
  const count = node.given.length;
  if (count < least || count > most) throw new Unconvertible("INVALID", node.text);
  return convert(node.given.map(argument));
}

interface Intrinsic {
  readonly least: number;
  readonly most: number;
  readonly convert: Convert;
}

function taking(
  count: number,
  convert: (...parts: readonly Expression[]) => Expression,
): Intrinsic {
  return {
    least: count,
    most: count,
    convert: (parts) => expressed(convert(...parts.map(expressionOf))),
  };
}

const intrinsics: ReadonlyMap<string, Intrinsic> = new Map<string, Intrinsic>([
  [
    "States.Array",
    { least: 0, most: Number.POSITIVE_INFINITY, convert: (items) => ({ type: "list", items }) },
  ],
  [
    "States.ArrayPartition",
    taking(2, (...parts) =>
      listOf(call("partition", parts).text, { remarks: remarksWithin(parts) }),
    ),
  ],
  ["States.ArrayContains", { least: 2, most: 2, convert: contains }],
  [
    "States.ArrayRange",
    taking(3, (...parts) => listOf(call("range", parts).text, { remarks: remarksWithin(parts) })),
  ],
  ["States.ArrayGetItem", { least: 2, most: 2, convert: item }],
  [
    "States.ArrayLength",
    taking(1, (...parts) => ({
      ...certain(`$count(${sequenceOf(parts[0] as Expression)})`, "integer"),
      remarks: remarksWithin(parts),
    })),
  ],
  ["States.ArrayUnique", taking(1, (...parts) => call("distinct", parts))],
  [
    "States.Base64Encode",
    taking(1, (...parts) => call("base64encode", parts, ["BASE64_OF_NON_ASCII"], "text")),
  ],
  [
    "States.Base64Decode",
    taking(1, (...parts) => call("base64decode", parts, ["BASE64_OF_NON_ASCII"], "text")),
  ],
  [
    "States.Hash",
    taking(2, (...[data, algorithm]) => {
      const value = data as Expression;
      const hashed = value.type === "text" ? value : call("string", [value]);
      return call("hash", [hashed, algorithm as Expression], [], "text");
    }),
  ],
  ["States.JsonMerge", { least: 3, most: 3, convert: merge }],
  ["States.JsonToString", taking(1, (...parts) => call("string", parts, ["JSON_OF_TEXT"], "text"))],
  ["States.StringToJson", taking(1, (...parts) => call("parse", parts, ["JSON_OF_EMPTY_TEXT"]))],
  ["States.StringSplit", { least: 2, most: 2, convert: split }],
  ["States.MathAdd", { least: 2, most: 2, convert: add }],
  ["States.MathRandom", { least: 2, most: 3, convert: random }],
  ["States.UUID", taking(0, () => certain("$uuid()", "text"))],
]);

/** What is counted or gone into needs no brackets around it. */
function sequenceOf(list: Expression): string {
  return list.sequence === undefined || list.sequence === "" ? list.text : list.sequence;
}

/** A constant is looked for by `in`; what may be an object has to be compared. */
function contains([list, value]: readonly Document[]): Document {
  const items = expressionOf(list as Document);
  const sought = expressionOf(value as Document);
  const isScalar = sought.type === "text" || sought.type === "integer";
  const text = isScalar
    ? `${primary(sought)} in ${primary(items)}`
    : `$exists(${primary(items)}[$ = ${sought.text}])`;
  const remarks = remarksWithin([items, sought], "CONTAINS_BY_TEXT");
  return expressed({ ...certain(text, "boolean"), isPrimary: !isScalar, remarks });
}

/** The item of a list that is written out is known, if its index is. */
function item([list, index]: readonly Document[]): Document {
  const items = list as Document;
  const place = index as Document;
  const at = place.type === "constant" ? numberOf(place.value) : undefined;
  if (items.type === "list" && at !== undefined) {
    const known = items.items[at];
    if (known !== undefined) return known;
  }
  if (at !== undefined && (at < 0 || !Number.isInteger(at))) throw new Unconvertible("INVALID");
  const source = expressionOf(items);
  const position = expressionOf(place);
  const text = source.sequence === undefined ? primary(source) : sequencePrimary(source.sequence);
  return expressed({
    text: `${text}[${position.text}]`,
    isPrimary: true,
    mayBeNothing: true,
    remarks: remarksOf([source, position], "ITEM_OF_EMPTY_LIST"),
  });
}

/** A position counts within each step of a path: what a path of many gives has to be counted as a whole. */
function sequencePrimary(sequence: string): string {
  return /^\$\w+\(.*\)\[\$ != ''\]$/s.test(sequence) ? sequence : `[${sequence}]`;
}

function merge([first, second, deep]: readonly Document[]): Document {
  const isDeep = deep?.type === "constant" ? deep.value : undefined;
  // Only shallow merges are: deep ones fail. What is looked up may be anything.
  if (isDeep === undefined || isDeep === true) throw new Unconvertible("UNSUPPORTED_INTRINSIC");
  const parts = [first, second].map((part) => expressionOf(part as Document));
  const text = `$merge([${parts.map((part) => part.text).join(", ")}])`;
  return expressed({ ...certain(text), remarks: remarksWithin(parts) });
}

/** Every character of the second text separates, and empty pieces are dropped. */
function split([text, delimiters]: readonly Document[]): Document {
  const source = expressionOf(text as Document);
  const characters = delimiters?.type === "constant" ? delimiters.value : undefined;
  if (typeof characters !== "string" || characters === "") {
    throw new Unconvertible("UNSUPPORTED_INTRINSIC");
  }
  const [first = "", ...others] = new Set(characters);
  const separator =
    others.length === 0 ? textLiteral(first) : `/[${escapedPattern([first, ...others].join(""))}]/`;
  const sequence = `$split(${source.text}, ${separator})[$ != '']`;
  return expressed(listOf(sequence, { remarks: remarksWithin([source]) }));
}

function add([first, second]: readonly Document[]): Document {
  const [a, b] = [first, second].map((part) => expressionOf(part as Document)) as [
    Expression,
    Expression,
  ];
  const isWhole = a.type === "integer" && b.type === "integer";
  const summand = /^-\d+$/.test(b.text) ? `- ${b.text.slice(1)}` : `+ ${primary(b)}`;
  return expressed({
    text: `${primary(a)} ${summand}`,
    isPrimary: false,
    mayBeNothing: a.mayBeNothing || b.mayBeNothing,
    ...(isWhole ? { type: "integer" } : {}),
    remarks: remarksOf([a, b], ...(isWhole ? [] : (["FRACTIONS"] as const))),
  });
}

function random(parts: readonly Document[]): Document {
  const [from, to, seed] = parts.map(expressionOf) as [Expression, Expression, Expression?];
  const span = spanOf(parts, from, to);
  const drawn = seed === undefined ? "$random()" : `$random(${seed.text})`;
  const start = isZero(parts[0]) ? "" : ` + ${primary(from)}`;
  return expressed({
    text: `$floor(${drawn} * ${span})${start}`,
    isPrimary: start === "",
    mayBeNothing: from.mayBeNothing || to.mayBeNothing,
    type: "integer",
    remarks: remarksOf(
      [from, to],
      ...(from.type === "integer" && to.type === "integer" ? [] : (["FRACTIONS"] as const)),
      ...(seed === undefined ? [] : ([...seed.remarks, "RANDOM_OF_SEED"] as const)),
    ),
  });
}

function spanOf([first, last]: readonly Document[], from: Expression, to: Expression): string {
  const start = first?.type === "constant" ? numberOf(first.value) : undefined;
  const end = last?.type === "constant" ? numberOf(last.value) : undefined;
  if (start === undefined || end === undefined) return `(${primary(to)} - ${primary(from)})`;
  if (end <= start) throw new Unconvertible("INVALID");
  return String(Math.trunc(end) - Math.trunc(start));
}

function isZero(document: Document | undefined): boolean {
  return document?.type === "constant" && numberOf(document.value) === 0;
}
