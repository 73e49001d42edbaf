import { isJsonArray, isJsonObject, setMember, type JsonValue } from "../../expression/json.ts";
import { subVariables } from "../functions/sub.ts";

/**
 * A value in which `Ref`, `Fn::GetAtt` and `Fn::Sub` name what other names stand for: `MyFunction.Alias`, a layer whose id ends in a
 * hash. Names in `DependsOn` as well.
 */
export function renameReferences(value: JsonValue, names: ReadonlyMap<string, string>): JsonValue {
  return names.size === 0 ? value : rename(value, names);
}

function rename(value: JsonValue, names: ReadonlyMap<string, string>): JsonValue {
  if (isJsonArray(value)) return value.map((item) => rename(item, names));
  if (!isJsonObject(value)) return value;
  const object: Record<string, JsonValue> = {};
  for (const [name, member] of Object.entries(value)) {
    setMember(object, name, renamedMember(name, rename(member, names), names));
  }
  return object;
}

function renamedMember(
  name: string,
  member: JsonValue,
  names: ReadonlyMap<string, string>,
): JsonValue {
  switch (name) {
    case "Ref":
      return renamed(member, names);
    case "DependsOn":
      return isJsonArray(member)
        ? member.map((one) => renamed(one, names))
        : renamed(member, names);
    case "Fn::GetAtt":
      return isJsonArray(member) ? renamedAttribute(member, names) : member;
    case "Fn::Sub":
      return isJsonArray(member)
        ? [renamedText(member[0], names), ...member.slice(1)]
        : renamedText(member, names);
    default:
      return member;
  }
}

function renamed(name: JsonValue, names: ReadonlyMap<string, string>): JsonValue {
  return typeof name === "string" ? (names.get(name) ?? name) : name;
}

/** `[MyFunction, Alias.Version]`: an attribute of what `MyFunction.Alias` stands for. */
function renamedAttribute(
  parts: readonly JsonValue[],
  names: ReadonlyMap<string, string>,
): JsonValue {
  const [logicalId, attribute, ...more] = parts;
  if (typeof logicalId !== "string" || typeof attribute !== "string" || more.length > 0)
    return [...parts];
  const words = `${logicalId}.${attribute}`.split(".");
  const two = names.get(words.slice(0, 2).join("."));
  if (two !== undefined && words.length > 2) return [two, words.slice(2).join(".")];
  return [names.get(logicalId) ?? logicalId, attribute];
}

function renamedText(text: JsonValue | undefined, names: ReadonlyMap<string, string>): JsonValue {
  if (typeof text !== "string") return text ?? null;
  return subVariables(text).reduce((current, { name, isLiteral }) => {
    const target = isLiteral ? undefined : renamedVariable(name, names);
    return target === undefined ? current : current.replaceAll(`\${${name}}`, `\${${target}}`);
  }, text);
}

function renamedVariable(name: string, names: ReadonlyMap<string, string>): string | undefined {
  const words = name.split(".");
  for (let length = words.length; length > 0; length--) {
    const target = names.get(words.slice(0, length).join("."));
    if (target !== undefined) return [target, ...words.slice(length)].join(".");
  }
  return undefined;
}
