import { typeOfArn } from "../../../../src/machine/arns.ts";
import { arrayOf, objectOf } from "../../graph/json.ts";
import type { DefinitionDocument } from "../document/definition-document.ts";
import type { OpenEnd } from "./edit-result.ts";
import {
  graphIndex,
  type Fields,
  type GraphIndex,
  type ScopeEntry,
  type StateEntry,
} from "./graph-index.ts";
import { nameOf, waysOut } from "./ways.ts";

/** What is open in a document that was not in the one before. */
export function newOpenEnds(
  before: DefinitionDocument,
  after: DefinitionDocument,
): readonly OpenEnd[] {
  if (before === after) return [];
  const text = (end: OpenEnd): string => JSON.stringify([end.code, end.key, end.end, end.name]);
  const known = new Set(openEnds(before).map(text));
  return openEnds(after).filter((end) => !known.has(text(end)));
}

const found = new WeakMap<DefinitionDocument, readonly OpenEnd[]>();

/** What keeps a definition from being valid as a graph, and what waits to be filled in. */
export function openEnds(document: DefinitionDocument): readonly OpenEnd[] {
  const known = found.get(document);
  if (known !== undefined) return known;
  const index = graphIndex(document);
  const ends = [
    ...[...index.scopes.values()].flatMap((scope) => openInScope(scope, index)),
    ...labelsTwice(index),
  ];
  found.set(document, ends);
  return ends;
}

function openInScope(scope: ScopeEntry, index: GraphIndex): readonly OpenEnd[] {
  if (scope.states.size === 0) return [{ code: "emptyScope", key: scope.key }];
  const { startAt } = scope;
  const states = [...scope.states.values()];
  const open: OpenEnd[] = states.flatMap((state) => openInState(state, index));
  if (startAt === undefined || !scope.states.has(startAt)) {
    const named = startAt === undefined ? {} : { name: startAt };
    open.unshift({ code: "noStart", key: scope.key, ...named });
  }
  const reached = reachedIn(scope);
  for (const { name, key } of states) {
    if (!reached.has(name)) open.push({ code: "unreachable", key });
  }
  const isEnding = ({ type, fields }: StateEntry): boolean =>
    type === "Succeed" || type === "Fail" || (type !== "Choice" && fields["End"] === true);
  if (scope.holder === undefined && !states.some(isEnding)) {
    open.push({ code: "noTerminalState", key: scope.key });
  }
  return open;
}

function openInState(state: StateEntry, index: GraphIndex): readonly OpenEnd[] {
  const { key, type, fields, scope } = state;
  const open: OpenEnd[] = [];
  for (const { id, kind, target } of waysOut(state)) {
    const name = nameOf(target);
    if (name !== undefined) {
      if (!scope.states.has(name)) open.push({ code: "missingTarget", key, end: id, name });
    } else if (kind === "next") {
      if (target === "nothing") open.push({ code: "noNext", key, end: id });
    } else if (kind !== "default") open.push({ code: "missingTarget", key, end: id });
  }
  if (type === "Choice" && arrayOf(fields["Choices"]).length === 0)
    open.push({ code: "noRules", key });
  if (type === "Parallel" && state.scopes.length === 0) open.push({ code: "noBranches", key });
  if (type === "Map" && state.scopes.length === 0) open.push({ code: "noProcessor", key });
  const isDowngrade =
    index.root.fields["QueryLanguage"] === "JSONata" && fields["QueryLanguage"] === "JSONPath";
  if (isDowngrade) open.push({ code: "otherLanguage", key });
  if (isOutOfPlaceInExpress(state)) open.push({ code: "notInExpress", key });
  const missing = missingField(state);
  for (const name of [...missing, ...emptyTexts(fields)]) open.push({ code: "toFill", key, name });
  for (const name of assignedIn(state)) {
    if (isAssignedAround(name, scope)) open.push({ code: "variableAssignedAround", key, name });
  }
  return open;
}

/** Documented: the `Label` of a distributed Map is unique in the definition. */
function labelsTwice(index: GraphIndex): readonly OpenEnd[] {
  const known = new Set<unknown>();
  const open: OpenEnd[] = [];
  for (const { key, type, fields } of index.states.values()) {
    const { Label } = fields;
    if (type !== "Map" || typeof Label !== "string") continue;
    if (known.has(Label)) open.push({ code: "labelTaken", key, name: Label });
    known.add(Label);
  }
  return open;
}

