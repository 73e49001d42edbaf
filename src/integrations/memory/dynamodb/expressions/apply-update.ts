import { type Attribute, elementKeys, type Item } from "../attribute.ts";
import { addDecimals, negated } from "../decimal.ts";
import { invalid } from "../validation.ts";
import { draftOf, type DraftItem } from "./draft-item.ts";
import { valueAt } from "./paths.ts";
import type { Operand, Path, UpdateAction } from "./syntax.ts";

/** The item as the actions make it. All values are computed from the item as it was. */
export function applyUpdate(item: Item, actions: readonly UpdateAction[]): Item {
  const values = actions.map((action) =>
    action.type === "SET" ? valueOf(action.value, item) : undefined,
  );
  const draft = draftOf(item);
  for (const [index, action] of actions.entries()) {
    apply(action, values[index], item, draft);
  }
  return draft.finished();
}

function apply(
  action: UpdateAction,
  value: Attribute | undefined,
  item: Item,
  draft: DraftItem,
): void {
  const { path } = action;
  if (!draft.hasParent(path)) {
    throw invalid("The document path provided in the update expression is invalid for update");
  }
  switch (action.type) {
    case "SET":
      draft.set(path, value as Attribute);
      return;
    case "REMOVE":
      draft.remove(path);
      return;
    case "ADD":
      draft.set(path, added(valueAt(item, path), action.value));
      return;
    case "DELETE":
      change(draft, path, withoutElements(valueAt(item, path), action.value));
  }
}

function change(draft: DraftItem, path: Path, value: Attribute | undefined): void {
  if (value === undefined) draft.remove(path);
  else draft.set(path, value);
}

function added(existing: Attribute | undefined, value: Attribute): Attribute {
  if (existing === undefined) return value;
  if (existing.type === "N" && value.type === "N") return sum(existing, value, "+");
  const known = elementKeys(existing);
  return combined(existing, value, (ours, theirs) => [
    ...ours.map(({ element }) => element),
    ...theirs.filter(({ key }) => !known.has(key)).map(({ element }) => element),
  ]);
}

/** *Documented*: a set that nothing is left of is removed. */
function withoutElements(existing: Attribute | undefined, taken: Attribute): Attribute | undefined {
  if (existing === undefined) return undefined;
  const gone = elementKeys(taken);
  const left = combined(existing, taken, (ours) =>
    ours.filter(({ key }) => !gone.has(key)).map(({ element }) => element),
  );
  return elementKeys(left).size === 0 ? undefined : left;
}

interface Keyed<T> {
  readonly key: string;
  readonly element: T;
}

/** A set made of two sets of one type. */
function combined(
  first: Attribute,
  second: Attribute,
  combine: <T>(ours: readonly Keyed<T>[], theirs: readonly Keyed<T>[]) => readonly T[],
): Attribute {
  const [ours, theirs] = [[...elementKeys(first)], [...elementKeys(second)]];
  const keyed = <T>(elements: readonly T[], keys: readonly string[]): readonly Keyed<T>[] =>
    elements.map((element, index) => ({ key: keys[index] as string, element }));
  if (first.type === "SS" && second.type === "SS") {
    return { type: "SS", value: combine(keyed(first.value, ours), keyed(second.value, theirs)) };
  }
  if (first.type === "NS" && second.type === "NS") {
    return { type: "NS", value: combine(keyed(first.value, ours), keyed(second.value, theirs)) };
  }
  if (first.type === "BS" && second.type === "BS") {
    return { type: "BS", value: combine(keyed(first.value, ours), keyed(second.value, theirs)) };
  }
  throw wrongType();
}

function valueOf(operand: Operand, item: Item): Attribute {
  switch (operand.type) {
    case "value":
      if (operand.value === undefined) throw new Error("an undefined value was let through");
      return operand.value;
    case "path": {
      const found = valueAt(item, operand.path);
      if (found !== undefined) return found;
      throw invalid(
        "The provided expression refers to an attribute that does not exist in the item",
      );
    }
    case "sum":
      return sum(valueOf(operand.left, item), valueOf(operand.right, item), operand.operator);
    case "function": {
      const [first, second] = operand.args as readonly [Operand, Operand];
      if (operand.name === "if_not_exists") {
        const known = first.type === "path" ? valueAt(item, first.path) : undefined;
        return known ?? valueOf(second, item);
      }
      const [head, tail] = [valueOf(first, item), valueOf(second, item)];
      if (head.type !== "L" || tail.type !== "L") throw wrongType();
      return { type: "L", value: [...head.value, ...tail.value] };
    }
  }
}

function sum(left: Attribute, right: Attribute, operator: "+" | "-"): Attribute {
  if (left.type !== "N" || right.type !== "N") throw wrongType();
  const value = addDecimals(left.value, operator === "+" ? right.value : negated(right.value));
  if (typeof value === "string") throw invalid(value);
  return { type: "N", value };
}

function wrongType(): Error {
  return invalid("An operand in the update expression has an incorrect data type");
}
