import type {
  Catcher,
  DynamicField,
  State,
  StateGraph,
  StateMachineDefinition,
} from "../definition.ts";
import type { ChoiceRule, ChoiceTest } from "../states/choice.ts";
import type { DistributedMap, MapState } from "../states/map.ts";

/**
 * Which variables each state reads, by the state's name; a state that reads none is not there.
 *
 * Recorded: DescribeStateMachine. A state inside a branch or an item processor is listed under its own name, and
 * what a state only assigns does not count. The order of the names is ours: as they are written.
 */
export function variableReferences(
  definition: StateMachineDefinition,
): Readonly<Record<string, readonly string[]>> {
  const references = new Map<string, readonly string[]>();
  collect(definition, references);
  return Object.fromEntries(references);
}

function collect(graph: StateGraph, references: Map<string, readonly string[]>): void {
  for (const [name, state] of graph.States) {
    const read = new Set<string>();
    for (const reader of readersOf(state)) {
      if (reader === undefined || reader === null) continue;
      if ("variables" in reader) for (const variable of reader.variables) read.add(variable);
      else if (reader.variable !== undefined) read.add(reader.variable);
    }
    if (read.size > 0) references.set(name, [...read]);
    if (state.Type === "Parallel") {
      for (const branch of state.Branches) collect(branch, references);
    }
    if (state.Type === "Map") collect(state.ItemProcessor, references);
  }
}

/** Anything that may read variables: a path reads one at most, a template or an intrinsic call any number. */
type Reader =
  | { readonly variable: string | undefined }
  | { readonly variables: ReadonlySet<string> }
  | null
  | undefined;

/** Every expression of the state itself. */
function readersOf(state: State): Reader[] {
  return [...typeReaders(state), ...flowReaders(state), ...catchReaders(state)];
}

function typeReaders(state: State): Reader[] {
  switch (state.Type) {
    case "Task":
      return [dynamic(state.TimeoutSeconds), dynamic(state.HeartbeatSeconds), state.Credentials];
    case "Wait":
      return state.delay.kind === "seconds"
        ? [dynamic(state.delay.Seconds)]
        : [dynamic(state.delay.Timestamp)];
    case "Fail":
      return [state.Error, state.Cause].map((text) => {
        if (text === undefined || text.kind === "constant") return undefined;
        if (text.kind === "path") return text.path;
        return text.kind === "intrinsic" ? text.intrinsic : text.template;
      });
    case "Choice":
      return state.Choices.flatMap(ruleReaders);
    case "Map":
      return mapReaders(state);
    case "Parallel":
    case "Pass":
    case "Succeed":
      return [];
  }
}

function flowReaders(state: State): Reader[] {
  if (state.Type === "Fail") return [];
  if (state.QueryLanguage === "JSONata") return [state.Arguments, state.Output, state.Assign];
  const { InputPath, Parameters, ResultSelector, OutputPath, Assign } = state;
  return [InputPath, Parameters, ResultSelector, OutputPath, Assign];
}

function catchReaders(state: State): Reader[] {
  const catchers: readonly Catcher[] = "Catch" in state ? state.Catch : [];
  return catchers.flatMap((catcher) => [catcher.Output, catcher.Assign]);
}

function ruleReaders(rule: ChoiceRule): Reader[] {
  const outcome = [rule.Output, rule.Assign];
  if (rule.kind === "jsonpath") return [...testReaders(rule.test), ...outcome];
  return [typeof rule.Condition === "boolean" ? undefined : rule.Condition, ...outcome];
}

function testReaders(test: ChoiceTest): Reader[] {
  if (test.kind === "Not") return testReaders(test.test);
  if (test.kind !== "comparison") return test.tests.flatMap(testReaders);
  return [test.Variable, test.operator.endsWith("Path") ? (test.operand as Reader) : undefined];
}

function mapReaders(state: MapState): Reader[] {
  const { Items, ItemSelector, MaxConcurrency, distributed } = state;
  const items = Items?.kind === "path" ? Items.path : undefined;
  const template = Items?.kind === "jsonata" ? Items.template : undefined;
  return [
    items,
    template,
    ItemSelector,
    dynamic(MaxConcurrency),
    ...(distributed === undefined ? [] : distributedReaders(distributed)),
  ];
}

function distributedReaders(map: DistributedMap): Reader[] {
  const { ItemReader, ItemBatcher, ResultWriter } = map;
  return [
    ItemReader?.Arguments,
    dynamic(ItemReader?.ReaderConfig?.MaxItems),
    dynamic(ItemBatcher?.MaxItemsPerBatch),
    dynamic(ItemBatcher?.MaxInputBytesPerBatch),
    ItemBatcher?.BatchInput,
    ResultWriter?.Arguments,
    dynamic(map.ToleratedFailureCount),
    dynamic(map.ToleratedFailurePercentage),
  ];
}

function dynamic<Value>(field: DynamicField<Value> | undefined): Reader {
  if (field === undefined || field.kind === "constant") return undefined;
  return field.kind === "path" ? field.path : field.template;
}
