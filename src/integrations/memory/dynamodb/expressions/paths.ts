import type { Attribute, Item } from "../attribute.ts";
import type { Path } from "./syntax.ts";

/** What is at the path; `undefined` if nothing is. */
export function valueAt(item: Item, [name, ...steps]: Path): Attribute | undefined {
  let found = item.get(name);
  for (const step of steps) {
    if (found === undefined) return undefined;
    found = memberOf(found, step);
  }
  return found;
}

function memberOf(value: Attribute, step: string | number): Attribute | undefined {
  if (typeof step === "number") return value.type === "L" ? value.value[step] : undefined;
  return value.type === "M" ? value.value.get(step) : undefined;
}

/** What is kept of a value: all, or what is at steps below it. */
type Kept = "all" | Map<string | number, Kept>;

/** The part of an item that the paths name. *Documented*: elements of a list move up. */
export function project(item: Item, paths: readonly Path[]): Item {
  const kept: Kept = new Map();
  for (const path of paths) {
    if (valueAt(item, path) !== undefined) keep(kept, path);
  }
  return projectedMap(item, kept);
}

function keep(root: Map<string | number, Kept>, path: Path): void {
  let level = root;
  for (const [index, step] of path.entries()) {
    const known = level.get(step);
    if (known === "all") return;
    if (index === path.length - 1) level.set(step, "all");
    else {
      const below: Map<string | number, Kept> = known ?? new Map<string | number, Kept>();
      level.set(step, below);
      level = below;
    }
  }
}

function projectedMap(map: Item, kept: Map<string | number, Kept>): Item {
  const projected = new Map<string, Attribute>();
  for (const [name, value] of map) {
    const below = kept.get(name);
    if (below !== undefined) projected.set(name, projectedValue(value, below));
  }
  return projected;
}

function projectedValue(value: Attribute, kept: Kept): Attribute {
  if (kept === "all") return value;
  if (value.type === "M") return { type: "M", value: projectedMap(value.value, kept) };
  if (value.type !== "L") return value;
  const elements = value.value.flatMap((element, index) => {
    const below = kept.get(index);
    return below === undefined ? [] : [projectedValue(element, below)];
  });
  return { type: "L", value: elements };
}
