import { arrayOf, objectOf } from "../../graph/json.ts";
import type { Path } from "../document/definition-document.ts";
import type { NewValue } from "../document/new-value.ts";
import type { EditBatch } from "./edit-batch.ts";
import type { OpenEnd } from "./edit-result.ts";
import type { QueryLanguage } from "./fragment.ts";
import {
  processorName,
  refuse,
  scopeAt,
  stateAt,
  type GraphIndex,
  type ScopeEntry,
  type StateEntry,
} from "./graph-index.ts";
import type { Place } from "./place.ts";
import { lead, startOf, wayAt, waysOut, type Target, type Way } from "./ways.ts";

/** A place, looked up: how states come in there, and where they go on to. */
export type Spot = ScopeSpot | EntrySpot | BranchSpot;

export interface ScopeSpot {
  readonly kind: "scope";
  readonly scope: ScopeEntry;
  /** What leads to what is put here. */
  readonly ways: readonly Way[];
  readonly next: Target;
  /** The state behind which the text goes. */
  readonly after: string | null | undefined;
}

/** A new rule or Catcher leads to what is put here, and it ends its scope. */
export interface EntrySpot {
  readonly kind: "entry";
  readonly scope: ScopeEntry;
  readonly state: StateEntry;
  readonly field: "Choices" | "Catch";
  readonly index: number;
}

export interface BranchSpot {
  readonly kind: "branch";
  readonly state: StateEntry;
  readonly index: number;
}

export function spotAt(index: GraphIndex, place: Place): Spot {
  switch (place.on) {
    case "edge":
      return spotOn(wayAt(index, place.edge));
    case "after": {
      const state = stateAt(index, place.state);
      if (state.type === "Choice") return entrySpot(state, "Choices");
      return spotOn(wayAt(index, { state: place.state, end: "next" }));
    }
    case "start":
      return spotOn(startOf(scopeAt(index, place.scope)));
    case "end": {
      const scope = scopeAt(index, place.scope);
      if (scope.states.size === 0) return spotOn(startOf(scope));
      const ways = [...scope.states.values()]
        .flatMap(waysOut)
        .filter(({ target }) => target === "end");
      const after = ways.at(-1)?.state?.name;
      if (after === undefined) return refuse("noSuchEdge", { key: scope.key });
      return { kind: "scope", scope, ways, next: "end", after };
    }
    case "free": {
      const scope = scopeAt(index, place.scope);
      return { kind: "scope", scope, ways: [], next: "end", after: undefined };
    }
    case "rule":
      return entrySpot(stateAt(index, place.choice), "Choices", place.index);
    case "catch":
      return entrySpot(stateAt(index, place.state), "Catch", place.index);
    case "branch": {
      const state = stateAt(index, place.parallel);
      const isFree = state.type === "Map" && processorName(state.fields) === undefined;
      if (state.type !== "Parallel" && !isFree) return refuse("notOfThisType", { key: state.key });
      const count = arrayOf(state.fields["Branches"]).length;
      return { kind: "branch", state, index: Math.min(place.index ?? count, count) };
    }
  }
}

function spotOn(way: Way): ScopeSpot {
  const { scope, state, target } = way;
  const isMissing = target === "nothing" && way.kind !== "default";
  const names = [...scope.states.keys()];
  const after = state === undefined ? (names.length === 0 ? undefined : null) : state.name;
  return { kind: "scope", scope, ways: [way], next: isMissing ? "end" : target, after };
}

function entrySpot(state: StateEntry, field: "Choices" | "Catch", index?: number): EntrySpot {
  requireEntries(state, field);
  return {
    kind: "entry",
    scope: state.scope,
    state,
    field,
    index: index ?? entryIndex(state, field),
  };
}

/** Whether the type of a state can have such entries. */
export function requireEntries(state: StateEntry, field: string): void {
  const catching = ["Task", "Parallel", "Map"];
  const isRight = field === "Choices" ? state.type === "Choice" : catching.includes(state.type);
  if (!isRight) refuse("notOfThisType", { key: state.key });
}

/** Where a new entry goes: what catches everything has to stay the last. */
export function entryIndex({ fields }: StateEntry, field: string): number {
  const entries = arrayOf(fields[field]);
  const isLast = field !== "Choices" && catchesAll(entries.at(-1));
  return entries.length - (isLast ? 1 : 0);
}

