import { isJsonObject, setMember, type JsonObject, type JsonValue } from "../json.ts";
import { inOrder } from "../member-order.ts";
import { parseJson } from "../parse-json.ts";
import { InvalidArguments } from "./intrinsic-error.ts";
import { fixed, stringArgument, type IntrinsicFunction } from "./intrinsic-function.ts";

export const jsonFunctions = {
  "States.StringToJson": fixed(1, ([text]) => parse(stringArgument(text))),
  "States.JsonToString": fixed(1, ([value]) => JSON.stringify(value)),
  /** *Documented*: only shallow merges. *Observed*: what is not a boolean counts as `false`. */
  "States.JsonMerge": fixed(3, ([first, second, deep]) => {
    const merged: Record<string, JsonValue> = {};
    const names = new Set<string>();
    for (const object of [objectArgument(first), objectArgument(second)]) {
      for (const name of Object.keys(object)) {
        names.add(name);
        setMember(merged, name, object[name] as JsonValue);
      }
    }
    if (deep === true) throw new InvalidArguments("deep merging is not supported");
    return inOrder(merged, [...names]);
  }),
} satisfies Readonly<Record<string, IntrinsicFunction>>;

/** *Observed*: an empty text is null. */
function parse(text: string): JsonValue {
  if (text.trim() === "") return null;
  try {
    return parseJson(text);
  } catch (error) {
    throw new InvalidArguments((error as Error).message);
  }
}

function objectArgument(value: JsonValue | undefined): JsonObject {
  if (!isJsonObject(value)) throw new InvalidArguments("an object is expected");
  return value;
}
