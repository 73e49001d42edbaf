import { isJsonObject, type JsonObject } from "../expression/json.ts";
import { characterCount } from "./diagnostics/character-count.ts";
import type { State, StateGraph } from "./definition.ts";
import { failType, openFields, requireFields, stringField, type Fields } from "./fields/fields.ts";
import { hasPlaceholder, type NestedGraph, type ParseContext } from "./parse-context.ts";
import { parseState } from "./parse-state.ts";
import { trackTransitions, type Transitions } from "./transitions.ts";
import { openScope } from "./variables/variable-scope.ts";
import { wording } from "./diagnostics/wording.ts";

/** Documented: quotas, state names. */
export const maximumStateNameLength = 80;

/** How deep graphs may be nested. Our choice: the service has a limit too, but has not published it. */
export const maximumGraphDepth = 50;

/** A branch or an item processor. */
export function parseNestedGraph(
  nested: NestedGraph,
  context: ParseContext,
): StateGraph | undefined {
  const { object, location, holder, sharesVariables } = nested;
  const depth = context.graph.depth + 1;
  if (depth > maximumGraphDepth) {
    context.diagnostics.error(wording.tooDeep(maximumGraphDepth), location, "TOO_DEEPLY_NESTED");
    return undefined;
  }
  const scope = openScope(sharesVariables ? { scope: context.graph.scope, holder } : undefined);
  context.scopes.push(scope);
  const transitions = openTransitions(context);
  const inner = { ...context, graph: { depth, transitions, scope } };
  // A nested graph has no language of its own, so the names of its fields depend on none.
  const { fields: table } = nested;
  const language = context.QueryLanguage;
  return parseGraph(
    openFields(object, { state: holder, location, table, language, context: inner }),
  );
}

/** An empty collection of transitions for a graph of this definition. */
export function openTransitions(
  context: Pick<ParseContext, "diagnostics" | "placeholders">,
): Transitions {
  return trackTransitions(context.diagnostics, (target) => hasPlaceholder(context, target));
}

/** `StartAt` and `States`, into the graph that the fields' context has opened. */
export function parseGraph(fields: Fields): StateGraph | undefined {
  const { context } = fields;
  requireFields(fields, ["States", "StartAt"]);
  stringField(fields, "Comment");
  const StartAt = stringField(fields, "StartAt");
  const states = fields.value("States");
  if (states === undefined) return undefined;
  if (!isJsonObject(states)) {
    failType(fields, "States", "Object");
    return undefined;
  }
  const names = Object.keys(states);
  if (names.length === 0) {
    fields.fail("States", wording.empty);
    return undefined;
  }
  const parsed = parseStates(states, fields.at("States"), context);
  if (StartAt === undefined) return undefined;
  context.graph.transitions.check({
    start: { target: StartAt, location: fields.at("StartAt") },
    states: names,
    statesLocation: fields.at("States"),
    needsEnd: context.graph.depth === 0,
  });
  return { StartAt, States: parsed };
}

function parseStates(
  states: JsonObject,
  statesLocation: string,
  context: ParseContext,
): ReadonlyMap<string, State> {
  const parsed = new Map<string, State>();
  for (const [name, object] of Object.entries(states)) {
    const location = `${statesLocation}/${name}`;
    checkName(name, location, context);
    const state = parseState(name, object, location, context);
    if (state !== undefined) parsed.set(name, state);
  }
  return parsed;
}

function checkName(name: string, location: string, context: ParseContext): void {
  const { diagnostics, stateNames } = context;
  if (name === "") {
    diagnostics.error(wording.stateNameEmpty, location, "INVALID_STATE_NAME");
  } else if (characterCount(name) > maximumStateNameLength && !hasPlaceholder(context, name)) {
    const message = wording.stateNameTooLong(name, maximumStateNameLength);
    diagnostics.error(message, location, "INVALID_STATE_NAME");
  }
  if (stateNames.has(name)) {
    diagnostics.error(wording.duplicateState(name), location, "DUPLICATE_STATE_NAME");
  }
  stateNames.add(name);
}
