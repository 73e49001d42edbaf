import { arrayOf, objectOf } from "./json.ts";
import {
  endKey,
  graphModel,
  startKey,
  type GraphEdge,
  type GraphModel,
  type GraphNode,
  type GraphScope,
  type NodeKey,
} from "./model.ts";

export type ChangeKind = "added" | "removed" | "changed";

/** A state that is not the same in two definitions. */
export interface StateChange {
  readonly key: NodeKey;
  readonly name: string;
  readonly kind: ChangeKind;
  /** The state's own fields: of a Parallel or a Map without the states in it. Absent where there is no such state. */
  readonly before?: unknown;
  readonly after?: unknown;
}

/** Two definitions as one graph: the states of both, and the ways of both. */
export interface DefinitionChanges {
  readonly model: GraphModel;
  /** In the order in which the graph has them. */
  readonly states: readonly StateChange[];
  /** By the id of an edge in `model`. */
  readonly edges: ReadonlyMap<string, "added" | "removed">;
  /** The definition's own fields, without its states, where they are not the same. */
  readonly whole?: { readonly before: unknown; readonly after: unknown };
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * What has changed between two definitions, state by state. States are found by their names and by what holds them: one
 * that was renamed was removed and added.
 */
export function compareDefinitions(before: unknown, after: unknown): DefinitionChanges {
  const [old, current] = [graphModel(before), graphModel(after)];
  const [oldStates, states] = [statesOf(old, before), statesOf(current, after)];
  const edges = new Map<string, "added" | "removed">();
  const root = mergedScope(old.root, current.root, edges);
  const model = collected(root);
  const changes: StateChange[] = [];
  for (const { key, name } of model.nodes.values()) {
    if (key === startKey || key === endKey) continue;
    const [was, is] = [ownFields(oldStates.get(key)), ownFields(states.get(key))];
    if (was === undefined) changes.push({ key, name, kind: "added", after: is });
    else if (is === undefined) changes.push({ key, name, kind: "removed", before: was });
    else if (!isSame(was, is)) changes.push({ key, name, kind: "changed", before: was, after: is });
  }
  const [whole, wholeNow] = [withoutStates(before), withoutStates(after)];
  return {
    model,
    states: changes,
    edges,
    ...(!isSame(whole, wholeNow) && { whole: { before: whole, after: wholeNow } }),
  };
}

/** Each state as it is written, by its key: the model lists them in the order of the definition. */
function statesOf(model: GraphModel, definition: unknown): ReadonlyMap<NodeKey, Fields> {
  const found = new Map<NodeKey, Fields>();
  const visit = (scope: GraphScope, fields: Fields): void => {
    const written = Object.values(objectOf(fields["States"]));
    const nodes = scope.nodes.filter(({ key }) => key !== startKey && key !== endKey);
    for (const [index, { key, type, scopes }] of nodes.entries()) {
      const state = objectOf(written[index]);
      found.set(key, state);
      const inner =
        type === "Parallel"
          ? arrayOf(state["Branches"])
          : [state["ItemProcessor"] ?? state["Iterator"]];
      for (const [at, each] of scopes.entries()) visit(each, objectOf(inner[at]));
    }
  };
  visit(model.root, objectOf(definition));
  return found;
}

function ownFields(state: Fields | undefined): Fields | undefined {
  if (state === undefined) return undefined;
  const { Branches, ItemProcessor, Iterator, ...own } = state;
  return {
    ...own,
    ...(Branches !== undefined && { Branches: arrayOf(Branches).map(withoutStates) }),
    ...(ItemProcessor !== undefined && { ItemProcessor: withoutStates(ItemProcessor) }),
    ...(Iterator !== undefined && { Iterator: withoutStates(Iterator) }),
  };
}

function withoutStates(definition: unknown): Fields {
  const { States: _states, ...rest } = objectOf(definition);
  return rest;
}

/** Whether two values mean the same: the order of an object's members says nothing. */
function isSame(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, index) => isSame(item, b[index]))
    );
  }
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) {
    return Object.is(a, b);
  }
  const [left, right] = [objectOf(a), objectOf(b)];
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && isSame(left[name], right[name]))
  );
}

function mergedScope(
  before: GraphScope | undefined,
  after: GraphScope | undefined,
  changes: Map<string, "added" | "removed">,
): GraphScope {
  const nodes = mergedNodes(before?.nodes ?? [], after?.nodes ?? []).map(
    ({ was, is, node }): GraphNode => ({ ...node, scopes: mergedScopes(was, is, changes) }),
  );
  return {
    key: (after ?? before)?.key ?? "",
    startAt: after?.startAt ?? before?.startAt,
    nodes,
    edges: mergedEdges(before?.edges ?? [], after?.edges ?? [], changes),
  };
}

function mergedScopes(
  was: GraphNode | undefined,
  is: GraphNode | undefined,
  changes: Map<string, "added" | "removed">,
): readonly GraphScope[] {
  const old = new Map(was?.scopes.map((scope) => [scope.key, scope]));
  const current = new Map(is?.scopes.map((scope) => [scope.key, scope]));
  return [...new Set([...current.keys(), ...old.keys()])].map((key) =>
    mergedScope(old.get(key), current.get(key), changes),
  );
}

interface Pair {
  readonly was: GraphNode | undefined;
  readonly is: GraphNode | undefined;
  /** The one that is shown. */
  readonly node: GraphNode;
}

/** The states of both; one that was removed stands behind the one that it stood behind. */
function mergedNodes(before: readonly GraphNode[], after: readonly GraphNode[]): readonly Pair[] {
  const old = new Map(before.map((node) => [node.key, node]));
  const merged: Pair[] = after.map((is) => ({ was: old.get(is.key), is, node: is }));
  const known = new Set(after.map(({ key }) => key));
  for (const [index, was] of before.entries()) {
    if (known.has(was.key)) continue;
    const place = merged.findIndex(({ node }) => node.key === before[index - 1]?.key);
    merged.splice(place + 1, 0, { was, is: undefined, node: was });
  }
  return merged;
}

/** The ways of both. A way is the same if it leads from there to there for the same kind of reason. */
function mergedEdges(
  before: readonly GraphEdge[],
  after: readonly GraphEdge[],
  changes: Map<string, "added" | "removed">,
): readonly GraphEdge[] {
  const signature = ({ kind, source, target }: GraphEdge) => `${kind} ${source} ${target}`;
  const left = new Map<string, number>();
  for (const edge of before) left.set(signature(edge), (left.get(signature(edge)) ?? 0) + 1);
  const gone = new Map(left);
  for (const edge of after) {
    const name = signature(edge);
    const count = gone.get(name) ?? 0;
    if (count === 0) changes.set(edge.id, "added");
    else gone.set(name, count - 1);
  }
  const removed: GraphEdge[] = [];
  for (const edge of before.toReversed()) {
    const count = gone.get(signature(edge)) ?? 0;
    if (count === 0) continue;
    gone.set(signature(edge), count - 1);
    const id = `${edge.id}~before`;
    changes.set(id, "removed");
    removed.unshift({ ...edge, id });
  }
  return [...after, ...removed];
}

function collected(root: GraphScope): GraphModel {
  const nodes = new Map<NodeKey, GraphNode>();
  const edges = new Map<string, GraphEdge>();
  const visit = (scope: GraphScope): void => {
    for (const each of scope.edges) edges.set(each.id, each);
    for (const node of scope.nodes) {
      nodes.set(node.key, node);
      for (const inner of node.scopes) visit(inner);
    }
  };
  visit(root);
  return { root, nodes, edges };
}
