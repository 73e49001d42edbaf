import { isJsonObject, type JsonObject, type JsonValue } from "../../expression/json.ts";
import { effectiveInput, isJust, rawInput } from "./data-flow.ts";
import { expressed, expressionOf, type Document } from "./document.ts";
import { templateDocument } from "./documents-of-source.ts";
import { remarksOf } from "./expression.ts";
import { replaceMembers, type Replacement } from "./replace-members.ts";
import { noteLevels } from "./note.ts";
import { Unconvertible } from "./unconvertible.ts";
import { writeDocument, type Place } from "./write-document.ts";
import { numberDocument, referenced, type Writing } from "./writing.ts";

/** The fields that only a Map has, from its items to its writer. Throws {@link Unconvertible}. */
export function mapReplacements(writing: Writing): readonly Replacement[] {
  const { state } = writing;
  const input = effectiveInput(state);
  return [
    items(writing, input),
    selector(writing, input),
    ...numbers(writing, state, [], input, [
      "MaxConcurrency",
      "ToleratedFailureCount",
      "ToleratedFailurePercentage",
    ]),
    nested(writing, "ItemReader", (reader) => [
      templateOf(writing, reader, ["ItemReader", "Arguments"], "Parameters", input),
      ...nestedIn(writing, reader, "ReaderConfig", (config) =>
        numbers(writing, config, ["ItemReader", "ReaderConfig"], input, ["MaxItems"]),
      ),
    ]),
    nested(writing, "ItemBatcher", (batcher) => [
      ...numbers(writing, batcher, ["ItemBatcher"], input, [
        "MaxItemsPerBatch",
        "MaxInputBytesPerBatch",
      ]),
      templateOf(writing, batcher, ["ItemBatcher", "BatchInput"], "BatchInput", input),
    ]),
    nested(writing, "ResultWriter", (writer) => [
      templateOf(writing, writer, ["ResultWriter", "Arguments"], "Parameters", input),
    ]),
  ];
}

/** `Items`: without a path both languages iterate the input. */
function items({ state, take }: Writing, input: Document): Replacement {
  const { ItemsPath } = state;
  const of = ItemsPath === undefined ? ["InputPath"] : ["ItemsPath"];
  const selected = ItemsPath === undefined ? input : referenced(ItemsPath, input);
  // A reader has items of its own.
  if (state["ItemReader"] !== undefined) return { name: "Items", of, value: undefined };
  if (isJust(selected, rawInput)) {
    take({ level: noteLevels.ITEMS_OF_OBJECT, code: "ITEMS_OF_OBJECT", path: [] });
    return { name: "Items", of, value: undefined };
  }
  const expression = expressionOf(selected);
  const remarks = remarksOf([expression], "ITEMS_OF_OBJECT");
  const document = expressed({ ...expression, remarks });
  return { name: "Items", of, value: writeDocument(document, ["Items"], take) };
}

/** `ItemSelector`, or `Parameters` as it was once called. */
function selector({ state, take }: Writing, input: Document): Replacement {
  const { ItemSelector, Parameters } = state;
  const source = ItemSelector ?? Parameters;
  const document = source === undefined ? undefined : templateDocument(source, input);
  const value = document && writeDocument(document, ["ItemSelector"], take);
  return { name: "ItemSelector", of: ["ItemSelector", "Parameters"], value };
}

function numbers(
  { take }: Writing,
  object: JsonObject,
  place: Place,
  input: Document,
  names: readonly string[],
): readonly Replacement[] {
  return names.map((name) => {
    const path = object[`${name}Path`];
    const of = [`${name}Path`];
    if (path === undefined) return { name, of, value: undefined };
    const value = writeDocument(numberDocument(path, input), [...place, name], take);
    return { name, of, value };
  });
}

/** A payload template that may get another name. */
function templateOf(
  { take }: Writing,
  object: JsonObject,
  place: Place,
  source: string,
  input: Document,
): Replacement {
  const template = object[source];
  const document = template === undefined ? undefined : templateDocument(template, input);
  const value = document && writeDocument(document, place, take);
  return { name: String(place.at(-1)), of: [source], value };
}

function nested(
  { state }: Writing,
  name: string,
  replacements: (object: JsonObject) => readonly Replacement[],
): Replacement {
  const object: JsonValue | undefined = state[name];
  if (object === undefined) return { name, of: [], value: undefined };
  if (!isJsonObject(object)) throw new Unconvertible("INVALID");
  return { name, of: [name], value: replaceMembers(object, replacements(object)) };
}

function nestedIn(
  writing: Writing,
  object: JsonObject,
  name: string,
  replacements: (object: JsonObject) => readonly Replacement[],
): readonly Replacement[] {
  return [nested({ ...writing, state: object }, name, replacements)];
}
