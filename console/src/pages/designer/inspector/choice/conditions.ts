import { arrayOf, objectOf, textOf } from "../../../../graph/json.ts";

/** What a comparison looks at, and how it is typed. */
export type Comparand = "string" | "number" | "boolean" | "timestamp";

export interface Operator {
  /** As ASL names it, without `Path`. */
  readonly name: string;
  readonly comparand: Comparand;
  /** It has a twin whose operand is a path. */
  readonly hasPath: boolean;
}

const orders = ["Equals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"];

/** *Spec*: ASL, Choice Rules, comparison operators. */
export const operators: readonly Operator[] = [
  ...orders.map((order) => compared("String", order, "string")),
  { name: "StringMatches", comparand: "string", hasPath: false },
  ...orders.map((order) => compared("Numeric", order, "number")),
  compared("Boolean", "Equals", "boolean"),
  ...orders.map((order) => compared("Timestamp", order, "timestamp")),
  ...["IsPresent", "IsNull", "IsString", "IsNumeric", "IsBoolean", "IsTimestamp"].map(
    (name): Operator => ({ name, comparand: "boolean", hasPath: false }),
  ),
];

function compared(type: string, order: string, comparand: Comparand): Operator {
  return { name: type + order, comparand, hasPath: true };
}

/** A condition of a JSONPath rule; its other members (`Next`, `Comment`, `Assign`) belong to the rule. */
export type Condition =
  | { readonly kind: "And" | "Or"; readonly conditions: readonly Condition[] }
  | { readonly kind: "Not"; readonly condition: Condition }
  | {
      readonly kind: "comparison";
      readonly variable: string;
      /** Of {@link operators}; undefined: there is none, or one that ASL does not have. */
      readonly operator: Operator | undefined;
      readonly isPath: boolean;
      readonly operand: unknown;
    };

const ruleMembers = new Set(["Next", "Comment", "Assign", "Output"]);
const conditionMembers = new Set(["And", "Or", "Not", "Variable"]);

export function conditionOf(rule: unknown): Condition {
  const fields = objectOf(rule);
  for (const kind of ["And", "Or"] as const) {
    if (kind in fields) return { kind, conditions: arrayOf(fields[kind]).map(conditionOf) };
  }
  if ("Not" in fields) return { kind: "Not", condition: conditionOf(fields["Not"]) };
  const variable = textOf(fields["Variable"]) ?? "";
  const [name, operand] = Object.entries(fields).find(([member]) => isOperator(member)) ?? [];
  const isPath = name?.endsWith("Path") === true;
  const operator = operators.find((each) => each.name === (isPath ? name?.slice(0, -4) : name));
  return { kind: "comparison", variable, operator, isPath, operand };
}

function isOperator(member: string): boolean {
  return !ruleMembers.has(member) && !conditionMembers.has(member);
}

/** A condition as ASL writes it. */
export function writtenCondition(condition: Condition): Readonly<Record<string, unknown>> {
  switch (condition.kind) {
    case "And":
    case "Or":
      return { [condition.kind]: condition.conditions.map(writtenCondition) };
    case "Not":
      return { Not: writtenCondition(condition.condition) };
    case "comparison": {
      const { variable, operator, isPath, operand } = condition;
      if (operator === undefined) return { Variable: variable };
      return { Variable: variable, [operator.name + (isPath ? "Path" : "")]: operand };
    }
  }
}

/** The rule with another condition; all that is not of the condition stays. */
export function withCondition(rule: unknown, condition: Condition): Record<string, unknown> {
  const kept = Object.entries(objectOf(rule)).filter(([member]) => ruleMembers.has(member));
  return { ...writtenCondition(condition), ...Object.fromEntries(kept) };
}

/** The comparison with another operator: an operand of the new one's type. */
export function withOperator(condition: Condition, name: string): Condition {
  const operator = operators.find((each) => each.name === name);
  if (condition.kind !== "comparison" || operator === undefined) return condition;
  const isPath = condition.isPath && operator.hasPath;
  if (isPath) return { ...condition, operator };
  const { operand } = condition;
  const fits = typeof operand === jsType[operator.comparand] && !condition.isPath;
  return { ...condition, operator, isPath, operand: fits ? operand : first[operator.comparand] };
}

/** The operand as a path, or as a value. */
export function withPath(condition: Condition, isPath: boolean): Condition {
  if (condition.kind !== "comparison" || condition.operator === undefined) return condition;
  return { ...condition, isPath, operand: isPath ? "$" : first[condition.operator.comparand] };
}

const jsType = { string: "string", number: "number", boolean: "boolean", timestamp: "string" };
const first = { string: "", number: 0, boolean: true, timestamp: "2026-01-01T00:00:00Z" };

/** A condition to begin with. */
export const newCondition: Condition = {
  kind: "comparison",
  variable: "$",
  operator: operators.find(({ name }) => name === "IsPresent"),
  isPath: false,
  operand: true,
};

/** The same condition within `And`, `Or` or `Not`, or with other members around it. */
export function grouped(condition: Condition, kind: "And" | "Or" | "Not"): Condition {
  if (kind === "Not") return { kind, condition };
  if (condition.kind === "And" || condition.kind === "Or") return { ...condition, kind };
  return { kind, conditions: [condition, newCondition] };
}
