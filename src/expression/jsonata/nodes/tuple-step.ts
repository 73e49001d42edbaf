import type { Run } from "../run.ts";
import type { Frame, Scope } from "../scope.ts";
import type { SortNode, Stage, SyntaxNode } from "../syntax-tree.ts";
import { itemsOf, type Value } from "../value.ts";
import { stepsOf } from "../weight.ts";
import type { Compile } from "./evaluate.ts";
import { selects } from "./filter.ts";
import { compileOrder } from "./sort.ts";
import { TupleStream, type Tuple, type TupleFrames } from "./tuple.ts";

/** One step of the stream, for all tuples at once. */
export type TupleStep = (tuples: readonly Tuple[], frame: Frame, run: Run) => readonly Tuple[];

export function compileTupleStep(
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
  const inStep = compile.at(compile.nesting.deeper);
  const filters = (step.predicate ?? []).map((filter) =>
    compileStage(filter, scope, frames, inStep),
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
