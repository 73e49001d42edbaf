import { type Attribute, elementKeys, isEqual, type Item, order } from "../attribute.ts";
import { decimalText } from "../decimal.ts";
import { valueAt } from "./paths.ts";
import type { Comparator, Condition, FunctionCall, Operand } from "./syntax.ts";

/** Whether an item, none being an empty one, is as the condition says. */
export function matches(condition: Condition, item: Item): boolean {
  switch (condition.type) {
    case "and":
      return matches(condition.left, item) && matches(condition.right, item);
    case "or":
      return matches(condition.left, item) || matches(condition.right, item);
    case "not":
      return !matches(condition.condition, item);
    case "compare": {
      const { comparator, left, right } = condition;
      return isSo(comparator, valueOf(left, item), valueOf(right, item));
    }
    case "between": {
      const value = valueOf(condition.operand, item);
      return (
        isSo(">=", value, valueOf(condition.low, item)) &&
        isSo("<=", value, valueOf(condition.high, item))
      );
    }
    case "in": {
      const value = valueOf(condition.operand, item);
      return condition.options.some((option) => isSo("=", value, valueOf(option, item)));
    }
    case "function":
      return holds(condition, item);
  }
}

/** What is not there equals nothing and has no order. Values of different types differ, and have no order. */
function isSo(
  comparator: Comparator,
  left: Attribute | undefined,
  right: Attribute | undefined,
): boolean {
  const isSame = left !== undefined && right !== undefined && isEqual(left, right);
  if (comparator === "=") return isSame;
  if (comparator === "<>") return !isSame;
  const ordered = left === undefined || right === undefined ? undefined : order(left, right);
  if (ordered === undefined) return false;
  switch (comparator) {
    case "<":
      return ordered < 0;
    case "<=":
      return ordered <= 0;
    case ">":
      return ordered > 0;
    case ">=":
      return ordered >= 0;
  }
}

function holds({ name, args }: FunctionCall, item: Item): boolean {
  const [first, second] = args.map((operand) => valueOf(operand, item));
  switch (name) {
    case "attribute_exists":
      return first !== undefined;
    case "attribute_not_exists":
      return first === undefined;
    case "attribute_type":
      return second?.type === "S" && first?.type === second.value;
    case "begins_with":
      return begins(first, second);
    case "contains":
      return contains(first, second);
    default:
      throw new Error(`${name} is no condition`);
  }
}

function begins(value: Attribute | undefined, start: Attribute | undefined): boolean {
  if (value?.type === "S" && start?.type === "S") return value.value.startsWith(start.value);
  if (value?.type !== "B" || start?.type !== "B") return false;
  return value.value.subarray(0, start.value.length).equals(start.value);
}

/** *Documented*: a part of a text (and of bytes), an element of a set or of a list. */
function contains(value: Attribute | undefined, wanted: Attribute | undefined): boolean {
  if (value === undefined || wanted === undefined) return false;
  switch (value.type) {
    case "S":
      return wanted.type === "S" && value.value.includes(wanted.value);
    case "B":
      return wanted.type === "B" && value.value.includes(wanted.value);
    case "SS":
      return wanted.type === "S" && value.value.includes(wanted.value);
    case "NS":
      return wanted.type === "N" && elementKeys(value).has(decimalText(wanted.value));
    case "BS":
      return wanted.type === "B" && value.value.some((bytes) => bytes.equals(wanted.value));
    case "L":
      return value.value.some((element) => isEqual(element, wanted));
    default:
      return false;
  }
}

function valueOf(operand: Operand, item: Item): Attribute | undefined {
  switch (operand.type) {
    case "path":
      return valueAt(item, operand.path);
    case "value":
      return operand.value;
    case "function": {
      const [of] = operand.args;
      const size = of === undefined ? undefined : sizeOf(valueOf(of, item));
      return size === undefined
        ? undefined
        : { type: "N", value: { coefficient: BigInt(size), exponent: 0 } };
    }
    case "sum":
      throw new Error("conditions compute nothing");
  }
}

/** *Documented*: characters of a text, bytes, elements; what has no size makes no comparison true. */
function sizeOf(value: Attribute | undefined): number | undefined {
  switch (value?.type) {
    case "S":
    case "B":
    case "SS":
    case "NS":
    case "BS":
    case "L":
      return value.value.length;
    case "M":
      return value.value.size;
    default:
      return undefined;
  }
}
