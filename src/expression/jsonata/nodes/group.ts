import { inOrder, isReordered } from "../../member-order.ts";
import { jsonataError } from "../jsonata-error.ts";
import type { Run } from "../run.ts";
import type { Frame, Scope } from "../scope.ts";
import type { Pair } from "../syntax-tree.ts";
import { itemsOf, newObject, setOwn, type Items, type Value } from "../value.ts";
import { stepsOf } from "../weight.ts";
import type { Compile, Evaluate } from "./evaluate.ts";

export interface CompiledPair {
  readonly key: Evaluate;
  readonly value: Evaluate;
  /** What evaluating the two is charged. */
  readonly steps: number;
}

export function compilePairs(
  pairs: readonly Pair[],
  scope: Scope,
  compile: Compile,
): readonly CompiledPair[] {
  return pairs.map(([key, value]) => ({
    key: compile(key, scope),
    value: compile(value, scope),
    steps: stepsOf(key, value),
  }));
}

/**
 * `{key: value, …}`, alone or after a path: the items are grouped by key, and each value is evaluated once per
 * key with the items of its group as context.
 */
export function compileGroup(pairs: readonly Pair[], scope: Scope, compile: Compile): Evaluate {
  const compiled = compilePairs(pairs, scope, compile);
  const constant = constantKeys(pairs);
  const group: Evaluate = (input, frame, run) => groupItems(compiled, input, frame, run);
  if (constant === undefined) return group;
  const isPlain = !isReordered(constant);
  return (input, frame, run) => {
    if (Array.isArray(input)) return group(input, frame, run);
    run.spend(stepsPerObject);
    const object = newObject();
    for (let index = 0; index < constant.length; index++) {
      const value = (compiled[index] as CompiledPair).value(input, frame, run);
      if (value !== undefined) setOwn(object, constant[index] as string, value);
    }
    return isPlain ? object : inOrder(object, constant);
  };
}

/** The keys, if all are different literals: such an object has nothing to group. */
function constantKeys(pairs: readonly Pair[]): readonly string[] | undefined {
  const keys = pairs.map(([key]) => (key.type === "string" ? (key.value as string) : undefined));
  const isPlain =
    keys.every((key) => key !== undefined && !isReserved(key)) &&
    new Set(keys).size === keys.length;
  return isPlain ? (keys as readonly string[]) : undefined;
}

function groupItems(pairs: readonly CompiledPair[], input: Value, frame: Frame, run: Run): Value {
  const items: Items = Array.isArray(input) && input.length > 0 ? input : [firstOf(input)];
  const groups = new Groups<Value>();
  for (const item of items) {
    pairs.forEach((pair, index) => {
      run.spend(pair.steps);
      groups.add(pair.key(item, frame, run), item, index, run);
    });
  }
  const object = newObject();
  const names: string[] = [];
  for (const [key, { pair, items: members }] of groups.entries()) {
    const { value: evaluate, steps } = pairs[pair] as CompiledPair;
    run.spend(steps);
    const value = evaluate(appendAll(members, run), frame, run);
    if (value === undefined) continue;
    names.push(key);
    setOwn(object, key, value);
  }
  return inOrder(object, names);
}

/** An empty array is grouped as nothing is: that makes `{…}` after it, or alone, an object all the same. */
function firstOf(input: Value): Value {
  return Array.isArray(input) ? undefined : input;
}

/** A group, and its member in the object that is made. Measured. */
const stepsPerGroup = 6;
/** An object that stays: making it is little, but the collector moves it. Measured. */
const stepsPerObject = 2;

interface Group<T> {
  readonly pair: number;
  readonly items: T[];
}

/** Items by key, with the pair that made the key. */
export class Groups<T> {
  readonly #groups = new Map<string, Group<T>>();

  add(key: Value, item: T, pair: number, run: Run): void {
    if (key === undefined) return;
    if (typeof key !== "string") throw jsonataError("T1003", { value: key });
    if (isReserved(key)) throw jsonataError("D1013", { value: key });
    run.spendCharacters(key.length);
    const group = this.#groups.get(key);
    if (group === undefined) {
      run.spend(stepsPerGroup);
      this.#groups.set(key, { pair, items: [item] });
    } else if (group.pair !== pair) throw jsonataError("D1009", { value: key });
    else group.items.push(item);
  }

  entries(): Iterable<readonly [string, Group<T>]> {
    return this.#groups;
  }
}

/** Names that the package keeps to itself; refused here as well, so that the same expressions are valid. */
function isReserved(key: string): boolean {
  return key === "_jsonata_lambda" || key === "_jsonata_function";
}

/** The items in one array; arrays among them are flattened once. Nothing is left out, one item stays alone. */
export function appendAll(members: readonly Value[], run: Run): Value {
  const present = members.filter((member) => member !== undefined);
  if (present.length <= 1) return present[0];
  const items: Value[] = [];
  for (const member of present) {
    const list = itemsOf(member);
    run.spendGrownItems(items.length + list.length, list.length);
    for (const item of list) items.push(item);
  }
  return items;
}
