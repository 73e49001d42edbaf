import { arrayOf, objectOf, plain, textOf } from "./json.ts";
import { ruleLabel, shortened } from "./rule-label.ts";
import { retryCount, stateDetail } from "./state-detail.ts";

/**
 * Where a state stands in its definition: "/Pack items/Label and weigh[0]/Print labels".
 *
 * Branch `i` of a Parallel `P` is "/P[i]"; the states of a Map stand below the Map itself, "/M/Inner".
 */
export type NodeKey = string;

/** A state as the graph shows it, or one of the two pills at the root. */
export interface GraphNode {
  readonly key: NodeKey;
  readonly name: string;
  /** The state's Type as written ("Unknown" if there is none), or "Start" or "End" for a pill. */
  readonly type: string;
  readonly resource?: string;
  readonly comment?: string;
  /** The second line of the card. */
  readonly detail: string;
  readonly retries: number;
  /** The lanes of a Parallel, or the one of a Map; empty for every other state. */
  readonly scopes: readonly GraphScope[];
  readonly isReachable: boolean;
}

export interface GraphEdge {
  /** Unique, and the same after an edit elsewhere. */
  readonly id: string;
  readonly source: NodeKey;
  readonly target: NodeKey;
  readonly kind: "next" | "choice" | "default" | "catch" | "start" | "end";
  /** The label cut to one short line, "" if there is none. */
  readonly label: string;
  readonly fullLabel: string;
}

