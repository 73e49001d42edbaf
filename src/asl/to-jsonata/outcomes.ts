import { isJsonArray, isJsonObject } from "../../expression/json.ts";
import { comparisonOperators } from "../states/comparison.ts";
import { choiceCondition } from "./choice-condition.ts";
import { assignDocument, effectiveInput, isJust, withResultPath } from "./data-flow.ts";
import { expressed, given, type Document } from "./document.ts";
import { replaceMembers, type Replacement } from "./replace-members.ts";
import { Unconvertible } from "./unconvertible.ts";
import { writeDocument, type Place } from "./write-document.ts";
import type { Writing } from "./writing.ts";

const testFields = ["And", "Or", "Not", "Variable", ...comparisonOperators];

/** Each rule's test becomes its `Condition`. */
export function choices(writing: Writing): Replacement {
  const { state, take } = writing;
  const { Choices } = state;
  if (!isJsonArray(Choices)) throw new Unconvertible("INVALID");
  const input = effectiveInput(state);
  const rules = Choices.map((rule, index) => {
    if (!isJsonObject(rule)) throw new Unconvertible("INVALID");
    const place: Place = ["Choices", index];
    const condition = expressed(choiceCondition(rule, input));
    const assign = assignDocument(rule["Assign"], input);
    return replaceMembers(rule, [
      {
        name: "Condition",
        of: testFields,
        value: writeDocument(condition, [...place, "Condition"], take),
      },
      {
        name: "Assign",
        of: ["Assign"],
        value: assign && writeDocument(assign, [...place, "Assign"], take),
      },
    ]);
  });
  return { name: "Choices", of: ["Choices"], value: rules };
}

const errorOutput: Document = given("$states.errorOutput");

/** A Catcher's `ResultPath` becomes its `Output`. */
export function catchers({ state, take }: Writing): Replacement {
  const { Catch } = state;
  if (Catch === undefined) return { name: "Catch", of: [], value: undefined };
  if (!isJsonArray(Catch)) throw new Unconvertible("INVALID");
  const converted = Catch.map((catcher, index) => {
    if (!isJsonObject(catcher)) throw new Unconvertible("INVALID");
    const place: Place = ["Catch", index];
    const output = withResultPath(catcher["ResultPath"], errorOutput);
    const assign = assignDocument(catcher["Assign"], errorOutput);
    return replaceMembers(catcher, [
      {
        name: "Output",
        of: ["ResultPath"],
        value: isJust(output, errorOutput)
          ? undefined
          : writeDocument(output, [...place, "Output"], take),
      },
      {
        name: "Assign",
        of: ["Assign"],
        value: assign && writeDocument(assign, [...place, "Assign"], take),
      },
    ]);
  });
  return { name: "Catch", of: ["Catch"], value: converted };
}
