import type { MapState } from "../../asl/states/map.ts";
import { EvaluationError } from "../../expression/evaluation.ts";
import { isJsonArray, isJsonObject, type JsonValue } from "../../expression/json.ts";
import { expectType } from "../../expression/jsonata/expect-type.ts";
import { Payload } from "../../expression/payload.ts";
import { dynamicValue, effectiveInput } from "../data-flow.ts";
import { requireDocument } from "../failure/failure.ts";
import { type Branch, mayStartIteration, type WaitingForMap } from "../snapshot.ts";
import { mapItem, StateScope } from "../state-scope.ts";
import type { Turn } from "../turn.ts";
import { finishWithResults } from "./parallel.ts";

/** Map, inline: runs its processor once for each item, and gathers the outputs in the order of the items. */
export function enterInlineMap(turn: Turn, branch: Branch, state: MapState): void {
  const scope = new StateScope(turn, branch);
  const maxConcurrency = concurrency(branch, state, scope, turn.machine.limits.inlineConcurrency);
  const { items, keys } = itemsOf(state, branch.input, scope);
  const length = (items.value as readonly JsonValue[]).length;
  const internal = { maxConcurrency, keys };
  turn.emit("MapStateStarted", branch.id, branch.lastEventId, items, { length }, internal);
  startIterations(turn, branch, state);
}

/** An iteration has ended with its output. */
export function continueMap(turn: Turn, branch: Branch, index: number): void {
  const map = branch.waiting as WaitingForMap;
  const state = turn.state(branch) as MapState;
  const details = { name: state.Name, index };
  turn.emit("MapIterationSucceeded", branch.id, branch.lastEventId, undefined, details, undefined);
  if (map.next < map.items.length) startIterations(turn, branch, state);
  else if (map.remaining === 0) finishMap(turn, branch, map);
}

function finishMap(turn: Turn, branch: Branch, map: WaitingForMap): void {
  turn.emit("MapStateSucceeded", branch.id, branch.lastEventId, undefined, {}, undefined);
  finishWithResults(turn, branch, map);
}

/** Goes on with the items that have not been started, if the concurrency allows it. */
export function continueMapState(turn: Turn, branch: Branch): void {
  startIterations(turn, branch, turn.state(branch) as MapState);
}

/**
 * Starts as many iterations as the concurrency allows; a Map without items ends here. Where making their inputs takes long, the rest is
 * for the next turn.
 */
function startIterations(turn: Turn, branch: Branch, state: MapState): void {
  const map = branch.waiting as WaitingForMap;
  if (map.items.length === 0) {
    finishMap(turn, branch, map);
    return;
  }
  while (mayStartIteration(map) && !turn.steps.areManySpent) {
    turn.steps.begin();
    const index = map.next;
    const input = iterationInput(turn, branch, state, map, index);
    const child = turn.snapshot.nextBranch;
    const details = { name: state.Name, index };
    turn.emit("MapIterationStarted", branch.id, map.lastInnerEventId, input, details, { child });
    turn.ready.push(child);
  }
}

function iterationInput(
  turn: Turn,
  branch: Branch,
  state: MapState,
  map: WaitingForMap,
  index: number,
): Payload {
  const item = mapItem(map, index);
  if (state.ItemSelector === undefined) return Payload.ofValue(item.value);
  const scope = new StateScope(turn, branch, { mapItem: item });
  const value =
    state.ItemSelector.kind === "payloadTemplate"
      ? state.ItemSelector.evaluate(selectorInput(state, branch.input, scope), scope)
      : state.ItemSelector.evaluate({ input: branch.input.value }, scope);
  const input = Payload.ofValue(value);
  requireDocument(input, state.Name, turn.machine.limits);
  return input;
}

function selectorInput(state: MapState, rawInput: Payload, scope: StateScope): JsonValue {
  return state.QueryLanguage === "JSONPath"
    ? effectiveInput(state, rawInput, scope).value
    : rawInput.value;
}

interface Items {
  /** A JSON array. */
  readonly items: Payload;
  readonly keys: readonly string[] | undefined;
}

/** What is iterated: an array, or an object's values. Observed: the wordings; JSONata takes arrays only. */
export function itemsOf(state: MapState, rawInput: Payload, scope: StateScope): Items {
  if (state.QueryLanguage === "JSONata") {
    if (state.Items === undefined) return inputItems(rawInput);
    if (state.Items.kind === "constant") return arrayItems(Payload.ofValue(state.Items.value));
    if (state.Items.kind === "path") throw new Error("a JSONata Map has no ItemsPath");
    const value = state.Items.template.evaluate({ input: rawInput.value }, scope);
    return arrayItems(Payload.ofValue(expectType(state.Items.template, "Items", "array", value)));
  }
  const effective = effectiveInput(state, rawInput, scope);
  const path = state.Items?.kind === "path" ? state.Items.path : undefined;
  const items =
    path === undefined || path.text === "$"
      ? effective
      : Payload.ofValue(path.evaluate(effective.value, scope));
  if (isJsonArray(items.value)) return arrayItems(items);
  if (isJsonObject(items.value)) {
    return {
      items: Payload.ofValue(Object.values(items.value)),
      keys: Object.keys(items.value),
    };
  }
  throw new EvaluationError("States.Runtime", notAnArray(state));
}

/** Observed: of a path into the context object, too, only one dollar sign is shown. */
export function notAnArray(state: MapState): string {
  const text = state.Items?.kind === "path" ? state.Items.path.text : "$";
  return `Reference path "${text.replace(/^\$\$/, "$")}" must point to array.`;
}

function arrayItems(items: Payload): Items {
  return { items, keys: undefined };
}

function inputItems(input: Payload): Items {
  if (isJsonArray(input.value)) return arrayItems(input);
  throw new EvaluationError(
    "States.QueryEvaluationError",
    `Map state input must be an array but was: ${JSON.stringify(input.value)}`,
  );
}

function isDigits(value: JsonValue): boolean {
  return typeof value === "string" && /^\d{1,9}$/.test(value);
}

/** `MaxConcurrency`, of which 0 means as many as the service allows. */
export function concurrency(
  branch: Branch,
  state: MapState,
  scope: StateScope,
  ceiling: number,
): number {
  const field = state.MaxConcurrency;
  if (field === undefined) return ceiling;
  const found = dynamicValue<number>(field, state, branch.input, scope);
  // Observed: a path may also select digits.
  const value = field.kind === "path" && isDigits(found) ? Number(found) : found;
  if (typeof value !== "number" || !Number.isInteger(value) || value < 0) {
    if (field.kind === "jsonata") {
      expectType(field.template, field.field, "number", value);
      throw new EvaluationError(
        "States.QueryEvaluationError",
        `The field '${field.field}' must be an integer that is not negative but was: ${JSON.stringify(value)}`,
        field.field,
      );
    }
    const path = field.kind === "path" ? field.path.text : "";
    const shown = typeof value === "string" ? value : JSON.stringify(value);
    throw new EvaluationError(
      "States.Runtime",
      `The ${field.field} field refers to value "${shown}" which is not a valid integer: ${path}`,
    );
  }
  return value === 0 ? ceiling : Math.min(value, ceiling);
}
