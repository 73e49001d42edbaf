import { isJsonArray, isJsonObject, ownMember, type JsonObject } from "../../expression/json.ts";
import { graphWays, type Way } from "./graph-ways.ts";

/** A variable that may have a value where a state begins. */
export interface VariableInScope {
  readonly name: string;
  /** The states that assign it on the way: their own `Assign`, or that of a rule or Catcher; in the definition's order. */
  readonly assignedBy: readonly string[];
  /** It has been assigned on every way to the state, as far as that was looked for in a very large definition. */
  readonly isCertain: boolean;
  /** Where it belongs to a graph around the state's own: the state of that graph which holds the latter. */
  readonly outer?: string;
}

/**
 * The variables that a state can read, of a definition that need not be valid; `undefined` if it has no such state.
 *
 * *Documented*: variables, scope. A state reads what states of its own graph and of those around it have assigned before; a
 * distributed Map's children read none of the outer ones.
 */
export function variablesInScope(
  definition: JsonObject,
  state: string,
): readonly VariableInScope[] | undefined {
  const place = placeOf(definition, state, 0);
  if (place === undefined) return undefined;
  const found = new Map<string, VariableInScope>();
  for (const { graph, target } of place.toReversed()) {
    const outer = target === state ? undefined : target;
    for (const variable of variablesAt(graph, target)) {
      if (found.has(variable.name)) continue;
      found.set(variable.name, outer === undefined ? variable : { ...variable, outer });
    }
  }
  return [...found.values()];
}

/** A graph whose variables are readable, and the state of it that is meant or that holds the next graph. */
interface Enclosing {
  readonly graph: JsonObject;
  readonly target: string;
}

/** Our choice, as for definitions that are parsed. */
const maximumDepth = 50;

/** Ways that are gone at most to find what is certain. *Our choice*: some 80 ms: 200 variables of 5,000 states in a row. */
const mostSteps = 1_000_000;

/** From the outermost graph whose variables the state can read to its own. */
function placeOf(graph: JsonObject, state: string, depth: number): Enclosing[] | undefined {
  const states = ownMember(graph, "States");
  if (!isJsonObject(states) || depth > maximumDepth) return undefined;
  if (Object.hasOwn(states, state)) return [{ graph, target: state }];
  for (const [target, holder] of Object.entries(states)) {
    if (!isJsonObject(holder)) continue;
    for (const inner of graphsWithin(holder)) {
      const place = placeOf(inner, state, depth + 1);
      if (place !== undefined) return isDistributed(inner) ? place : [{ graph, target }, ...place];
    }
  }
  return undefined;
}

function graphsWithin(state: JsonObject): readonly JsonObject[] {
  const { Branches, ItemProcessor, Iterator: formerProcessor } = state;
  const branches = isJsonArray(Branches) ? Branches : [];
  return [...branches, ItemProcessor, formerProcessor].filter(isJsonObject);
}

function isDistributed(processor: JsonObject): boolean {
  const configuration = ownMember(processor, "ProcessorConfig");
  return isJsonObject(configuration) && ownMember(configuration, "Mode") === "DISTRIBUTED";
}

function variablesAt(graph: JsonObject, target: string): readonly VariableInScope[] {
  const StartAt = ownMember(graph, "StartAt");
  const ways = graphWays(graph);
  const onward = Map.groupBy(ways, ({ from }) => from);
  const reached = (passes: (way: Way) => boolean) =>
    typeof StartAt === "string" ? closure(StartAt, onward, "to", passes) : new Set<string>();
  const all = reached(() => true);
  // While somebody draws, the state may be connected with nothing yet: what leads to it counts all the same.
  const isReached = all.has(target);
  const backward = Map.groupBy(ways, ({ to }) => to);
  const leading = closure(target, backward, "from", () => true);
  const assigners = new Map<string, Set<string>>();
  for (const { from, to, assigns } of ways) {
    if (!leading.has(to) || (isReached && !all.has(from))) continue;
    for (const name of assigns) {
      const states = assigners.get(name) ?? new Set();
      assigners.set(name, states.add(from));
    }
  }
  let steps = 0;
  return [...assigners].map(([name, states]) => {
    const avoids = ({ assigns }: Way) => ++steps > mostSteps || !assigns.includes(name);
    const isCertain = isReached && steps <= mostSteps && !reached(avoids).has(target);
    return { name, assignedBy: [...states], isCertain };
  });
}

/** The states at the ends of the ways from this one, itself among them. */
function closure(
  first: string,
  ways: ReadonlyMap<string, readonly Way[]>,
  end: "from" | "to",
  passes: (way: Way) => boolean,
): ReadonlySet<string> {
  const seen = new Set([first]);
  // A set is walked to what is added to it meanwhile.
  for (const state of seen) {
    for (const way of ways.get(state) ?? []) if (passes(way)) seen.add(way[end]);
  }
  return seen;
}
