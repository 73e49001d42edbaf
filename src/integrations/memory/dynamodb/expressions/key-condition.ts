import type { Attribute } from "../attribute.ts";
import { invalid, invalidValues } from "../validation.ts";
import type { Comparator, Condition, Operand } from "./syntax.ts";

/** The attributes that a query finds items by, with the types that they have. */
export interface QueriedKey {
  readonly partitionKey: { readonly name: string; readonly type: "S" | "N" | "B" };
  readonly sortKey: { readonly name: string; readonly type: "S" | "N" | "B" } | undefined;
}

/** What a query looks for. */
export interface KeyCondition {
  readonly partition: Attribute;
  /** What the sort key has to be; absent: anything. */
  readonly sort: Condition | undefined;
}

interface PartCondition {
  readonly comparator: Comparator | "between" | "begins_with";
  readonly values: readonly Attribute[];
  /** With the attribute first. */
  readonly condition: Condition;
}

/** Reads a key condition expression; refuses, as DynamoDB does, what no index can answer. */
export function keyCondition(condition: Condition, key: QueriedKey): KeyCondition {
  const parts = new Map<string, PartCondition>();
  gather(condition, parts);
  if (parts.size > 2) throw invalid("Conditions can be of length 1 or 2 only");
  const { partitionKey, sortKey } = key;
  if (sortKey === undefined && parts.size > 1) {
    throw invalid("Query key condition not supported");
  }
  const partition = checked(partitionKey, parts);
  if (partition === undefined) throw missed(partitionKey.name);
  if (partition.comparator !== "=") throw invalid("Query key condition not supported");
  const sort = sortKey && checked(sortKey, parts);
  if (sortKey !== undefined && sort === undefined && parts.size > 1) throw missed(sortKey.name);
  return { partition: partition.values[0] as Attribute, sort: sort?.condition };
}

function checked(
  { name, type }: QueriedKey["partitionKey"],
  parts: ReadonlyMap<string, PartCondition>,
): PartCondition | undefined {
  const part = parts.get(name);
  if (part?.values.some((value) => value.type !== type) === true) {
    throw invalid(`${invalidValues}Condition parameter type does not match schema type`);
  }
  return part;
}

function missed(name: string): Error {
  return invalid(`Query condition missed key schema element: ${name}`);
}

function gather(condition: Condition, parts: Map<string, PartCondition>): void {
  switch (condition.type) {
    case "and":
      gather(condition.left, parts);
      gather(condition.right, parts);
      return;
    case "or":
    case "not":
    case "in":
      throw invalidOperator(condition.type.toUpperCase());
    case "compare": {
      const { comparator, left, right } = condition;
      if (comparator === "<>") throw invalidOperator(comparator);
      const isTurned = left.type !== "path";
      const [name, other] = isTurned ? [right, left] : [left, right];
      add(parts, isTurned ? turned[comparator] : comparator, [name, other]);
      return;
    }
    case "between":
      if (condition.operand.type !== "path") throw notFirst("BETWEEN");
      add(parts, "between", [condition.operand, condition.low, condition.high]);
      return;
    case "function": {
      const { name, args } = condition;
      if (name !== "begins_with") throw invalidOperator(name);
      if (args[0]?.type !== "path") throw notFirst(name);
      add(parts, name, args);
    }
  }
}

const turned = { "=": "=", "<": ">", "<=": ">=", ">": "<", ">=": "<=" } as const;

function add(
  parts: Map<string, PartCondition>,
  comparator: PartCondition["comparator"],
  [attribute, ...others]: readonly (Operand | undefined)[],
): void {
  if (others.some((operand) => operand?.type === "path")) {
    throw inCondition("Multiple attribute names used in one condition");
  }
  if (attribute?.type === "function" || others.some((operand) => operand?.type === "function")) {
    throw invalid("KeyConditionExpressions cannot contain nested operations");
  }
  if (attribute?.type !== "path") throw inCondition("No key attribute specified");
  const [name, ...below] = attribute.path;
  if (below.length > 0) {
    throw invalid("KeyConditionExpressions cannot have conditions on nested attributes");
  }
  if (parts.has(name)) {
    throw invalid("KeyConditionExpressions must only contain one condition per key");
  }
  const values = others.flatMap((operand) =>
    operand?.type === "value" && operand.value !== undefined ? [operand.value] : [],
  );
  parts.set(name, { comparator, values, condition: conditionOn(comparator, attribute, others) });
}

function conditionOn(
  comparator: PartCondition["comparator"],
  operand: Operand,
  others: readonly (Operand | undefined)[],
): Condition {
  const [first, second] = others as readonly [Operand, Operand];
  if (comparator === "between") return { type: "between", operand, low: first, high: second };
  return comparator === "begins_with"
    ? { type: "function", name: comparator, args: [operand, first] }
    : { type: "compare", comparator, left: operand, right: first };
}

function invalidOperator(name: string): Error {
  return invalid(`Invalid operator used in KeyConditionExpression: ${name}`);
}

function notFirst(name: string): Error {
  return inCondition(`${name} operator must have the key attribute as its first operand`);
}

function inCondition(problem: string): Error {
  return invalid(`Invalid condition in KeyConditionExpression: ${problem}`);
}
