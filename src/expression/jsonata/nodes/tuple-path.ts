import type { Run } from "../run.ts";
import { Scope, type Frame } from "../scope.ts";
import type { PathNode, SortNode, Stage, SyntaxNode } from "../syntax-tree.ts";
import { asSequence, itemsOf, newObject, setOwn, settle, type Value } from "../value.ts";
import { stepsOf } from "../weight.ts";
import type { Compile, Evaluate } from "./evaluate.ts";
import { selects } from "./filter.ts";
import { appendAll, compilePairs, Groups, type CompiledPair } from "./group.ts";
import { compileSteps, isEmptyArray, keepSingleton, keepsSingleton } from "./path.ts";
import { compileOrder } from "./sort.ts";

/** An item of a path together with the variables that the steps before it bound (`@$v`, `#$i`, `%`). */
interface Tuple {
  readonly item: Value;
  readonly variables: ReadonlyMap<string, Value>;
}

/** What a path inside another one hands out, so that the outer path keeps its variables. */
class TupleStream {
  readonly tuples: readonly Tuple[];

  constructor(tuples: readonly Tuple[]) {
    this.tuples = tuples;
  }
}

/** One step of the stream, for all tuples at once. */
type TupleStep = (tuples: readonly Tuple[], frame: Frame, run: Run) => readonly Tuple[];

/** A path with a step that binds variables: from that step on it runs on tuples. */
export function compileTuplePath(node: PathNode, scope: Scope, compile: Compile): Evaluate {
  const start = node.steps.findIndex((step) => step.tuple === true);
  const before =
    start === 0 ? undefined : compileSteps(node.steps.slice(0, start), scope, compile, false);
  const startsFromVariable = node.steps[0]?.type === "variable";

  const inner = new Scope(scope);
  for (const name of namesBound(node.steps)) inner.declare(name);
  const frames = new TupleFrames(inner, namesBound(node.steps));
  const steps = node.steps
    .slice(start)
    .map((step) => compileTupleStep(step, inner, frames, compile));
  const pairs = node.group === undefined ? undefined : compilePairs(node.group.lhs, inner, compile);
  const keep = keepsSingleton(node);

  return (input, frame, run) => {
    const found = before === undefined ? input : before(input, frame, run);
    const isEmpty = before !== undefined && (found === undefined || isEmptyArray(found));
    const items = before === undefined && startsFromVariable ? [found] : itemsOf(found);
    let tuples: readonly Tuple[] = isEmpty
      ? []
      : items.map((item) => ({ item, variables: noVariables }));
    for (const step of steps) tuples = step(tuples, frame, run);
    if (pairs !== undefined) {
      return groupTuples(pairs, isEmpty ? [nothing] : tuples, frames, frame, run);
    }
    if (isEmpty) return found;
    if (node.tuple === true) return new TupleStream(tuples) as unknown as Value;
    const result = asSequence(tuples.map(({ item }) => item));
    return settle(keep ? keepSingleton(result) : result);
  };
}

const noVariables: ReadonlyMap<string, Value> = new Map();
const nothing: Tuple = { item: undefined, variables: noVariables };

/** The names that the steps bind, also those of paths within them. */
function namesBound(steps: readonly SyntaxNode[]): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (step: SyntaxNode): void => {
    if (step.focus !== undefined) names.add(step.focus);
    if (step.index !== undefined) names.add(step.index);
    if (step.ancestor !== undefined) names.add(step.ancestor.label);
    for (const stage of step.stages ?? []) if (stage.type === "index") names.add(stage.value);
    if (step.type === "block") step.expressions.forEach(visit);
    if (step.type === "path") step.steps.forEach(visit);
  };
  steps.forEach(visit);
  return names;
}

/** Makes the frame in which a tuple's variables are seen. */
class TupleFrames {
  readonly #scope: Scope;
  readonly #slots: ReadonlyMap<string, number>;

  constructor(scope: Scope, names: ReadonlySet<string>) {
    this.#scope = scope;
    this.#slots = new Map([...names].map((name) => [name, scope.declare(name)]));
  }