/** States that may name each other: the root, a branch of a Parallel, the processor of a Map. */
export interface GraphScope {
  /** What the keys of its states begin with: "" for the root, "/P[0]", "/M". */
  readonly key: string;
  readonly startAt: NodeKey | undefined;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

export interface GraphModel {
  readonly root: GraphScope;
  /** All nodes, at any depth. */
  readonly nodes: ReadonlyMap<NodeKey, GraphNode>;
  readonly edges: ReadonlyMap<string, GraphEdge>;
}

type Fields = Readonly<Record<string, unknown>>;

/** The pills at the root. */
export const startKey: NodeKey = "/#start";
export const endKey: NodeKey = "/#end";

/** Scopes nested deeper than this are not drawn, so that no draft can exhaust the stack. */
const nestingLimit = 50;

/**
 * The graph of an Amazon States Language definition.
 *
 * Drafts are drawn as far as they go: a transition to a missing state has no edge, a state without a
 * Type is "Unknown". Any JSON value gives a model.
 */
export function graphModel(definition: unknown): GraphModel {
  const found: Found = {
    nodes: new Map(),
    edges: new Map(),
    nodeKeys: new Set([startKey, endKey]),
    scopeKeys: new Set([""]),
  };
  const root = scopeOf("", objectOf(definition), true, 0, found);
  return { root, nodes: found.nodes, edges: found.edges };
}

/** What was found so far, in all scopes. */
interface Found {
  readonly nodes: Map<NodeKey, GraphNode>;
  readonly edges: Map<string, GraphEdge>;
  readonly nodeKeys: Set<NodeKey>;
  readonly scopeKeys: Set<string>;
}

function scopeOf(
  scopeKey: string,
  definition: Fields,
  isParentReachable: boolean,
  depth: number,
  found: Found,
): GraphScope {
  const isRoot = depth === 0;
  const keys = new Map<string, NodeKey>();
  const states = Object.entries(objectOf(definition["States"]));
  for (const [name] of states) keys.set(name, freeKey(`${scopeKey}/${name}`, found.nodeKeys));
  const startAt = keys.get(textOf(definition["StartAt"]) ?? "");

  const edges: GraphEdge[] = [];
  if (isRoot && startAt !== undefined) {
    edges.push(edge(`${startKey}|start`, startKey, startAt, "start", ""));
  }
  for (const [name, value] of states) {
    const key = keys.get(name) ?? "";
    const state = objectOf(value);
    for (const { id, target, kind, label } of transitions(state)) {
      const targetKey = keys.get(target);
      if (targetKey !== undefined) edges.push(edge(`${key}|${id}`, key, targetKey, kind, label));
    }
    if (isRoot && isTerminal(state)) edges.push(edge(`${key}|end`, key, endKey, "end", ""));
  }

  const reachable = isParentReachable
    ? reachableFrom(isRoot ? startKey : startAt, edges)
    : new Set();
  const nodes: GraphNode[] = [];
  const add = (node: GraphNode) => {
    nodes.push(node);
    found.nodes.set(node.key, node);
  };
  if (isRoot) add(pill(startKey, "Start", true));
  for (const [name, value] of states) {
    const key = keys.get(name) ?? "";
    const state = objectOf(value);
    const type = textOf(state["Type"]) ?? "Unknown";
    const isReachable = reachable.has(key);
    const resource = textOf(state["Resource"]);
    const comment = textOf(state["Comment"]);
    add({
      key,
      name,
      type,
      ...(resource !== undefined && { resource }),
      ...(comment !== undefined && { comment }),
      detail: stateDetail(type, state),
      retries: retryCount(state),
      isReachable,
      scopes:
        depth >= nestingLimit
          ? []
          : innerScopes(key, type, state).map((inner) =>
              scopeOf(
                freeKey(inner.key, found.scopeKeys),
                inner.definition,
                isReachable,
                depth + 1,
                found,
              ),
            ),
    });
  }
  if (isRoot) add(pill(endKey, "End", reachable.has(endKey)));
  for (const each of edges) found.edges.set(each.id, each);
  return { key: scopeKey, startAt, nodes, edges };
}

function innerScopes(
  key: NodeKey,
  type: string,
  state: Fields,
): readonly { readonly key: string; readonly definition: Fields }[] {
  if (type === "Parallel") {
    return arrayOf(state["Branches"]).map((branch, index) => ({
      key: `${key}[${index}]`,
      definition: objectOf(branch),
    }));
  }
  if (type === "Map") {
    const processor = state["ItemProcessor"] ?? state["Iterator"];
    return processor === undefined ? [] : [{ key, definition: objectOf(processor) }];
  }
  return [];
}

interface Transition {
  readonly id: string;
  readonly target: string;
  readonly kind: "next" | "choice" | "default" | "catch";
  readonly label: string;
}

/** The ways out of a state in written order; those that its Type cannot take are left out. */
function transitions(state: Fields): readonly Transition[] {
  const found: Transition[] = [];
  const add = (id: string, kind: Transition["kind"], target: unknown, label: string) => {
    if (typeof target === "string") found.push({ id, kind, target, label });
  };
  const type = state["Type"];
  if (type === "Succeed" || type === "Fail") return found;
  if (type === "Choice") {
    for (const [index, rule] of arrayOf(state["Choices"]).entries()) {
      add(`choice:${index}`, "choice", objectOf(rule)["Next"], ruleLabel(rule));
    }
    add("default", "default", state["Default"], "otherwise");
    return found;
  }
  add("next", "next", state["Next"], "");
  for (const [index, catcher] of arrayOf(state["Catch"]).entries()) {
    const { ErrorEquals, Next } = objectOf(catcher);
    add(`catch:${index}`, "catch", Next, arrayOf(ErrorEquals).map(plain).join(", "));
  }
  return found;
}

function isTerminal(state: Fields): boolean {
  const type = state["Type"];
  if (type === "Succeed" || type === "Fail") return true;
  return type !== "Choice" && state["End"] === true && typeof state["Next"] !== "string";
}

function edge(
  id: string,
  source: NodeKey,
  target: NodeKey,
  kind: GraphEdge["kind"],
  fullLabel: string,
): GraphEdge {
  return { id, source, target, kind, label: shortened(fullLabel), fullLabel };
}

function pill(key: NodeKey, type: "Start" | "End", isReachable: boolean): GraphNode {
  return { key, name: type, type, detail: "", retries: 0, scopes: [], isReachable };
}

/** Takes the key; names with slashes or brackets can spell the key of another state. */
function freeKey(wanted: string, taken: Set<string>): string {
  let key = wanted;
  for (let count = 2; taken.has(key); count++) key = `${wanted}~${count}`;
  taken.add(key);
  return key;
}

function reachableFrom(start: NodeKey | undefined, edges: readonly GraphEdge[]): Set<NodeKey> {
  const targets = Map.groupBy(edges, ({ source }) => source);
  const reached = new Set<NodeKey>();
  const open = start === undefined ? [] : [start];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (reached.has(key)) continue;
    reached.add(key);
    for (const { target } of targets.get(key) ?? []) open.push(target);
  }
  return reached;
}
