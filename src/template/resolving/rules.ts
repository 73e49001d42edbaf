import {
  isJsonArray,
  isJsonObject,
  ownMember,
  type JsonObject,
  type JsonValue,
} from "../../expression/json.ts";
import { evaluate, sectionOf } from "../functions/evaluate.ts";
import type { References } from "../functions/references.ts";
import { scalarText } from "../functions/scalar-text.ts";
import { at } from "../reading/check-structure.ts";
import type { Template } from "../template.ts";

/** Throws where an assertion of the `Rules` section does not hold. Documented: "Rules". */
export function checkRules(template: Template, known: References): void {
  for (const [name, rule] of Object.entries(sectionOf(template, "Rules"))) {
    const path = ["Rules", name];
    if (!isJsonObject(rule)) {
      throw at(template, path, "Template format error: Any Rules member must be an object.");
    }
    if (isApplied(template, path, rule, known)) checkAssertions(template, path, rule, known);
  }
}

function isApplied(
  template: Template,
  path: readonly string[],
  rule: JsonObject,
  known: References,
) {
  const condition = ownMember(rule, "RuleCondition");
  return condition === undefined || holds(template, [...path, "RuleCondition"], condition, known);
}

function checkAssertions(
  template: Template,
  path: readonly string[],
  rule: JsonObject,
  known: References,
): void {
  const assertions = ownMember(rule, "Assertions") ?? [];
  for (const [index, assertion] of (isJsonArray(assertions) ? assertions : []).entries()) {
    const place = [...path, "Assertions", index];
    const written = isJsonObject(assertion) ? ownMember(assertion, "Assert") : undefined;
    if (written === undefined || !isJsonObject(assertion)) {
      throw at(
        template,
        place,
        "Template format error: Every Assertions member must contain an Assert member.",
      );
    }
    if (holds(template, [...place, "Assert"], written, known)) continue;
    const description = scalarText(ownMember(assertion, "AssertDescription"));
    throw at(
      template,
      place,
      `Template validation error: Rule ${String(path[1])} failed${description === undefined ? "" : `: ${description}`}`,
    );
  }
}

function holds(
  template: Template,
  path: readonly (string | number)[],
  written: JsonValue,
  known: References,
): boolean {
  const value = evaluate(written, known, template, path);
  if (typeof value === "boolean") return value;
  throw at(
    template,
    path,
    "Template format error: Rules can only be boolean operations on parameters",
  );
}
