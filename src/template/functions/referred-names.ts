import { shownText } from "./scalar-text.ts";
import { isJsonArray, isJsonObject, type JsonValue } from "../../expression/json.ts";
import type { TemplatePath } from "../template.ts";
import { functionCall } from "./is-function.ts";
import { subVariables } from "./sub.ts";

/** A name that a value refers to: by `Ref`, `Fn::GetAtt` or in a text of `Fn::Sub`. */
export interface ReferredName {
  readonly name: string;
  readonly attribute: string | undefined;
  readonly path: TemplatePath;
}

/** Every name that a value refers to, in the order in which they stand. */
export function referredNames(value: JsonValue, path: TemplatePath = []): readonly ReferredName[] {
  const names: ReferredName[] = [];
  collect(value, path, names);
  return names;
}

function collect(value: JsonValue, path: TemplatePath, names: ReferredName[]): void {
  if (isJsonArray(value)) {
    value.forEach((item, index) => collect(item, [...path, index], names));
    return;
  }
  if (!isJsonObject(value)) return;
  const call = functionCall(value);
  if (call) collectOfCall(call.name, call.argument, [...path, call.name], names);
  else for (const [name, member] of Object.entries(value)) collect(member, [...path, name], names);
}

function collectOfCall(
  name: string,
  argument: JsonValue,
  path: TemplatePath,
  names: ReferredName[],
): void {
  if (name === "Condition") return;
  if (name === "Ref") {
    if (typeof argument === "string") names.push({ name: argument, attribute: undefined, path });
    return;
  }
  if (name === "Fn::GetAtt") collectAttribute(argument, path, names);
  if (name === "Fn::Sub") collectVariables(argument, path, names);
  collect(argument, path, names);
}

function collectAttribute(argument: JsonValue, path: TemplatePath, names: ReferredName[]): void {
  const text = isJsonArray(argument) ? argument[0] : argument;
  if (typeof text !== "string") return;
  const [name = "", ...attribute] = isJsonArray(argument) ? [text, argument[1]] : text.split(".");
  names.push({ name: shownText(name), attribute: attribute.map(shownText).join("."), path });
}

function collectVariables(argument: JsonValue, path: TemplatePath, names: ReferredName[]): void {
  const [text, own] = isJsonArray(argument) ? argument : [argument];
  if (typeof text !== "string") return;
  for (const { name, isLiteral } of subVariables(text)) {
    const isOwn = own !== undefined && isJsonObject(own) && Object.hasOwn(own, name);
    if (isLiteral || isOwn) continue;
    const point = name.indexOf(".");
    if (point < 0) names.push({ name, attribute: undefined, path });
    else names.push({ name: name.slice(0, point), attribute: name.slice(point + 1), path });
  }
}
