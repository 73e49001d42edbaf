import { evaluate, sectionOf } from "../functions/evaluate.ts";
import { unresolved, type References } from "../functions/references.ts";
import { at } from "../reading/check-structure.ts";
import type { Template } from "../template.ts";

/** The conditions of a template, each evaluated when it is first asked for. */
export interface Conditions {
  readonly holds: References["condition"];
  /** All of them; throws for one that has no value. */
  all(): { readonly [name: string]: boolean };
}

/** `references` are asked for what conditions refer to; they may ask the conditions in turn. */
export function conditionsOf(template: Template, references: () => References): Conditions {
  const section = sectionOf(template, "Conditions");
  const values = new Map<string, boolean>();
  const underway = new Set<string>();

  const holds = (name: string) => {
    if (!Object.hasOwn(section, name)) return unresolved;
    const value = values.get(name) ?? evaluateOne(name);
    values.set(name, value);
    return value;
  };

  const evaluateOne = (name: string): boolean => {
    const path = ["Conditions", name];
    if (underway.has(name)) {
      const names = [...underway].join(", ");
      throw at(
        template,
        path,
        `Template format error: Circular dependency between conditions: [${names}]`,
      );
    }
    underway.add(name);
    const value = evaluate(section[name] ?? null, references(), template, path);
    underway.delete(name);
    if (typeof value !== "boolean") {
      throw at(
        template,
        path,
        "Template format error: Conditions can only be boolean operations on parameters and other conditions",
      );
    }
    return value;
  };

  return {
    holds,
    all: () => Object.fromEntries(Object.keys(section).map((name) => [name, holds(name) === true])),
  };
}
