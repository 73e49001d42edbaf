import { arrayOf, objectOf } from "../../graph/json.ts";
import { startKey } from "../../graph/model.ts";
import type { Path } from "../document/definition-document.ts";
import type { EditBatch } from "./edit-batch.ts";
import {
  refuse,
  stateAt,
  type GraphIndex,
  type ScopeEntry,
  type StateEntry,
} from "./graph-index.ts";

/** A place that names a state of its scope, or could: what edges and ends are on the graph. */
export interface Way {
  readonly scope: ScopeEntry;
  /** The state that it leads out of; none for the start of a scope. */
  readonly state: StateEntry | undefined;
  /** As in the ids of edges: "start", "next", "default", "choice:0", "catch:0". */
  readonly id: string;
  readonly kind: "start" | "next" | "default" | "choice" | "catch";
  /** What holds the member. */
  readonly holder: Path;
  readonly field: "StartAt" | "Next" | "Default";
  readonly target: Target;
}

/** A state by its name, the end of the scope (`End: true`), or nothing that is said. */
export type Target = { readonly name: string } | "end" | "nothing";

export const isSame = (a: Target, b: Target): boolean =>
  nameOf(a) === undefined ? a === b : nameOf(a) === nameOf(b);

export function nameOf(target: Target): string | undefined {
  return typeof target === "string" ? undefined : target.name;
}

/** Where a scope begins. */
export function startOf(scope: ScopeEntry): Way {
  const { path, startAt } = scope;
  const target = startAt === undefined ? "nothing" : { name: startAt };
  return {
    scope,
    state: undefined,
    id: "start",
    kind: "start",
    holder: path,
    field: "StartAt",
    target,
  };
}

/** The ways out of a state that its type can take, also those that name nothing so far. */
export function waysOut(state: StateEntry): readonly Way[] {
  const { type, fields, path, scope } = state;
  const ways: Way[] = [];
  const add = (
    id: string,
    kind: Way["kind"],
    field: Way["field"],
    holder: Path,
    value: unknown,
  ): void => {
    const target = typeof value === "string" ? { name: value } : "nothing";
    ways.push({ scope, state, id, kind, holder, field, target });
  };
  const addAll = (kind: "choice" | "catch", field: string): void => {
    for (const [at, entry] of arrayOf(fields[field]).entries()) {
      add(`${kind}:${at}`, kind, "Next", [...path, field, at], objectOf(entry)["Next"]);
    }
  };
  if (type === "Succeed" || type === "Fail") return ways;
  if (type === "Choice") {
    addAll("choice", "Choices");
    add("default", "default", "Default", path, fields["Default"]);
    return ways;
  }
  add("next", "next", "Next", path, fields["Next"]);
  const [next] = ways;
  if (next?.target === "nothing" && fields["End"] === true) ways[0] = { ...next, target: "end" };
  addAll("catch", "Catch");
  return ways;
}

/** All ways of a scope, its start included. */
export function waysOf(scope: ScopeEntry): readonly Way[] {
  return [startOf(scope), ...[...scope.states.values()].flatMap(waysOut)];
}

export function waysInto(scope: ScopeEntry, names: ReadonlySet<string>): readonly Way[] {
  return waysOf(scope).filter(({ target }) => names.has(nameOf(target) ?? ""));
}

/** A way by the id of its edge, or by its state or scope. */
export type EdgeRef =
  | string
  | { readonly state: string; readonly end: string }
  | { readonly scope: string; readonly end: "start" };

export function wayAt(index: GraphIndex, edge: EdgeRef): Way {
  if (typeof edge === "string") {
    const at = edge.lastIndexOf("|");
    const [key, end] = [edge.slice(0, at), edge.slice(at + 1)];
    if (at < 0) return refuse("noSuchEdge", { name: edge });
    if (key === startKey) return startOf(index.root);
    return wayAt(index, { state: key, end });
  }
  if ("scope" in edge) {
    const scope = index.scopes.get(edge.scope);
    return scope === undefined ? refuse("noSuchScope", { key: edge.scope }) : startOf(scope);
  }
  const state = stateAt(index, edge.state);
  const id = edge.end === "end" ? "next" : edge.end;
  const ways = waysOut(state);
  if (ways.length === 0 || ((id === "next") !== (ways[0]?.kind === "next") && id === "next")) {
    return refuse("notOfThisType", { key: state.key });
  }
  return ways.find((way) => way.id === id) ?? refuse("noSuchEdge", { key: state.key, name: id });
}

/**
 * Lets a way lead somewhere else.
 *
 * Only a `Next` of a state can become `End: true`. A rule, a Default or a Catcher that has nowhere to go loses its member, and is
 * left open.
 */
export function lead(batch: EditBatch, way: Way, target: Target): void {
  const { holder, field, kind, state } = way;
  const name = nameOf(target);
  if (isSame(way.target, target)) return;
  if (kind !== "next" || state === undefined) {
    if (name !== undefined) batch.set([...holder, field], name, fieldBefore(way));
    else if (way.target !== "nothing") batch.remove([...holder, field]);
    return;
  }
  const hasNext = Object.hasOwn(state.fields, "Next");
  const hasEnd = Object.hasOwn(state.fields, "End");
  const [wanted, other] = name === undefined ? ["End", "Next"] : ["Next", "End"];
  const [hasWanted, hasOther] = name === undefined ? [hasEnd, hasNext] : [hasNext, hasEnd];
  if (target === "nothing") {
    if (hasNext) batch.remove([...holder, "Next"]);
    if (hasEnd) batch.remove([...holder, "End"]);
  } else if (hasWanted) {
    batch.set([...holder, wanted], name ?? true);
    if (hasOther) batch.remove([...holder, other]);
  } else if (hasOther) batch.replaceMember([...holder, other], wanted, name ?? true);
  else batch.add(holder, wanted, name ?? true);
}

function fieldBefore({ kind, state, scope }: Way): string | null | undefined {
  if (kind === "default" && Object.hasOwn(state?.fields ?? {}, "Choices")) return "Choices";
  if (kind !== "start") return undefined;
  const names = Object.keys(scope.fields);
  const at = names.indexOf("States");
  return at < 0 ? undefined : (names[at - 1] ?? null);
}