  frameOf({ variables }: Tuple, parent: Frame): Frame {
    if (this.#scope.isEmpty) return parent;
    const frame = this.#scope.newFrame(parent);
    for (const [name, value] of variables) {
      const slot = this.#slots.get(name);
      if (slot !== undefined) frame.slots[slot] = value;
    }
    return frame;
  }
}

function compileTupleStep(
  step: SyntaxNode,
  scope: Scope,
  frames: TupleFrames,
  compile: Compile,
): TupleStep {
  const stages = (step.stages ?? []).map((stage) => compileStage(stage, scope, frames, compile));
  const advance =
    step.type === "sort"
      ? compileTupleSort(step, scope, frames, compile)
      : compileAdvance(step, scope, frames, compile);
  return (tuples, frame, run) => {
    let result = advance(tuples, frame, run);
    for (const stage of stages) result = stage(result, frame, run);
    return result;
  };
}

function compileAdvance(
  step: SyntaxNode,
  scope: Scope,
  frames: TupleFrames,
  compile: Compile,
): TupleStep {
  const evaluate = compile(withoutFilters(step), scope);
  const filters = (step.predicate ?? []).map((filter) =>
    compileStage(filter, scope, frames, compile),
  );
  // A tuple's variables are copied for each item.
  const stepsPerTuple = 5 + 2 * scope.size;
  const steps = stepsOf(step) + stepsPerTuple;
  return (tuples, frame, run) => {
    const result: Tuple[] = [];
    for (const tuple of tuples) {
      run.spend(steps);
      const found = evaluate(tuple.item, frames.frameOf(tuple, frame), run);
      let next = followers(tuple, found, step);
      run.spend(next.length * stepsPerTuple);
      for (const filter of filters) next = filter(next, frame, run);
      for (const follower of next) result.push(follower);
    }
    return result;
  };
}

/** The tuples that a tuple is followed by, for what the step found with it. */
function followers(tuple: Tuple, found: Value, step: SyntaxNode): readonly Tuple[] {
  if (found === undefined) return [];
  if ((found as unknown) instanceof TupleStream) {
    return (found as unknown as TupleStream).tuples.map((inner) => ({
      item: inner.item,
      variables: new Map([...tuple.variables, ...inner.variables]),
    }));
  }
  const { focus, index, ancestor } = step;
  return itemsOf(found).map((item, position) => {
    const variables = new Map(tuple.variables);
    if (focus !== undefined) variables.set(focus, item);
    if (index !== undefined) variables.set(index, position);
    if (ancestor !== undefined) variables.set(ancestor.label, tuple.item);
    return { item: focus === undefined ? item : tuple.item, variables };
  });
}

/** Filters see tuples: a step's stages those of the whole stream, its predicates what it found for one. */
function withoutFilters(step: SyntaxNode): SyntaxNode {
  const { stages: _stages, predicate: _predicate, ...rest } = step;
  return rest as SyntaxNode;
}

function compileTupleSort(
  step: SortNode,
  scope: Scope,
  frames: TupleFrames,
  compile: Compile,
): TupleStep {
  const order = compileOrder(step, scope, compile);
  const { index } = step;
  return (tuples, frame, run) => {
    const sorted = order(
      tuples,
      ({ item }) => item,
      (tuple) => frames.frameOf(tuple, frame),
      run,
    );
    return index === undefined ? sorted : bindPositions(sorted, index);
  };
}

function compileStage(
  stage: Stage,
  scope: Scope,
  frames: TupleFrames,
  compile: Compile,
): TupleStep {
  if (stage.type === "index") return (tuples) => bindPositions(tuples, stage.value);
  const { expr } = stage;
  if (expr.type === "number") {
    const position = Math.floor(expr.value as number);
    return (tuples) => {
      const tuple = tuples.at(position);
      return tuple === undefined ? [] : [tuple];
    };
  }
  const test = compile(expr, scope);
  const steps = stepsOf(expr) + 1 + 2 * scope.size;
  return (tuples, frame, run) => {
    run.spend(tuples.length * steps);
    return tuples.flatMap((tuple, index) => {
      const verdict = test(tuple.item, frames.frameOf(tuple, frame), run);
      return Array.from({ length: selects(verdict, index, tuples.length, run) }, () => tuple);
    });
  };
}

function bindPositions(tuples: readonly Tuple[], name: string): readonly Tuple[] {
  return tuples.map(({ item, variables }, position) => ({
    item,
    variables: new Map(variables).set(name, position),
  }));
}

/** Groups tuples by key; the values see all items, and all values of each variable, of their group. */
function groupTuples(
  pairs: readonly CompiledPair[],
  tuples: readonly Tuple[],
  frames: TupleFrames,
  frame: Frame,
  run: Run,
): Value {
  const groups = new Groups<Tuple>();
  for (const tuple of tuples) {
    const own = frames.frameOf(tuple, frame);
    pairs.forEach((pair, index) => {
      run.spend(pair.steps);
      groups.add(pair.key(tuple.item, own, run), tuple, index, run);
    });
  }
  const object = newObject();
  for (const [key, { pair, items: members }] of groups.entries()) {
    const { value: evaluate, steps } = pairs[pair] as CompiledPair;
    run.spend(steps);
    const merged = mergeTuples(members, run);
    const value = evaluate(merged.item, frames.frameOf(merged, frame), run);
    if (value !== undefined) setOwn(object, key, value);
  }
  return object;
}

function mergeTuples(tuples: readonly Tuple[], run: Run): Tuple {
  const names = new Set(tuples.flatMap(({ variables }) => [...variables.keys()]));
  const variables = new Map<string, Value>();
  for (const name of names) {
    variables.set(
      name,
      appendAll(
        tuples.map((tuple) => tuple.variables.get(name)),
        run,
      ),
    );
  }
  return {
    item: appendAll(
      tuples.map(({ item }) => item),
      run,
    ),
    variables,
  };
}
