import { isJsonObject, setMember, type JsonObject, type JsonValue } from "../json.ts";
import { inOrder } from "../member-order.ts";
import { parseJson } from "../parse-json.ts";
import { charge, chargeValues } from "../steps.ts";
import { InvalidArguments } from "./intrinsic-error.ts";
import { fixed, stringArgument, type IntrinsicFunction } from "./intrinsic-function.ts";

export const jsonFunctions = {
  "States.StringToJson": fixed(1, ([given], scope) => {
    const text = stringArgument(given);
    charge(scope, text.length / parsedPerStep);
    return parse(text);
  }),
  "States.JsonToString": fixed(1, ([value], scope) => {
    chargeValues(scope, value as JsonValue);
    return JSON.stringify(value);
  }),
  /** *Documented*: only shallow merges. *Observed*: what is not a boolean counts as `false`. */
  "States.JsonMerge": fixed(3, ([first, second, deep], scope) => {
    const merged: Record<string, JsonValue> = {};
    const names = new Set<string>();
    for (const object of [objectArgument(first), objectArgument(second)]) {
      const added = Object.keys(object);
      charge(scope, added.length * stepsPerName);
      for (const name of added) {
        names.add(name);
        setMember(merged, name, object[name] as JsonValue);
      }
    }
    if (deep === true) throw new InvalidArguments("deep merging is not supported");
    return inOrder(merged, [...names]);
  }),
} satisfies Readonly<Record<string, IntrinsicFunction>>;

/** Characters that are parsed in one step, and the steps of a member of a merged object. Measured. */
const parsedPerStep = 4;
const stepsPerName = 10;

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
