import type { MapState } from "../../asl/states/map.ts";
import type { ParallelState } from "../../asl/states/parallel.ts";
import { EvaluationError } from "../../expression/evaluation.ts";
import type { JsonArray, JsonObject, JsonValue } from "../../expression/json.ts";
import { Payload, utf8Length } from "../../expression/payload.ts";
import { effectiveInput, inspected, workInput } from "../data-flow.ts";
import { StateFailure } from "../failure/failure.ts";
import type { Branch } from "../snapshot.ts";
import { type MapItem, StateScope } from "../state-scope.ts";
import { batcherOf, toleratedCount, toleratedPercentage } from "../states/distributed-map.ts";
import { concurrency, itemsOf, notAnArray } from "../states/map.ts";
import { leaveWithResult } from "../states/parallel.ts";
import { TestStateRefused } from "./refused.ts";
import type { MockedBranches } from "./probe.ts";
import type { Turn } from "../turn.ts";

/**
 * A Map or Parallel state in TestState: everything but its branches. Its fields are evaluated as in an execution; what
 * its branches come to is the mock's.
 */
export function enterMockedBranches(
  turn: Turn,
  branch: Branch,
  state: MapState | ParallelState,
  { outcome, readItems, failedIterations }: MockedBranches,
): void {
  const scope = new StateScope(turn, branch);
  const tolerated =
    state.Type === "Map"
      ? enterMap(turn, branch, state, readItems, failedIterations)
      : workInput(state, branch.input, scope) !== undefined;
  if (outcome.type === "error") {
    throw new StateFailure({ error: outcome.error, cause: outcome.cause });
  }
  if (!tolerated) {
    throw new StateFailure({
      error: "States.ExceedToleratedFailureThreshold",
      cause: "The specified tolerated failure threshold was exceeded",
    });
  }
  leaveWithResult(turn, branch, state, outcome.result);
}

/** Evaluates what a Map works on. Answers whether it tolerates as many failures. */
function enterMap(
  turn: Turn,
  branch: Branch,
  state: MapState,
  readItems: JsonArray | undefined,
  failures: number,
): boolean {
  const scope = new StateScope(turn, branch);
  const items = mapItems(turn, branch, state, readItems);
  turn.machine.probe?.number("maxConcurrency", shownConcurrency(branch, state, scope));
  const inputs = selectItems(turn, branch, state, items);
  const children = batch(branch, state, inputs, scope);
  if (failures > children) {
    throw new TestStateRefused(
      "Map iteration failure count must be less than or equal to the number of Map iterations",
    );
  }
  return tolerates(turn, branch, state, failures, children);
}

function mapItems(
  turn: Turn,
  branch: Branch,
  state: MapState,
  readItems: JsonArray | undefined,
): readonly MapItem[] {
  const scope = new StateScope(turn, branch);
  const reader = state.distributed?.ItemReader;
  if (reader !== undefined) {
    const read = readItems ?? [];
    if (reader.ReaderConfig?.ItemsPointer !== undefined) {
      inspected("afterItemsPointer", Payload.ofValue(read), scope);
    }
    return read.map((value, index) => ({ index, value, key: undefined }));
  }
  const { items, keys } = itemsOf(state, branch.input, scope);
  if (keys !== undefined && state.distributed === undefined) {
    // Observed, of TestState alone; documented: in an execution, an inline Map iterates objects as well.
    throw new EvaluationError("States.Runtime", notAnArray(state));
  }
  const values = items.value as JsonArray;
  if (state.QueryLanguage === "JSONPath") inspected("afterItemsPath", listText(values), scope);
  return values.map((value, index) => ({ index, value, key: keys?.[index] }));
}

/**
 * *Observed* of `afterItemsPath`: a blank follows each comma between the items. *Our reading*: each item is compact, since a
 * path hands on values, not text, and they are parted as Java prints a list.
 */
function listText(items: JsonArray): Payload {
  return Payload.ofText(`[${items.map((item) => JSON.stringify(item)).join(", ")}]`);
}

/** Observed: 0 where the field is absent. */
function shownConcurrency(branch: Branch, state: MapState, scope: StateScope): number {
  const value = concurrency(branch, state, scope, Number.POSITIVE_INFINITY);
  return Number.isFinite(value) ? value : 0;
}

function selectItems(
  turn: Turn,
  branch: Branch,
  state: MapState,
  items: readonly MapItem[],
): readonly JsonValue[] {
  const { ItemSelector: selector } = state;
  if (selector === undefined) return items.map(({ value }) => value);
  const selected = items.map((mapItem) => {
    const scope = new StateScope(turn, branch, { mapItem });
    if (selector.kind === "jsonataTemplate") {
      return selector.evaluate({ input: branch.input.value }, scope);
    }
    const input =
      state.QueryLanguage === "JSONPath"
        ? effectiveInput(state, branch.input, scope)
        : branch.input;
    return selector.evaluate(input.value, scope);
  });
  inspected("afterItemSelector", Payload.ofValue(selected), new StateScope(turn, branch));
  return selected;
}

/** How many children the inputs make; shows the batches if there are any. */
function batch(
  branch: Branch,
  state: MapState,
  inputs: readonly JsonValue[],
  scope: StateScope,
): number {
  const batcher = state.distributed && batcherOf(branch, state, state.distributed, scope).batcher;
  if (batcher === undefined) return inputs.length;
  const { maxItems = Number.POSITIVE_INFINITY, maxInputBytes = Number.POSITIVE_INFINITY } = batcher;
  const shared: JsonObject = batcher.input === undefined ? {} : { BatchInput: batcher.input };
  const batches: JsonObject[] = [];
  let gathered: readonly JsonValue[] = [];
  for (const input of inputs) {
    const grown = [...gathered, input];
    const tooLarge =
      Number.isFinite(maxInputBytes) &&
      utf8Length(JSON.stringify({ ...shared, Items: grown })) > maxInputBytes;
    if (gathered.length > 0 && (tooLarge || grown.length > maxItems)) {
      batches.push({ ...shared, Items: gathered });
      gathered = [input];
    } else gathered = grown;
  }
  if (gathered.length > 0) batches.push({ ...shared, Items: gathered });
  inspected("afterItemBatcher", Payload.ofValue(batches), scope);
  return batches.length;
}

/** Documented: the run fails when either of the thresholds that are given is exceeded; 0 where none is. */
function tolerates(
  turn: Turn,
  branch: Branch,
  state: MapState,
  failures: number,
  children: number,
): boolean {
  const { distributed } = state;
  const { probe } = turn.machine;
  const scope = new StateScope(turn, branch);
  let hasThreshold = false;
  let tolerated = true;
  if (distributed?.ToleratedFailureCount !== undefined) {
    const count = toleratedCount(branch, state, distributed, scope);
    probe?.number("toleratedFailureCount", count);
    hasThreshold = true;
    tolerated &&= failures <= count;
  }
  if (distributed?.ToleratedFailurePercentage !== undefined) {
    const percentage = toleratedPercentage(branch, state, distributed, scope);
    probe?.number("toleratedFailurePercentage", percentage);
    hasThreshold = true;
    tolerated &&= failures * 100 <= percentage * children;
  }
  return hasThreshold ? tolerated : failures === 0;
}
