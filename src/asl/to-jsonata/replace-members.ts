import type { JsonObject, JsonValue } from "../../expression/json.ts";
import { objectOf } from "./object-of.ts";

/** A member that takes the place of others. */
export interface Replacement {
  readonly name: string;
  /** Those that it says what they said; it stands where the first of them stood. */
  readonly of: readonly string[];
  /** Absent: nothing is left to be said. */
  readonly value: JsonValue | undefined;
}

/** The object with these members replaced, in the order in which it was; what is not named stays as it is. */
export function replaceMembers(
  object: JsonObject,
  replacements: readonly Replacement[],
): JsonObject {
  const placed = new Set<Replacement>();
  const members = Object.entries(object).flatMap(([name, value]): [string, JsonValue][] => {
    const concerned = replacements.filter(({ of }) => of.includes(name));
    if (concerned.length === 0) return [[name, value]];
    return concerned.flatMap((replacement): [string, JsonValue][] => {
      if (placed.has(replacement)) return [];
      placed.add(replacement);
      return replacement.value === undefined ? [] : [[replacement.name, replacement.value]];
    });
  });
  const late = replacements.filter(
    (replacement) => !placed.has(replacement) && replacement.value !== undefined,
  );
  return objectOf([
    ...members,
    ...late.map(({ name, value }) => [name, value as JsonValue] as const),
  ]);
}

/** The object with a member after another, or first if there is no such. */
export function insertAfter(
  object: JsonObject,
  after: string,
  name: string,
  value: JsonValue,
): JsonObject {
  const members = Object.entries(object).filter(([known]) => known !== name);
  const place = members.findIndex(([known]) => known === after) + 1;
  return objectOf(members.toSpliced(place, 0, [name, value]));
}
