import {
  isJsonArray,
  isJsonObject,
  ownMember,
  type JsonObject,
  type JsonValue,
} from "../../expression/json.ts";
import { evaluate, sectionOf } from "../functions/evaluate.ts";
import { unresolvedDependencies } from "../functions/look-up-functions.ts";
import { referredNames } from "../functions/referred-names.ts";
import type { References } from "../functions/references.ts";
import { scalarText } from "../functions/scalar-text.ts";
import { at } from "../reading/check-structure.ts";
import type { ResolvedOutput, Template } from "../template.ts";
import { isWanted } from "./is-wanted.ts";

/** The outputs whose condition holds. `resources` are those that are there. */
export function resolveOutputs(
  template: Template,
  references: References,
  resources: ReadonlySet<string>,
): readonly ResolvedOutput[] {
  return Object.entries(sectionOf(template, "Outputs")).flatMap(([name, output]) => {
    const path = ["Outputs", name] as const;
    if (!isJsonObject(output)) {
      throw at(template, path, "Template format error: Any Outputs member must be an object.");
    }
    return isWanted(template, path, output, references)
      ? [resolveOutput(template, path, output, references, resources)]
      : [];
  });
}

function resolveOutput(
  template: Template,
  path: readonly string[],
  output: JsonObject,
  references: References,
  resources: ReadonlySet<string>,
): ResolvedOutput {
  const written = ownMember(output, "Value");
  const value =
    written === undefined ? undefined : evaluate(written, references, template, [...path, "Value"]);
  const missing = referredNames(value ?? null, path).find(({ name }) => !resources.has(name));
  if (missing) throw at(template, path, unresolvedDependencies([missing.name], path));
  const text = outputText(value);
  if (text === undefined) {
    throw at(
      template,
      [...path, "Value"],
      "Template format error: The Value field of every Outputs member must evaluate to a String.",
    );
  }
  return {
    name: path[1] as string,
    value: text,
    description: scalarText(ownMember(output, "Description")),
    exportName: exportName(template, path, output, references),
  };
}

/** Observed: a list is joined by commas. */
function outputText(value: JsonValue | undefined): string | undefined {
  if (value === undefined || !isJsonArray(value)) return scalarText(value);
  const texts = value.map(scalarText);
  return texts.every((text) => text !== undefined) ? texts.join(",") : undefined;
}

function exportName(
  template: Template,
  path: readonly string[],
  output: JsonObject,
  references: References,
): string | undefined {
  const written = ownMember(output, "Export");
  if (written === undefined) return undefined;
  const named = isJsonObject(written) ? ownMember(written, "Name") : undefined;
  const name =
    named === undefined
      ? undefined
      : evaluate(named, references, template, [...path, "Export", "Name"]);
  const text = scalarText(name);
  if (text !== undefined && text !== "") return text;
  throw at(
    template,
    [...path, "Export"],
    "Template format error: Output Export Name must be a non-empty string that depends on no resources.",
  );
}
