import { isJsonObject, type JsonObject, type JsonValue } from "../../expression/json.ts";
import { memberChain } from "../../expression/jsonpath/member-chain.ts";
import { parsePath } from "../../expression/jsonpath/compile-path.ts";
import { constant, given, replace, type Document } from "./document.ts";
import { pathDocument, templateDocument } from "./documents-of-source.ts";
import { Unconvertible } from "./unconvertible.ts";

/** What a state was entered with. */
export const rawInput: Document = given("$states.input");

/** What a state's task, branches or iterations gave. */
export const rawResult: Document = given("$states.result");

const emptyObject: Document = constant({});

/** What `InputPath` makes of the input: what `$` means in most fields of a state. */
export function effectiveInput(state: JsonObject): Document {
  return through(state["InputPath"], rawInput);
}

/** A path over a document; absent: the document itself, null: an empty object. */
function through(path: JsonValue | undefined, document: Document): Document {
  if (path === undefined) return document;
  if (path === null) return emptyObject;
  if (typeof path !== "string") throw new Unconvertible("INVALID");
  return pathDocument(path, document);
}

/** What a state works on: `Parameters`, or else what `InputPath` leaves. */
export function workInput(state: JsonObject): Document {
  const { Parameters } = state;
  const input = effectiveInput(state);
  return Parameters === undefined ? input : templateDocument(Parameters, input);
}

/** `ResultSelector`, `ResultPath` and `OutputPath` over a result. */
export function outputOf(state: JsonObject, result: Document): Document {
  const { ResultSelector } = state;
  const selected = ResultSelector === undefined ? result : templateDocument(ResultSelector, result);
  const merged = withResultPath(state["ResultPath"], selected);
  return through(state["OutputPath"], merged);
}

/** A result where `ResultPath` puts it in the input. */
export function withResultPath(path: JsonValue | undefined, result: Document): Document {
  if (path === undefined) return result;
  if (path === null) return rawInput;
  if (typeof path !== "string") throw new Unconvertible("INVALID");
  const { root, segments } = parsePath(path, true);
  const steps = memberChain(segments);
  if (root.from !== "input" || steps === undefined) throw new Unconvertible("INVALID", path);
  const names = steps.filter((step) => typeof step === "string");
  if (names.length < steps.length) throw new Unconvertible("RESULT_PATH_IN_LIST", path);
  return replace(rawInput, names, result);
}

/** `Assign` over what `$` means in it. */
export function assignDocument(assign: JsonValue | undefined, own: Document): Document | undefined {
  if (assign === undefined) return undefined;
  if (!isJsonObject(assign)) throw new Unconvertible("INVALID");
  return templateDocument(assign, own);
}

/** Whether the document is what the expression gives, and nothing else. */
export function isJust(document: Document, other: Document): boolean {
  return (
    document.type === "expression" &&
    other.type === "expression" &&
    document.expression.text === other.expression.text
  );
}
