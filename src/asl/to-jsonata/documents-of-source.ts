import { ExpressionSyntaxError } from "../../expression/evaluation.ts";
import { parseIntrinsic } from "../../expression/intrinsics/parse-intrinsic.ts";
import { isJsonArray, isJsonObject, type JsonValue } from "../../expression/json.ts";
import { parsePath } from "../../expression/jsonpath/compile-path.ts";
import { builtins } from "../../expression/jsonata/builtins.ts";
import { constant, expressed, given, select, type Document } from "./document.ts";
import { intrinsicDocument } from "./intrinsics.ts";
import { Unconvertible } from "./unconvertible.ts";

/** What a path selects, if `$` is `input`. Throws {@link Unconvertible}. */
export function pathDocument(text: string, input: Document, escapedNames = false): Document {
  const { root, segments } = orInvalid(text, () => parsePath(text, escapedNames));
  const selected = orFrom(text, () => select(rootDocument(root, input), segments));
  return selected.type === "expression"
    ? expressed({ ...selected.expression, from: text })
    : selected;
}

function rootDocument(root: ReturnType<typeof parsePath>["root"], input: Document): Document {
  switch (root.from) {
    case "input":
      return input;
    case "context":
      return given("$states.context");
    case "variable":
      if (builtins.has(root.name)) {
        throw new Unconvertible("VARIABLE_HIDDEN_BY_FUNCTION", `$${root.name}`);
      }
      return given(`$${root.name}`);
  }
}

/** What a payload template makes, if `$` is `input`: members ending with `.$` get the value of their path or call. */
export function templateDocument(template: JsonValue, input: Document): Document {
  if (isJsonArray(template)) {
    const items = template.map((item) => templateDocument(item, input));
    return isConstant(items) ? constant(template) : { type: "list", items };
  }
  if (!isJsonObject(template)) return constant(template);
  const members = Object.entries(template).map(([name, value]): readonly [string, Document] =>
    name.endsWith(".$")
      ? [name.slice(0, -2), valueDocument(value, input)]
      : [name, templateDocument(value, input)],
  );
  if (isConstant(members.map(([, member]) => member)) && !hasDynamic(template)) {
    return constant(template);
  }
  return { type: "object", members };
}

function isConstant(documents: readonly Document[]): boolean {
  return documents.every(({ type }) => type === "constant");
}

function hasDynamic(object: object): boolean {
  return Object.keys(object).some((name) => name.endsWith(".$"));
}

/** The value of a member of a template, or of a field, that is a path or an intrinsic function call. */
export function valueDocument(text: JsonValue | undefined, input: Document): Document {
  if (typeof text !== "string") throw new Unconvertible("INVALID");
  if (text.startsWith("$")) return pathDocument(text, input);
  const call = orInvalid(text, () => parseIntrinsic(text));
  const document = orFrom(text, () => intrinsicDocument(call, (path) => pathDocument(path, input)));
  return document.type === "expression"
    ? expressed({ ...document.expression, from: text })
    : document;
}

function orInvalid<T>(text: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) throw new Unconvertible("INVALID", text);
    throw error;
  }
}

/** What cannot be converted is named with the text that it is in. */
function orFrom<T>(text: string, convert: () => T): T {
  try {
    return convert();
  } catch (error) {
    if (!(error instanceof Unconvertible)) throw error;
    throw new Unconvertible(error.code, text);
  }
}