export function catchesAll(entry: unknown): boolean {
  return arrayOf(objectOf(entry)["ErrorEquals"]).includes("States.ALL");
}

/** What the first states there lead to when they come to their ends. */
export function nextAt(spot: Spot): Target {
  return spot.kind === "scope" ? spot.next : "end";
}

/** Lets what leads to the spot lead to a state there; gives what is to be filled in. */
export function enter(
  batch: EditBatch,
  spot: ScopeSpot | EntrySpot,
  name: string,
  language: QueryLanguage,
): readonly OpenEnd[] {
  if (spot.kind === "scope") {
    for (const way of spot.ways) lead(batch, way, { name });
    return [];
  }
  const { state, field, index } = spot;
  const { entry, toFill } = newEntry(state, field, language, name);
  insertEntry(batch, state, field, index, entry);
  const id = `${field === "Choices" ? "choice" : "catch"}:${index}`;
  return toFill === undefined ? [] : [{ code: "toFill", key: state.key, end: id, name: toFill }];
}

/** Puts an entry into a list of a state, which may not be there yet. */
export function insertEntry(
  batch: EditBatch,
  state: StateEntry,
  field: string,
  index: number,
  entry: NewValue,
): void {
  const path = [...state.path, field];
  if (Array.isArray(state.fields[field])) batch.insert(path, entry, index);
  else if (Object.hasOwn(state.fields, field))
    refuse("wrongShape", { key: state.key, name: field });
  else batch.add(state.path, field, [entry], fieldPlace(state));
}

/** New fields go before the `Next` or `End` that ends a state as people write them. */
export function fieldPlace({ fields }: StateEntry): string | null | undefined {
  const names = Object.keys(fields);
  const last = names.at(-1);
  return last === "Next" || last === "End" ? (names.at(-2) ?? null) : undefined;
}

/** A rule that is never taken, until its author says when; a Catcher of what is not caught so far. */
export function newEntry(
  state: StateEntry,
  field: "Choices" | "Catch" | "Retry",
  language: QueryLanguage,
  name?: string,
): { readonly entry: { readonly [name: string]: NewValue }; readonly toFill?: string } {
  const Next = name === undefined ? {} : { Next: name };
  if (field === "Choices") {
    return language === "JSONata"
      ? { entry: { Condition: "{% false %}", ...Next }, toFill: "Condition" }
      : { entry: { Variable: "$", IsPresent: false, ...Next }, toFill: "Variable" };
  }
  const hasAll = arrayOf(state.fields[field]).some(catchesAll);
  const ErrorEquals = [hasAll ? "States.TaskFailed" : "States.ALL"];
  if (field === "Catch") return { entry: { ErrorEquals, ...Next } };
  return { entry: { ErrorEquals, IntervalSeconds: 1, MaxAttempts: 3, BackoffRate: 2 } };
}

/** Puts states into a scope, behind the one of its that is named. */
export function addStates(
  batch: EditBatch,
  scope: Pick<ScopeEntry, "path" | "fields" | "states">,
  states: { readonly [name: string]: NewValue },
  after?: string | null,
): void {
  const path: Path = [...scope.path, "States"];
  if (scope.states.size === 0) {
    batch.set(path, states);
    return;
  }
  for (const [name, state] of Object.entries(states)) batch.add(path, name, state, after);
}

/** Puts a branch into a Parallel, or the processor into a Map that has none. */
export function addBranch(
  batch: EditBatch,
  { state, index }: BranchSpot,
  startAt: string,
  states: { readonly [name: string]: NewValue },
): void {
  const scope = { StartAt: startAt, States: states };
  if (state.type === "Parallel") insertEntry(batch, state, "Branches", index, scope);
  else {
    const processor = { ProcessorConfig: { Mode: "INLINE" }, ...scope };
    batch.set([...state.path, "ItemProcessor"], processor, fieldPlace(state));
  }
}

/** The path of a state that was put there. */
export function pathAt(spot: Spot, name: string): Path {
  if (spot.kind !== "branch") return [...spot.scope.path, "States", name];
  const { state, index } = spot;
  const holder = state.type === "Parallel" ? ["Branches", index] : ["ItemProcessor"];
  return [...state.path, ...holder, "States", name];
}

export function languageOf(index: GraphIndex, state?: StateEntry): QueryLanguage {
  const said = state?.fields["QueryLanguage"] ?? index.root.fields["QueryLanguage"];
  return said === "JSONata" ? "JSONata" : "JSONPath";
}
