import type { JsonObject } from "../../../expression/json.ts";

/** Patches that put each member where it belongs: `/name`. A member that is an object or a list is no text, and has patches of its own. */
export function replaceOperations(prefix: string, members: JsonObject): readonly JsonObject[] {
  return Object.entries(members).flatMap(([name, value]) =>
    value === null || typeof value === "object"
      ? []
      : [{ op: "replace", path: `${prefix}/${escaped(name)}`, value: String(value) }],
  );
}

/** Patches that make a map of texts another one. */
export function mapOperations(
  prefix: string,
  before: JsonObject,
  after: JsonObject,
): readonly JsonObject[] {
  const gone = Object.keys(before).filter((name) => !Object.hasOwn(after, name));
  return [
    ...gone.map((name) => ({ op: "remove", path: `${prefix}/${escaped(name)}` })),
    ...replaceOperations(prefix, after),
  ];
}

function escaped(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}
