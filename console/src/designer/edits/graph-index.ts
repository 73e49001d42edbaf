import { arrayOf, objectOf, textOf } from "../../graph/json.ts";
import { endKey, startKey, type NodeKey } from "../../graph/model.ts";
import type { DefinitionDocument, Path } from "../document/definition-document.ts";
import { EditRefusal } from "../document/edit-refusal.ts";
import type { RefusalCode } from "./edit-result.ts";

export type Fields = Readonly<Record<string, unknown>>;

/** A state by its key, with its place in the text. */
export interface StateEntry {
  readonly key: NodeKey;
  readonly name: string;
  readonly path: Path;
  readonly type: string;
  readonly fields: Fields;
  readonly scope: ScopeEntry;
  readonly scopes: readonly ScopeEntry[];
}

/** What has `StartAt` and `States`: the definition, a branch, a processor. */
export interface ScopeEntry {
  readonly key: string;
  readonly path: Path;
  readonly fields: Fields;
  readonly startAt: string | undefined;
  readonly states: ReadonlyMap<string, StateEntry>;
  readonly holder: StateEntry | undefined;
}

/** A definition's states and scopes by the keys that `graphModel` gives them. */
export interface GraphIndex {
  readonly root: ScopeEntry;
  readonly scopes: ReadonlyMap<string, ScopeEntry>;
  readonly states: ReadonlyMap<NodeKey, StateEntry>;
  /** The names of all states, in all scopes. */
  readonly names: ReadonlySet<string>;
}

/** As deep as the graph is drawn. */
const nestingLimit = 50;

const indexes = new WeakMap<DefinitionDocument, GraphIndex>();

export function graphIndex(document: DefinitionDocument): GraphIndex {
  const known = indexes.get(document);
  if (known !== undefined) return known;
  const index = indexOf(document.value);
  indexes.set(document, index);
  return index;
}

/** The index of a value. It goes through the states in the order of `graphModel`, on which the keys of odd names depend. */
export function indexOf(definition: unknown): GraphIndex {
  const scopes = new Map<string, ScopeEntry>();
  const states = new Map<NodeKey, StateEntry>();
  const taken = new Set<string>([startKey, endKey]);
  const takenScopes = new Set<string>([""]);
  const names = new Set<string>();

  function visit(
    key: string,
    path: Path,
    fields: Fields,
    holder: StateEntry | undefined,
    depth: number,
  ): ScopeEntry {
    const own = new Map<string, StateEntry>();
    const startAt = textOf(fields["StartAt"]);
    const scope: ScopeEntry = { key, path, fields, startAt, states: own, holder };
    scopes.set(key, scope);
    const written = Object.entries(objectOf(fields["States"]));
    const keys = written.map(([name]) => freeKey(`${key}/${name}`, taken));
    for (const [at, [name, value]] of written.entries()) {
      const inner: ScopeEntry[] = [];
      const state: StateEntry = {
        key: keys[at] ?? "",
        name,
        path: [...path, "States", name],
        type: textOf(objectOf(value)["Type"]) ?? "Unknown",
        fields: objectOf(value),
        scope,
        scopes: inner,
      };
      names.add(name);
      own.set(name, state);
      states.set(state.key, state);
      if (depth >= nestingLimit) continue;
      for (const each of innerScopes(state)) {
        const innerKey = freeKey(each.key, takenScopes);
        inner.push(visit(innerKey, each.path, each.fields, state, depth + 1));
      }
    }
    return scope;
  }

  const root = visit("", [], objectOf(definition), undefined, 0);
  return { root, scopes, states, names };
}

function innerScopes({ key, path, type, fields }: StateEntry) {
  if (type === "Parallel") {
    return arrayOf(fields["Branches"]).map((branch, index) => ({
      key: `${key}[${index}]`,
      path: [...path, "Branches", index],
      fields: objectOf(branch),
    }));
  }
  const name = processorName(fields);
  if (type !== "Map" || name === undefined) return [];
  return [{ key, path: [...path, name], fields: objectOf(fields[name]) }];
}

/** What the processor of a Map is called: `Iterator` is its old name. */
export function processorName(fields: Fields): "ItemProcessor" | "Iterator" | undefined {
  if ((fields["ItemProcessor"] ?? undefined) !== undefined) return "ItemProcessor";
  return (fields["Iterator"] ?? undefined) === undefined ? undefined : "Iterator";
}

function freeKey(wanted: string, taken: Set<string>): string {
  let key = wanted;
  for (let count = 2; taken.has(key); count++) key = `${wanted}~${count}`;
  taken.add(key);
  return key;
}

/** Every state in a state's scopes, at any depth. */
export function statesWithin(state: StateEntry): readonly StateEntry[] {
  return state.scopes.flatMap((scope) =>
    [...scope.states.values()].flatMap((inner) => [inner, ...statesWithin(inner)]),
  );
}

export function stateAt(index: GraphIndex, key: NodeKey): StateEntry {
  return index.states.get(key) ?? refuse("noSuchState", { key });
}

export function scopeAt(index: GraphIndex, key: string): ScopeEntry {
  return index.scopes.get(key) ?? refuse("noSuchScope", { key });
}

/** Ends the operation with a refusal. */
export function refuse(
  code: RefusalCode,
  about: { readonly key?: NodeKey; readonly name?: string } = {},
): never {
  throw new EditRefusal<RefusalCode>(code, about);
}
