import type { DynamicField } from "../../asl/definition.ts";
import type { DistributedMap, MapState, ReaderConfig } from "../../asl/states/map.ts";
import { EvaluationError } from "../../expression/evaluation.ts";
import type { JsonArray, JsonObject, JsonValue } from "../../expression/json.ts";
import type { JsonataTemplate } from "../../expression/jsonata/template.ts";
import type { PayloadTemplate } from "../../expression/payload-template.ts";
import { mapRunArn } from "../arns.ts";
import { dynamicValue, effectiveInput } from "../data-flow.ts";
import { mapLabel } from "../map-run/map-label.ts";
import { mapRunConcurrency, type MapRunSettings } from "../map-run/map-run-settings.ts";
import type { Branch } from "../snapshot.ts";
import { StateScope } from "../state-scope.ts";
import type { Turn } from "../turn.ts";
import { concurrency, itemsOf } from "./map.ts";

/**
 * Map, distributed: computes what its Map Run needs and asks for the run. Observed: what is wrong with the numbers of the
 * reader and of the tolerated failures is found only after the state has started.
 */
export function enterDistributedMap(
  turn: Turn,
  branch: Branch,
  state: MapState,
  distributed: DistributedMap,
): void {
  const scope = new StateScope(turn, branch);
  const { identity } = turn.machine;
  const maxConcurrency = concurrency(branch, state, scope, mapRunConcurrency);
  const items =
    distributed.ItemReader === undefined ? itemsOf(state, branch.input, scope) : undefined;
  const values = items === undefined ? undefined : (items.items.value as JsonArray);
  const length = values?.length ?? 0;
  turn.emit("MapStateStarted", branch.id, branch.lastEventId, undefined, { length }, undefined);

  const reader = readerOf(branch, state, distributed, scope);
  const settings: MapRunSettings = {
    stateName: state.Name,
    label: mapLabel(identity.stateMachineArn, state),
    executionType: distributed.ExecutionType,
    maxConcurrency,
    toleratedFailureCount: toleratedCount(branch, state, distributed, scope),
    toleratedFailurePercentage: toleratedPercentage(branch, state, distributed, scope),
    ...(values === undefined ? {} : { items: values }),
    ...(items?.keys === undefined ? {} : { keys: items.keys }),
    ...(reader === undefined ? {} : { reader }),
    ...batcherOf(branch, state, distributed, scope),
    ...writerOf(branch, state, distributed, scope),
  };
  const arn = mapRunArn(identity.stateMachineArn, settings.label, turn.random.uuid());
  const payload = turn.payloadOf(settings);
  turn.emit("MapRunStarted", branch.id, branch.lastEventId, payload, { mapRunArn: arn }, undefined);
  turn.command({ type: "StartMapRun", mapRunArn: arn, branch: branch.id, settings });
}

function readerOf(
  branch: Branch,
  state: MapState,
  { ItemReader: reader }: DistributedMap,
  scope: StateScope,
): MapRunSettings["reader"] {
  if (reader === undefined) return undefined;
  const { MaxItems, ...config } = reader.ReaderConfig ?? ({} as ReaderConfig);
  const maxItems =
    MaxItems === undefined
      ? undefined
      : integer(branch, state, MaxItems as DynamicField<number>, scope);
  return {
    resource: reader.Resource,
    arguments: evaluate(branch, state, reader.Arguments, scope) ?? {},
    config: config as JsonObject,
    ...(maxItems === undefined ? {} : { maxItems }),
  };
}

export function batcherOf(
  branch: Branch,
  state: MapState,
  { ItemBatcher: batcher }: DistributedMap,
  scope: StateScope,
): Pick<MapRunSettings, "batcher"> {
  if (batcher === undefined) return {};
  const { MaxItemsPerBatch, MaxInputBytesPerBatch, BatchInput } = batcher;
  const input = evaluate(branch, state, BatchInput, scope);
  return {
    batcher: {
      ...(MaxItemsPerBatch === undefined
        ? {}
        : { maxItems: positive(branch, state, MaxItemsPerBatch, scope) }),
      ...(MaxInputBytesPerBatch === undefined
        ? {}
        : { maxInputBytes: positive(branch, state, MaxInputBytesPerBatch, scope) }),
      ...(input === undefined ? {} : { input }),
    },
  };
}