/** Whether a Task waits for a job or a token, or a Map is distributed: neither can be in the children of an Express Map. */
function isOutOfPlaceInExpress(state: StateEntry): boolean {
  // Nearly all states are in no Map at all.
  if (!isInExpressMap(state)) return false;
  const { type, fields } = state;
  const { Resource } = fields;
  if (type === "Map") return processorConfig(state)["Mode"] === "DISTRIBUTED";
  if (type !== "Task" || typeof Resource !== "string") return false;
  return (
    /(?:\.sync(?::\d+)?|\.waitForTaskToken)$/.test(Resource) || typeOfArn(Resource) === "activity"
  );
}

function isInExpressMap({ scope }: StateEntry): boolean {
  for (let { holder } = scope; holder !== undefined; { holder } = holder.scope) {
    const config = processorConfig(holder);
    if (config["Mode"] === "DISTRIBUTED") return config["ExecutionType"] === "EXPRESS";
  }
  return false;
}

function processorConfig({ fields }: StateEntry): Fields {
  const processor = objectOf(fields["ItemProcessor"] ?? fields["Iterator"]);
  return objectOf(processor["ProcessorConfig"]);
}

/** The field that a state cannot do without, in the word that stands for those that say the same. */
function missingField({ type, fields }: StateEntry): readonly string[] {
  const hasOne = (...names: readonly string[]): boolean =>
    names.some((name) => Object.hasOwn(fields, name));
  if (type === "Unknown") return ["Type"];
  if (type === "Task" && !hasOne("Resource")) return ["Resource"];
  const isOpen = type === "Wait" && !hasOne("Seconds", "SecondsPath", "Timestamp", "TimestampPath");
  return isOpen ? ["Seconds"] : [];
}

/** What holds states of its own is looked through on its own. */
const inner = new Set(["Branches", "ItemProcessor", "Iterator"]);

/** Texts that are empty: a template leaves them for the author. Nothing is made for the thousands of states that have none. */
function emptyTexts(fields: Fields): readonly string[] {
  const found: string[] = [];
  const look = (value: unknown, path: readonly string[]): void => {
    if (value === "") found.push(path.join("."));
    if (typeof value !== "object" || value === null) return;
    for (const name of Object.keys(value)) {
      const member = (value as Fields)[name];
      if (member === "" || (typeof member === "object" && member !== null)) {
        if (path.length > 0 || !inner.has(name)) look(member, [...path, name]);
      }
    }
  };
  look(fields, []);
  return found;
}

export function reachedIn(scope: ScopeEntry): ReadonlySet<string> {
  const reached = new Set<string>();
  if (scope.startAt !== undefined && scope.states.has(scope.startAt)) reached.add(scope.startAt);
  // A set visits what is added to it on the way.
  for (const name of reached) {
    const state = scope.states.get(name);
    for (const { target } of state === undefined ? [] : waysOut(state)) {
      const next = nameOf(target);
      if (next !== undefined && scope.states.has(next)) reached.add(next);
    }
  }
  return reached;
}

const assignments = new WeakMap<ScopeEntry, ReadonlyMap<string, ReadonlySet<StateEntry>>>();

/** Which states of a scope assign a variable. */
function assigning(scope: ScopeEntry): ReadonlyMap<string, ReadonlySet<StateEntry>> {
  const known = assignments.get(scope);
  if (known !== undefined) return known;
  const found = new Map<string, Set<StateEntry>>();
  for (const state of scope.states.values()) {
    for (const name of assignedIn(state))
      found.set(name, (found.get(name) ?? new Set()).add(state));
  }
  assignments.set(scope, found);
  return found;
}

/** The variables that a state assigns, in any of its ways. */
export function assignedIn({ fields }: StateEntry): ReadonlySet<string> {
  const holders = [fields, ...arrayOf(fields["Choices"]), ...arrayOf(fields["Catch"])];
  const names = holders.flatMap((holder) => Object.keys(objectOf(objectOf(holder)["Assign"])));
  return new Set(names.map((name) => name.replace(/\.\$$/, "")));
}

/**
 * Whether a scope around assigns the variable, which the service refuses. What the holding state itself assigns does not count,
 * and the children of a distributed Map see nothing around them.
 */
function isAssignedAround(variable: string, scope: ScopeEntry): boolean {
  for (let holder = scope.holder; holder !== undefined; holder = holder.scope.holder) {
    if (processorConfig(holder)["Mode"] === "DISTRIBUTED") return false;
    const states = assigning(holder.scope).get(variable);
    if (states !== undefined && (states.size > 1 || !states.has(holder))) return true;
  }
  return false;
}
