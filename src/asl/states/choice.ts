import type { JsonValue } from "../../expression/json.ts";
import type { JsonataTemplate } from "../../expression/jsonata/template.ts";
import type { Path } from "../../expression/jsonpath/path.ts";
import type { PayloadTemplate } from "../../expression/payload-template.ts";
import { assignField } from "../fields/assign.ts";
import type { ChoiceState, StateBase } from "../definition.ts";
import {
  failType,
  objectsField,
  openInner,
  requireFields,
  stringField,
  type Fields,
  type FieldTable,
} from "../fields/fields.ts";
import { jsonataField } from "../fields/jsonata-field.ts";
import { parseDataFlow } from "../parse-data-flow.ts";
import { present } from "../fields/present.ts";
import { checkChoiceKind, choiceTestFields, parseChoiceTest } from "./choice-test.ts";
import type { ComparisonOperator } from "./comparison.ts";

/** One element of `Choices`. JSONata rules have a `Condition` template, or a literal boolean. */
export type ChoiceRule = ChoiceOutcome &
  (
    | { readonly kind: "jsonpath"; readonly test: ChoiceTest }
    | { readonly kind: "jsonata"; readonly Condition: boolean | JsonataTemplate }
  );

export interface ChoiceOutcome {
  readonly Next: string;
  readonly Assign?: PayloadTemplate | JsonataTemplate;
  /** JSONata only. */
  readonly Output?: JsonataTemplate;
}

export type ChoiceTest =
  | { readonly kind: "And" | "Or"; readonly tests: readonly ChoiceTest[] }
  | { readonly kind: "Not"; readonly test: ChoiceTest }
  | {
      readonly kind: "comparison";
      readonly Variable: Path;
      readonly operator: ComparisonOperator;
      /** What to compare with: a constant, or for the `…Path` operators a path into the input. */
      readonly operand: JsonValue | Path;
    };

/** What a Choice state may have beside the fields of every state. */
export const choiceFields: FieldTable = {
  both: ["Choices", "Default", "Assign"],
  JSONPath: ["InputPath", "OutputPath"],
  JSONata: ["Output"],
};

const ruleFields: FieldTable = {
  both: ["Next", "Assign", "Comment"],
  JSONPath: choiceTestFields,
  JSONata: ["Condition", "Output"],
};

/** A Choice state: its rules, in the order in which they are tried. */
export function parseChoice(base: StateBase, fields: Fields): ChoiceState {
  requireFields(fields, ["Choices"]);
  const { transitions } = fields.context.graph;
  const flow = parseDataFlow(fields);
  const Choices = objectsField(fields, "Choices").flatMap(({ object, location }) => {
    const rule = openInner(fields, object, location, ruleFields);
    return parseRule(rule, base.Name) ?? [];
  });
  const Default = stringField(fields, "Default");
  if (Default !== undefined) transitions.link(base.Name, Default, fields.at("Default"));
  return { ...base, Type: "Choice", Choices, ...present({ Default }), ...flow };
}

function parseRule(rule: Fields, state: string): ChoiceRule | undefined {
  const { transitions } = rule.context.graph;
  requireFields(rule, ["Next"]);
  checkChoiceKind(rule);
  const Next = stringField(rule, "Next");
  if (Next === undefined) transitions.loseTrack();
  else transitions.link(state, Next, rule.at("Next"));
  stringField(rule, "Comment");
  const assignment = assignField(rule);
  const Assign = assignment.jsonpath ?? assignment.jsonata;
  if (rule.language === "JSONPath") {
    const test = parseChoiceTest(rule);
    if (test === undefined || Next === undefined) return undefined;
    return { kind: "jsonpath", test, Next, ...present({ Assign }) };
  }
  const Condition = parseCondition(rule);
  const Output = jsonataField(rule, "Output");
  if (Condition === undefined || Next === undefined) return undefined;
  return { kind: "jsonata", Condition, Next, ...present({ Assign, Output }) };
}

/** A boolean, or an expression that gives one. */
function parseCondition(rule: Fields): boolean | JsonataTemplate | undefined {
  const value = rule.value("Condition");
  if (value === undefined || typeof value === "boolean") return value;
  if (typeof value !== "string") {
    failType(rule, "Condition", "Boolean");
    return undefined;
  }
  const template = jsonataField(rule, "Condition");
  if (template?.isConstant !== true) return template;
  failType(rule, "Condition", "Boolean");
  return undefined;
}
