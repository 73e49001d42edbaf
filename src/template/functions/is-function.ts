import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
} from "../../expression/json.ts";

/** A call of an intrinsic function, as it is written in the long form. */
export interface FunctionCall {
  readonly name: string;
  readonly argument: JsonValue;
}

/** Functions whose name does not say that they are one. */
const plainNames = new Set(["Ref", "Condition"]);

/** The call that an object is: its one member is named after a function. A `Condition` with anything but a name is data. */
export function functionCall(value: JsonValue): FunctionCall | undefined {
  if (!isJsonObject(value)) return undefined;
  const [name, ...more] = Object.keys(value);
  if (name === undefined || more.length > 0) return undefined;
  const argument = value[name] as JsonValue;
  if (plainNames.has(name)) return typeof argument === "string" ? { name, argument } : undefined;
  return name.startsWith("Fn::") ? { name, argument } : undefined;
}

/** Whether something in a value that was evaluated is still to be known. */
export function isPending(value: JsonValue): boolean {
  if (isJsonArray(value)) return value.some(isPending);
  if (!isJsonObject(value)) return false;
  return functionCall(value) !== undefined || isSomeMemberPending(value);
}

function isSomeMemberPending(object: JsonObject): boolean {
  return Object.values(object).some(isPending);
}
