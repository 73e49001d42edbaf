import type { DefinitionDocument, Path } from "../document/definition-document.ts";
import { exactValue, isNewObject, type NewValue } from "../document/new-value.ts";
import type { Merge, MergeConflict, MergedChange, MergePlace, MergeSide } from "./merge.ts";
import { isSameValue } from "./same-value.ts";

/** What an object is in ASL: it says which of its members belong together, and which of them are states. */
type Kind = "scope" | "states" | "state" | "value";

type Members = { readonly [name: string]: NewValue };

interface Three<T> {
  readonly base: T;
  readonly theirs: T;
  readonly mine: T;
}

/** Fields of a state of which one says what the others do not: they are changed as one. */
const together: readonly (readonly string[])[] = [
  ["Next", "End"],
  ["Seconds", "SecondsPath", "Timestamp", "TimestampPath"],
  ["TimeoutSeconds", "TimeoutSecondsPath"],
  ["HeartbeatSeconds", "HeartbeatSecondsPath"],
  ["MaxConcurrency", "MaxConcurrencyPath"],
  ["Items", "ItemsPath"],
  ["Error", "ErrorPath"],
  ["Cause", "CausePath"],
  ["ItemProcessor", "Iterator"],
];

/**
 * Compares what somebody else has saved and mine with what both began with. Objects are compared by their members, arrays of one
 * length by their items; a state whose type has changed, or that one has removed, is one place.
 */
export function compareThreeWays(documents: Three<DefinitionDocument>): Merge {
  const comparison = new Comparison();
  const [base, theirs, mine] = [documents.base, documents.theirs, documents.mine].map(valueOf);
  if (isMembers(base) && isMembers(theirs) && isMembers(mine)) {
    comparison.members([], "scope", { base, theirs, mine });
  }
  return { changes: comparison.changes, conflicts: comparison.conflicts };
}

function valueOf({ text, root }: DefinitionDocument): NewValue | undefined {
  return root === undefined ? undefined : exactValue(text, root);
}

class Comparison {
  readonly changes: MergedChange[] = [];
  readonly conflicts: MergeConflict[] = [];

  members(holder: Path, kind: Kind, of: Three<Members>): void {
    for (const names of units(kind, of)) this.#unit(holder, kind, names, of);
  }

  #unit(holder: Path, kind: Kind, names: readonly string[], of: Three<Members>): void {
    const sides = {
      base: sideOf(of.base, names),
      theirs: sideOf(of.theirs, names),
      mine: sideOf(of.mine, names),
    };
    if (isSettled(sides)) return;
    const [name] = names;
    const inner = {
      base: own(of.base, name),
      theirs: own(of.theirs, name),
      mine: own(of.mine, name),
    };
    const inside = name === undefined ? "value" : childKind(kind, name);
    // States and their fields are told one by one, even where only they have changed any.
    const isTold = inside !== "value";
    const isCompared = isTold || !isSameSide(sides.mine, sides.base);
    if (isCompared && names.length === 1 && name !== undefined) {
      if (this.#inside([...holder, name], inside, inner)) return;
    }
    const place = { holder, names, ...afterOf(name, of) };
    this.#add(place, sides);
  }

  /** Whether the place can be compared by what is in it; then it has been. */
  #inside(path: Path, kind: Kind, { base, theirs, mine }: Three<NewValue | undefined>): boolean {
    if (isMembers(base) && isMembers(theirs) && isMembers(mine)) {
      const types = [base["Type"], theirs["Type"], mine["Type"]];
      if (kind === "state" && !types.every((type) => isSameValue(type, types[0]))) return false;
      this.members(path, kind, { base, theirs, mine });
      return true;
    }
    if (!Array.isArray(base) || !Array.isArray(theirs) || !Array.isArray(mine)) return false;
    const items = { base, theirs, mine } as Three<readonly NewValue[]>;
    if (hasOtherItems(items)) return false;
    this.#items(path, path.at(-1) === "Branches" ? "scope" : "value", items);
    return true;
  }

  #items(holder: Path, kind: Kind, of: Three<readonly NewValue[]>): void {
    for (const index of of.base.keys()) {
      const inner = { base: of.base[index], theirs: of.theirs[index], mine: of.mine[index] };
      const { base, theirs, mine } = inner;
      const sides = {
        base: itemSide(index, base),
        theirs: itemSide(index, theirs),
        mine: itemSide(index, mine),
      };
      if (isSettled(sides)) continue;
      const isScope = kind === "scope" && !isSameSide(sides.mine, sides.base);
      if (isScope && this.#inside([...holder, index], kind, inner)) continue;
      this.#add({ holder, names: [index] }, sides);
    }
  }

  #add(place: MergePlace, { base, theirs, mine }: Three<MergeSide>): void {
    if (isSameSide(mine, base)) this.changes.push({ place, theirs });
    else {
      const id = JSON.stringify([...place.holder, place.names]);
      this.conflicts.push({ id, place, base, theirs, mine });
    }
  }
}

/** Nothing is to be done: they have not changed it, or both have in the same way. */
function isSettled({ base, theirs, mine }: Three<MergeSide>): boolean {
  return isSameSide(theirs, base) || isSameSide(theirs, mine);
}

/** Whether one has added, removed or moved items: then an index does not say which is which. */
function hasOtherItems({ base, theirs, mine }: Three<readonly NewValue[]>): boolean {
  if (theirs.length !== base.length || mine.length !== base.length) return true;
  return [theirs, mine].some((side) =>
    side.some(
      (item, index) =>
        !isSameValue(item, base[index]) && base.some((other) => isSameValue(item, other)),
    ),
  );
}

/** The members of all three, those that belong together as one; in their order, then what is mine or was the base's. */
function units(kind: Kind, { base, theirs, mine }: Three<Members>): readonly (readonly string[])[] {
  const names = new Set([...Object.keys(theirs), ...Object.keys(mine), ...Object.keys(base)]);
  const found: (readonly string[])[] = [];
  for (const name of names) {
    const group = kind === "state" ? together.find((each) => each.includes(name)) : undefined;
    const present = group?.filter((each) => names.has(each)) ?? [name];
    for (const each of present) names.delete(each);
    found.push(present);
  }
  return found;
}

function childKind(kind: Kind, name: string): Kind {
  if (kind === "states") return "state";
  if (kind === "scope") return name === "States" ? "states" : "value";
  if (kind === "state" && (name === "ItemProcessor" || name === "Iterator")) return "scope";
  return "value";
}

/** Where theirs has it among the members that are mine, too. */
function afterOf(name: string | undefined, { theirs, mine }: Three<Members>) {
  const order = Object.keys(theirs);
  const at = name === undefined ? -1 : order.indexOf(name);
  if (at === -1) return {};
  const before = order.slice(0, at).findLast((each) => Object.hasOwn(mine, each));
  return { after: before ?? null };
}

function sideOf(object: Members, names: readonly string[]): MergeSide {
  return new Map(
    names.flatMap((name) => {
      const value = own(object, name);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

function itemSide(index: number, item: NewValue | undefined): MergeSide {
  return new Map(item === undefined ? [] : [[index, item]]);
}

function own(object: Members, name: string | undefined): NewValue | undefined {
  return name !== undefined && Object.hasOwn(object, name) ? object[name] : undefined;
}

function isSameSide(a: MergeSide, b: MergeSide): boolean {
  return a.size === b.size && [...a].every(([name, value]) => isSameValue(value, b.get(name)));
}

function isMembers(value: NewValue | undefined): value is Members {
  return value !== undefined && isNewObject(value);
}