function writerOf(
  branch: Branch,
  state: MapState,
  { ResultWriter: writer }: DistributedMap,
  scope: StateScope,
): Pick<MapRunSettings, "writer"> {
  if (writer === undefined) return {};
  const written = evaluate(branch, state, writer.Arguments, scope);
  return {
    writer: {
      ...(writer.Resource === undefined ? {} : { resource: writer.Resource }),
      ...(written === undefined ? {} : { arguments: written }),
      ...(writer.WriterConfig === undefined
        ? {}
        : { config: writer.WriterConfig as unknown as JsonObject }),
    },
  };
}

function evaluate(
  branch: Branch,
  state: MapState,
  template: PayloadTemplate | JsonataTemplate | undefined,
  scope: StateScope,
): JsonValue | undefined {
  if (template === undefined) return undefined;
  if (template.kind === "jsonataTemplate") {
    return template.evaluate({ input: branch.input.value }, scope);
  }
  const input =
    state.QueryLanguage === "JSONPath" ? effectiveInput(state, branch.input, scope) : branch.input;
  return template.evaluate(input.value, scope);
}

/** Observed: the wordings. */
function integer(
  branch: Branch,
  state: MapState,
  field: DynamicField<number>,
  scope: StateScope,
): number {
  const value = dynamicValue<number>(field, state, branch.input, scope) as JsonValue;
  const number = asNumber(value, field);
  if (number !== undefined && Number.isInteger(number)) return number;
  throw notANumber(field, value, "integer");
}

function positive(
  branch: Branch,
  state: MapState,
  field: DynamicField<number>,
  scope: StateScope,
): number {
  const value = integer(branch, state, field, scope);
  if (value > 0) return value;
  throw new EvaluationError("States.Runtime", `field ${plainName(field)} must be positive`);
}

export function toleratedCount(
  branch: Branch,
  state: MapState,
  { ToleratedFailureCount: field }: DistributedMap,
  scope: StateScope,
): number {
  if (field === undefined) return 0;
  const value = integer(branch, state, field, scope);
  if (value >= 0) return value;
  throw new EvaluationError("States.Runtime", "ToleratedFailureCount cannot be negative.");
}

export function toleratedPercentage(
  branch: Branch,
  state: MapState,
  { ToleratedFailurePercentage: field }: DistributedMap,
  scope: StateScope,
): number {
  if (field === undefined) return 0;
  const value = dynamicValue<number>(field, state, branch.input, scope) as JsonValue;
  const number = asNumber(value, field);
  if (number === undefined) throw notANumber(field, value, "float");
  if (number >= 0 && number <= 100) return number;
  throw new EvaluationError(
    "States.Runtime",
    "ToleratedFailurePercentage must be between 0 and 100.",
  );
}

/** A path may also select digits. Observed for MaxConcurrencyPath. */
function asNumber(value: JsonValue, field: DynamicField<number>): number | undefined {
  if (typeof value === "number") return value;
  if (field.kind === "path" && typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value)) {
    return Number(value);
  }
  return undefined;
}

function notANumber(
  field: DynamicField<number>,
  value: JsonValue,
  kind: "integer" | "float",
): EvaluationError {
  const shown = typeof value === "string" ? value : JSON.stringify(value);
  if (field.kind === "path") {
    return new EvaluationError(
      "States.Runtime",
      `The ${field.field} field refers to value "${shown}" which is not a valid ${kind}: ${field.path.text}`,
    );
  }
  return new EvaluationError(
    "States.QueryEvaluationError",
    `The field '${field.field}' must be a valid ${kind} but was: ${shown}`,
    field.field,
  );
}

function plainName(field: DynamicField<number>): string {
  return field.field.replace(/Path$/, "");
}
