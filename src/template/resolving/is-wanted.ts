import { ownMember, type JsonObject } from "../../expression/json.ts";
import { unresolved, type References } from "../functions/references.ts";
import { shownText } from "../functions/scalar-text.ts";
import { at } from "../reading/check-structure.ts";
import type { Template } from "../template.ts";

/** Whether a resource or an output is there, by its `Condition`. Throws AWS's words for a condition that there is none of. */
export function isWanted(
  template: Template,
  path: readonly [block: "Resources" | "Outputs", name: string],
  element: JsonObject,
  references: References,
): boolean {
  const condition = ownMember(element, "Condition");
  if (condition === undefined) return true;
  const holds = typeof condition === "string" ? references.condition(condition) : unresolved;
  if (holds !== unresolved) return holds;
  throw at(
    template,
    [...path, "Condition"],
    `Template format error: Unresolved condition dependency ${shownText(condition)} in the ${path[0]} block of the template`,
  );
}
